"""What is compared of a study: names, who did it, what was given to whom, when, publications."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class StudyProfile:
    """A study as it is compared with others.

    Attributes:
        name: Its name, as in ``study:NAME``.
        titles: Its title and its official title.
        acronym: Its acronym.
        numbers: Identifiers in registries of trials, the former ones too, as compact IRIs.
        own_ids: Identifiers that no registry gave, as printed.
        remarks: Other texts that may name a study: why it was stopped.
        documents: PubMed numbers and DOIs of the documents that describe it.
        results: Those of the publications it lists as its own results.
        from_registry: Whether a registry record describes it.
        responsible: The institutions that sponsor or conduct it, or that its authors belong to.
        institutions: All institutions that have a part in it.
        conditions: The conditions as terms, without the broader ones.
        printed_conditions: The conditions as printed, folded: not every one names a term.
        cell_types: The cell types of its products, as terms like the conditions.
        routes: The routes, likewise.
        phases: The phases.
        people: How many people were enrolled, included or treated, or are to be.
        start: When it began, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        end: When it ended or is to end.
    """

    name: str
    titles: frozenset[str] = frozenset()
    acronym: str | None = None
    numbers: frozenset[str] = frozenset()
    own_ids: frozenset[str] = frozenset()
    remarks: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()
    from_registry: bool = False
    responsible: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    printed_conditions: frozenset[str] = frozenset()
    cell_types: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class Background:
    """What the profiles speak of.

    Attributes:
        labels: How terms and institutions are called, by the last part of their IRI.
        broader: For each term all broader ones.
        names_of_terms: All names of all terms, folded.
    """

    labels: dict[str, str] = field(default_factory=dict)
    broader: dict[str, set[str]] = field(default_factory=dict)
    names_of_terms: set[str] = field(default_factory=set)

    def related(self, some: frozenset[str], others: frozenset[str]) -> tuple[str, ...]:
        """Give the terms of either side that the other side has too, or has a narrower one of."""
        found = some & others
        for one, two in ((some, others), (others, some)):
            broader = {term for each in two for term in self.broader.get(each, ())}
            found |= one & broader
        return tuple(sorted(found))
