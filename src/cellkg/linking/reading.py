"""Reads what is compared of studies out of a store.

Only the predicates that count are read, one after the other, so that neither time nor memory grow
with adverse events, outcomes and evidence.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from cellkg.linking.study_profile import Background, StudyProfile
from cellkg.terms.folding import fold
from cellkg.vocabulary import CKG, DCTERMS, INSTITUTION, RDF, RDFS, SKOS, STUDY, TERMS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.store import LocalStore

_RESPONSIBLE = frozenset((CKG["Sponsor"], CKG["Conductor"], CKG["AuthorAffiliation"]))
"""The parts of an institution that make a study its own."""

_OF_THE_STUDY = frozenset((CKG["ResultReference"], CKG["DerivedReference"]))
"""The references that tell of the study that lists them; background tells of others."""

_NO_CONDITION = re.compile(r"\b(?:stem|stromal) cell|\btransplantation\b|\bhealthy\b")
"""What records print as a condition and is the treatment."""

_ENROLLED = frozenset((CKG["Enrolled"], CKG["PlannedEnrolment"], CKG["Started"], CKG["Treated"]))


def read_profiles(store: LocalStore) -> dict[str, StudyProfile]:
    """Read what is compared of every study.

    Args:
        store: The graphs with their closure.

    Returns:
        The profiles by name, in alphabetical order.
    """
    return _Reader(store).profiles


def read_background(store: LocalStore) -> Background:
    """Read the labels and the tree of the terms, and the labels of institutions."""
    background = Background()
    for predicate in (SKOS["prefLabel"], SKOS["altLabel"]):
        for quad in store.quads(predicate=predicate, graph=TERMS_GRAPH):
            if isinstance(quad.object, Literal):
                background.names_of_terms.add(fold(quad.object.value))
                if predicate == SKOS["prefLabel"]:
                    background.labels[_last(quad.subject)] = quad.object.value
    for quad in store.quads(predicate=RDFS["label"]):
        subject = quad.subject
        if isinstance(subject, NamedNode) and subject.value in INSTITUTION:
            assert isinstance(quad.object, Literal)  # noqa: S101 - a label is a text
            background.labels[_last(subject)] = quad.object.value
    for quad in store.quads(predicate=SKOS["broaderTransitive"]):
        background.broader.setdefault(_last(quad.subject), set()).add(_last(quad.object))
    return background


class _Reader:
    """Fills the profiles, one predicate after the other."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        studies = store.quads(predicate=RDF["type"], value=CKG["Study"])
        names = sorted({_last(quad.subject) for quad in studies})
        self.profiles = {name: StudyProfile(name) for name in names}
        self._names()
        self._conditions()
        self._course()
        self._documents()
        self._roles()
        self._given()
        self._people()

    def _values(self, predicate: NamedNode) -> Iterator[tuple[StudyProfile, str]]:
        """Give the values of a property of studies: texts, or the last parts of IRIs."""
        for quad in self._store.quads(predicate=predicate):
            subject = quad.subject
            if isinstance(subject, NamedNode) and subject.value in STUDY:
                profile = self.profiles.get(_last(subject))
                if profile is not None:
                    value = quad.object
                    yield profile, value.value if isinstance(value, Literal) else _last(value)

    def _names(self) -> None:
        for name in ("identifier", "formerIdentifier"):
            for profile, number in self._values(CKG[name]):
                profile.numbers |= {number}
        for profile, number in self._values(CKG["otherIdentifier"]):
            profile.own_ids |= {number}
        for title in (CKG["officialTitle"], DCTERMS["title"]):
            for profile, text in self._values(title):
                profile.titles |= {text}
        for profile, text in self._values(CKG["acronym"]):
            profile.acronym = text
        for profile, text in self._values(CKG["whyStopped"]):
            profile.remarks |= {text}

    def _conditions(self) -> None:
        for profile, term in self._values(CKG["condition"]):
            profile.conditions |= {term}
        for profile, text in self._values(CKG["printedCondition"]):
            condition = intern(fold(text))
            if not _NO_CONDITION.search(condition):
                profile.printed_conditions |= {condition}

    def _course(self) -> None:
        for profile, phase in self._values(CKG["phase"]):
            profile.phases |= {phase}
        for profile, day in self._values(CKG["startDate"]):
            profile.start = day
        for profile, day in self._values(CKG["endDate"]):
            profile.end = day

    def _documents(self) -> None:
        kinds = self._store.quads(predicate=CKG["sourceKind"], value=CKG["RegistryRecord"])
        records = {quad.subject for quad in kinds}
        described: dict[object, StudyProfile] = {}
        listed: dict[object, StudyProfile] = {}
        for quad in self._store.quads(predicate=CKG["describedBy"]):
            profile = self.profiles[_last(quad.subject)]
            described[quad.object] = profile
            profile.from_registry |= quad.object in records
        told = {
            quad.subject
            for kind in _OF_THE_STUDY
            for quad in self._store.quads(predicate=CKG["referenceKind"], value=kind)
        }
        for quad in self._store.quads(predicate=CKG["reference"]):
            if quad.object in told:
                listed[quad.object] = self.profiles[_last(quad.subject)]
        for quad in self._store.quads(predicate=CKG["identifier"]):
            number = quad.object.value if isinstance(quad.object, Literal) else ""
            if number.startswith(("pubmed:", "doi:")):
                if quad.subject in described:
                    described[quad.subject].documents |= {number}
                if quad.subject in listed:
                    listed[quad.subject].results |= {number}

    def _roles(self) -> None:
        parts = {
            quad.subject
            for part in _RESPONSIBLE
            for quad in self._store.quads(predicate=CKG["institutionPart"], value=part)
        }
        same = _one_name_each(self._store)
        for quad in self._store.quads(predicate=CKG["institution"]):
            profile = self._holder(quad.subject)
            if profile is not None:
                name = _last(quad.object)
                name = same.get(name, name)
                profile.institutions |= {name}
                if quad.subject in parts:
                    profile.responsible |= {name}

    def _given(self) -> None:
        holders: dict[object, StudyProfile] = {}
        for quad in self._store.quads(predicate=CKG["intervention"]):
            holders[quad.object] = self.profiles[_last(quad.subject)]
        for quad in self._store.quads(predicate=CKG["route"]):
            if quad.subject in holders:
                holders[quad.subject].routes |= {_last(quad.object)}
        products = {
            quad.object: holders[quad.subject]
            for quad in self._store.quads(predicate=CKG["product"])
            if quad.subject in holders
        }
        for quad in self._store.quads(predicate=CKG["cellType"]):
            if quad.subject in products:
                products[quad.subject].cell_types |= {_last(quad.object)}

    def _people(self) -> None:
        for role in _ENROLLED:
            for quad in self._store.quads(predicate=CKG["participantRole"], value=role):
                profile = self._holder(quad.subject)
                if profile is None:
                    continue
                for count in self._store.quads(quad.subject, CKG["count"], None, quad.graph_name):  # type: ignore[arg-type] # all graphs are named
                    if isinstance(count.object, Literal) and count.object.value.isdigit():
                        profile.people |= {int(count.object.value)}

    def _holder(self, record: object) -> StudyProfile | None:
        """Give the study that a record lies in, by the IRI of the record."""
        if not isinstance(record, NamedNode) or record.value not in STUDY:
            return None
        return self.profiles.get(record.value.removeprefix(STUDY.iri).partition("#")[0])


def _one_name_each(store: LocalStore) -> dict[str, str]:
    """Find institutions that have one name in common, or are a part of another; give the main one.

    Only what the graphs say by a label counts: nothing is put together that is merely alike.
    """
    main: dict[str, str] = {}
    named: dict[str, str] = {}
    for predicate in (RDFS["label"], SKOS["altLabel"]):
        found = [
            (_last(quad.subject), fold(quad.object.value))
            for quad in store.quads(predicate=predicate)
            if isinstance(quad.subject, NamedNode)
            and quad.subject.value in INSTITUTION
            and isinstance(quad.object, Literal)
        ]
        for institution, label in sorted(found):
            first = named.setdefault(label, institution)
            if first != institution:
                main.setdefault(institution, first)
    for quad in store.quads(predicate=CKG["partOf"]):
        main.setdefault(_last(quad.subject), _last(quad.object))
    return main


def _last(node: object) -> str:
    """Give the last part of an IRI: the name of a study, an institution or a term."""
    # Thousands of studies speak of the same few institutions and terms.
    return intern(node.value.rpartition("/")[2]) if isinstance(node, NamedNode) else ""
