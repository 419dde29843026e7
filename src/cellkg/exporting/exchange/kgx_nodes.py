"""Nodes of a KGX graph: identifiers, Biolink categories, and what is known of each thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from cellkg.errors import UserInputError
from cellkg.identifiers.compact_iris import iri_to_curie
from cellkg.overview import read_studies
from cellkg.overview.asking import only_these, rows
from cellkg.vocabulary import CKG, INSTITUTION, SOURCE, STUDY, TERM, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.exporting.exchange.study_records import CountedGroup
    from cellkg.overview import StudyOverview
    from cellkg.store import GraphStore

    Node = dict[str, object]

PREFIXES: Final = {
    "cellkg.institution": INSTITUTION.iri,
    "cellkg.ontology": CKG.iri,
    "cellkg.source": SOURCE.iri,
    "cellkg.study": STUDY.iri,
    "cellkg.term": TERM.iri,
    "clinicaltrials": "https://clinicaltrials.gov/study/",
    "ror": "https://ror.org/",
}
"""What identifiers of our own, and of registries that Biolink has no prefix for, stand for."""

_OURS: Final = sorted(
    ((iri, prefix) for prefix, iri in PREFIXES.items() if prefix.startswith("cellkg.")),
    reverse=True,
)
_CATEGORIES: Final = {
    "Condition": ("Disease", ("MONDO", "HP", "NCIT", "MESH", "EFO")),
    "AdverseEvent": ("PhenotypicFeature", ("HP", "MONDO", "NCIT", "MESH", "EFO")),
    "CellType": ("Cell", ("CL", "NCIT", "MESH", "UBERON")),
    "Tissue": ("AnatomicalEntity", ("UBERON", "NCIT", "MESH")),
}
"""By class of term, the Biolink category and the vocabularies of its identifiers, best first."""

_CATEGORY_OF_VOCABULARY: Final = {
    "CL": "Cell",
    "HP": "PhenotypicFeature",
    "MONDO": "Disease",
    "UBERON": "AnatomicalEntity",
}
_PHASES: Final = {
    "phase 1": "clinical_trial_phase_1",
    "phase 1/2": "clinical_trial_phase_1_to_2",
    "phase 2": "clinical_trial_phase_2",
    "phase 2/3": "clinical_trial_phase_2_to_3",
    "phase 3": "clinical_trial_phase_3",
    "phase 4": "clinical_trial_phase_4",
}
_STATUSES: Final = {
    "active, not recruiting": "ACTIVE_NOT_RECRUITING",
    "available": "AVAILABLE",
    "completed": "COMPLETED",
    "enrolling by invitation": "ENROLLING_BY_INVITATION",
    "no longer available": "NO_LONGER_AVAILABLE",
    "planned": "NOT_YET_RECRUITING",
    "recruiting": "RECRUITING",
    "suspended": "SUSPENDED",
    "temporarily not available": "TEMPORARILY_NOT_AVAILABLE",
    "terminated": "TERMINATED",
    "unknown status": "UNKNOWN",
    "withdrawn": "WITHDRAWN",
}


_PAGES: Final = {"RegistryRecord", "NewsItem", "PatientOrganisationPage", "CommercialPage"}


class _Thing(NamedTuple):
    """An institution or a document: its name, its kind if it has one, its identifiers."""

    name: str
    kind: str
    identifiers: tuple[str, ...]


def compact(iri: str) -> str:
    """Write an IRI of our own as a CURIE that KGX takes: no colon, slash or space in the name.

    Example:
        >>> compact("https://w3id.org/cellkg/study/poster#fever")
        'cellkg.study:poster#fever'
        >>> compact("https://w3id.org/cellkg/ontology#Poster")
        'cellkg.ontology:Poster'
    """
    for start, prefix in _OURS:
        if iri.startswith(start):
            return f"{prefix}:{quote(iri.removeprefix(start), safe='#')}"
    raise UserInputError(f"'{iri}' is none of the things that cellkg names.", value=iri)


class Nodes:
    """The nodes of one graph, each made when it is first asked for.

    Args:
        store: The graphs.
        studies: The IRIs of the studies; None for all.

    Attributes:
        by_id: The nodes that were asked for.
    """

    def __init__(self, store: GraphStore, studies: Sequence[str] | None) -> None:
        self.by_id: dict[str, Node] = {}
        self._terms = _read_terms(store)
        self._trials = _trials(store, studies)
        self._studies = {each.iri: each for each in read_studies(store, studies)}
        self._things = _read_things(store)
        for iri in self._studies:
            self.study(iri)

    def _add(self, identifier: str, category: str, name: str, **known: object) -> str:
        if identifier not in self.by_id:
            self.by_id[identifier] = {
                "id": identifier,
                "category": [f"biolink:{category}"],
                "name": name,
            } | {key: value for key, value in known.items() if value not in (None, "", [])}
        return identifier

    def term(self, iri: str) -> str:
        """Give the identifier of a term: of the vocabulary that it matches exactly, or ours."""
        node = self._terms.get(iri)
        if node is None:
            return self._add(compact(iri), "NamedThing", shorten(iri))
        identifier = str(node["id"])
        self.by_id.setdefault(identifier, node)
        return identifier

    def study(self, iri: str) -> str:
        """Give the identifier of a study."""
        overview = self._studies[iri]
        registered = [each for each in overview.identifiers if each.startswith("clinicaltrials:")]
        identifier = registered[0] if len(registered) == 1 else compact(iri)
        if identifier in self.by_id:
            return identifier
        known: Node = {
            "equivalent_identifiers": [compact(iri)] if identifier != compact(iri) else None,
            "xref": [each for each in overview.identifiers if each != identifier],
            "recorded_by": overview.origin,
            "described": overview.described,
            "status": overview.status,
            "phases": list(overview.phases),
            "countries": list(overview.countries),
        }
        if iri in self._trials:
            return self._add(
                identifier, "ClinicalTrial", overview.title, **known, **_trial(overview)
            )
        return self._add(identifier, "Study", overview.title, **known)

    def treatment(self, group: CountedGroup) -> str:
        """Give the identifier of what the people of a group were given."""
        whole = group.iri in self._studies
        iri = f"{group.iri}#whole-study" if whole else group.iri
        study = self._studies[group.iri.partition("#")[0]]
        return self._add(
            compact(iri),
            "Treatment",
            f"what was given to {group.label or 'the people'} in {study.name}",
            group=group.label,
            group_of=group.of,
        )

    def product(self, iri: str) -> str:
        """Give the identifier of a cell product."""
        study = self._studies[iri.partition("#")[0]]
        return self._add(compact(iri), "Treatment", f"cell product of {study.name}")

    def institution(self, iri: str) -> str:
        """Give the identifier of an institution: its ROR id, or ours."""
        thing = self._things.get(iri, _Thing(shorten(iri), "", ()))
        ror = next((each for each in thing.identifiers if each.startswith("ror:")), None)
        return self._add(
            ror or compact(iri),
            "Agent",
            thing.name,
            equivalent_identifiers=None if ror is None else [compact(iri)],
        )

    def source(self, iri: str) -> str:
        """Give the identifier of a document: its PMID, or ours."""
        thing = self._things.get(iri, _Thing(shorten(iri), "", ()))
        pubmed = [each.partition(":")[2] for each in thing.identifiers if each[:7] == "pubmed:"]
        return self._add(
            f"PMID:{pubmed[0]}" if pubmed else compact(iri),
            "WebPage" if thing.kind in _PAGES else "Publication",
            thing.name,
            publication_type=[compact(CKG[thing.kind or "Source"].value)],
            equivalent_identifiers=[compact(iri)] if pubmed else None,
            xref=[each for each in thing.identifiers if each[:7] != "pubmed:"],
        )


def _trial(overview: StudyOverview) -> Node:
    phase = _PHASES.get(overview.phases[0]) if len(overview.phases) == 1 else None
    enrolled = overview.people_as("enrolled")
    planned = overview.people_as("planned enrolment")
    return {
        "clinical_trial_brief_title": overview.title,
        "clinical_trial_phase": phase,
        "clinical_trial_overall_status": _STATUSES.get(overview.status or ""),
        "clinical_trial_start_date": overview.start_date,
        "clinical_trial_enrollment": enrolled if enrolled is not None else planned,
        "clinical_trial_enrollment_type": "ACTUAL"
        if enrolled is not None
        else None
        if planned is None
        else "ESTIMATED",
    }


def _trials(store: GraphStore, studies: Sequence[str] | None) -> set[str]:
    """Find the studies that test something: they have a phase or a model of intervention."""
    return {
        study.value
        for (study,) in rows(
            store,
            f"SELECT DISTINCT ?study WHERE {{ {only_these(studies)}"
            "?study ckg:phase|ckg:interventionModel|ckg:allocation ?design }",
        )
    }


def _read_terms(store: GraphStore) -> dict[str, Node]:
    """Make the node of every term, by the IRI of the term."""
    labels: dict[str, tuple[str, str]] = {}
    matches: defaultdict[str, set[str]] = defaultdict(set)
    for term, kind, label, match in rows(
        store,
        "SELECT ?term ?kind ?label ?match WHERE { VALUES ?kind {"
        f" {' '.join(str(CKG[each]) for each in _CATEGORIES)} }}"
        ' ?term a ?kind ; skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en"))'
        " OPTIONAL { ?term skos:exactMatch ?match } }",
    ):
        labels[term.value] = (kind.value.removeprefix(CKG.iri), label.value)
        if match is not None:
            matches[term.value].add(iri_to_curie(match.value))
    # Conditions come first: what is both a condition and an adverse event is a disease.
    places = list(_CATEGORIES)
    by_id: dict[str, Node] = {}
    by_term: dict[str, Node] = {}
    for iri, (kind, label) in sorted(
        labels.items(), key=lambda item: (places.index(item[1][0]), item[0])
    ):
        known = {compact(iri), *matches[iri]}
        category, vocabularies = _CATEGORIES[kind]
        identifier = compact(iri)
        for vocabulary in vocabularies:
            fitting = sorted(each for each in known if each.startswith(f"{vocabulary}:"))
            if fitting:
                identifier = fitting[0]
                category = _CATEGORY_OF_VOCABULARY.get(vocabulary, category)
                break
        node = by_id.setdefault(
            identifier,
            {"id": identifier, "category": [f"biolink:{category}"], "name": label},
        )
        others = {str(each) for each in _list(node, "equivalent_identifiers")} | known
        node["equivalent_identifiers"] = sorted(others - {identifier})
        by_term[iri] = node
    for node in by_id.values():
        if not node["equivalent_identifiers"]:
            del node["equivalent_identifiers"]
    return by_term


def _list(node: Node, key: str) -> list[object]:
    value = node.get(key, [])
    return value if isinstance(value, list) else [value]


def _read_things(store: GraphStore) -> dict[str, _Thing]:
    """Read what institutions and documents are called, by IRI."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    identifiers: defaultdict[str, set[str]] = defaultdict(set)
    for thing, label, kind, identifier in rows(
        store,
        "SELECT ?thing ?label ?kind ?identifier WHERE {"
        " VALUES ?class { ckg:Institution ckg:Source } ?thing a ?class ."
        " OPTIONAL { ?thing rdfs:label|dcterms:title|ckg:citation ?label }"
        " OPTIONAL { ?thing ckg:sourceKind ?kind }"
        " OPTIONAL { ?thing ckg:identifier ?identifier } }",
    ):
        name = shorten(thing.value) if label is None else label.value
        names[thing.value] = min(names.get(thing.value, name), name)
        kinds[thing.value] = "" if kind is None else kind.value.removeprefix(CKG.iri)
        if identifier is not None:
            identifiers[thing.value].add(identifier.value)
    return {
        iri: _Thing(name, kinds[iri], tuple(sorted(identifiers[iri])))
        for iri, name in names.items()
    }
