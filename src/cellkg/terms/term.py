"""What is known of one term, and how its kind is called."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A concept of the vocabulary, or a value of one of the ontology's closed lists.

    Attributes:
        iri: Its IRI.
        kind: The scheme it belongs to, such as ``routes``; for a closed list the name of its class
            in the plural, such as ``reporting-states``.
        label: The name the field uses today.
        synonyms: Its other names.
        related_names: Names of narrower or related things. They lead to the term in a search, and
            never stand for it.
        ambiguous_labels: Those of its names that other terms share, or that are too short to be
            matched alone in running text.
        broader: The IRIs of its parents.
        derived_from: The IRIs of the cell types it is made from.
        mappings: Pairs of a SKOS relation, such as ``exactMatch``, and an IRI elsewhere.
        definition: What it means, where that is not plain from the label.
        note: A remark of the editors.

    Example:
        >>> Term("https://w3id.org/cellkg/term/fever", "adverse-events", "fever").synonyms
        ()
    """

    iri: str
    kind: str
    label: str
    synonyms: tuple[str, ...] = ()
    related_names: tuple[str, ...] = ()
    ambiguous_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    mappings: tuple[tuple[str, str], ...] = ()
    definition: str | None = None
    note: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the synonyms: every name that stands for the term."""
        return (self.label, *self.synonyms)


def kind_of_class(name: str) -> str:
    """Name the closed list that a class of the ontology makes.

    Args:
        name: The local name of the class, in CamelCase.

    Returns:
        The same words in the plural, with hyphens.

    Example:
        >>> kind_of_class("ReportingState"), kind_of_class("EvidenceStatus")
        ('reporting-states', 'evidence-statuses')
    """
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
    return words.removeprefix("-") + ("es" if words.endswith("s") else "s")


def words_of_kind(kind: str) -> str:
    """Say in words what one term of a kind is, with its article.

    Args:
        kind: The kind, in the plural.

    Returns:
        The singular.

    Example:
        >>> words_of_kind("adverse-events"), words_of_kind("study-statuses"), words_of_kind("units")
        ('an adverse event', 'a study status', 'a unit')
    """
    words = kind.replace("-", " ")
    one = words.removesuffix("es") if words.endswith("ses") else words.removesuffix("s")
    # No kind begins with a spoken "u" as in "under".
    return f"an {one}" if one.startswith(("a", "e", "i", "o")) else f"a {one}"
