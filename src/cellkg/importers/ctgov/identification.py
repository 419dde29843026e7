"""What a record says of the study as a whole: names, status and dates, design, conditions."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from cellkg.errors import UserInputError
from cellkg.identifiers import recognise
from cellkg.importers.ctgov import registry_words
from cellkg.importers.prose import Passage
from cellkg.records import Study

if TYPE_CHECKING:
    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import ProseReader
    from cellkg.records import Evidence

_FILED_ELSEWHERE = {"EUDRACT_NUMBER", "CTIS", "REGISTRY", "OTHER", "OTHER_GRANT", None}
"""Kinds of secondary identifiers that may be those of another registry of trials."""

_TRIAL_REGISTRIES = {"clinicaltrials", "ctis", "euclinicaltrials", "isrctn"}
"""A sponsor's own number may look like that of an article or of a person."""


class StudyFacts:
    """The fields of a study, gathered one group after the other with their evidence.

    Args:
        recorder: Names and evidence of this record.

    Attributes:
        values: The fields of the study by name.
        evidence: What shows them.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.values: dict[str, Any] = {}
        self.evidence: list[Evidence] = []

    def state(
        self, label: str, values: dict[str, Any], item: Item, *, quoted: Item | None = None
    ) -> None:
        """Add fields that the record states at one place; absent ones add nothing."""
        given = {name: value for name, value in values.items() if value not in (None, ())}
        if not given:
            return
        self.values |= given
        name = self.recorder.name("study", label)
        self.evidence.append(self.recorder.stated(name, Study, given, item, quoted=quoted))


def identify(protocol: Item, facts: StudyFacts) -> None:
    """Take in titles and identifiers."""
    module = protocol["identificationModule"]
    official = module["officialTitle"]
    printed = (each for each in (module["briefTitle"], official) if each.text())
    title = next(printed, module["nctId"])
    facts.state("title", {"title": title.text()}, title, quoted=title)
    facts.state("official-title", {"official_title": official.text()}, official, quoted=official)
    acronym = module["acronym"]
    facts.state("acronym", {"acronym": acronym.text()}, acronym, quoted=acronym)
    known, other = _identifiers(module)
    curies = (f"clinicaltrials:{facts.recorder.nct_id}", *known)
    former = []
    for _, text in module["nctIdAliases"].texts():
        curie = _curie(text)
        if curie is None:
            facts.recorder.not_taken["a former number that is no number of a registry"] += 1
        else:
            former.append(curie)
    fields = {
        "identifiers": tuple(dict.fromkeys(curies)),
        "former_identifiers": tuple(dict.fromkeys(former)),
        "other_identifiers": tuple(dict.fromkeys(other)),
    }
    facts.state("identifiers", fields, module)


def _identifiers(module: Item) -> tuple[list[str], list[str]]:
    """Part the identifiers that a known registry gives from the others, which stay as printed."""
    known, other = [], []
    for info in chain([module["orgStudyIdInfo"]], module["secondaryIdInfos"].items()):
        text = info["id"].text()
        if text is None:
            continue
        curie = _curie(text) if info["type"].text() in _FILED_ELSEWHERE else None
        if curie is not None:
            known.append(curie)
            continue
        whose = info["domain"].text() or info["type"].text()
        other.append(f"{text} ({whose})" if whose else text)
    return known, other


def _curie(text: str) -> str | None:
    try:
        identifier = recognise(text)
    except UserInputError:
        return None
    return identifier.curie if identifier.prefix in _TRIAL_REGISTRIES else None


def tell_status(protocol: Item, facts: StudyFacts) -> None:
    """Take in the status, why the study was stopped, and its dates."""
    module = protocol["statusModule"]
    listed = facts.recorder.listed
    status = module["overallStatus"]
    facts.state(
        "status",
        {"study_status": listed(status, registry_words.STATUSES)},
        status,
        quoted=status,
    )
    last = module["lastKnownStatus"]
    facts.state(
        "last-known-status", {"last_known_status": listed(last, registry_words.STATUSES)}, last
    )
    why = module["whyStopped"]
    if status.text() in {"TERMINATED", "WITHDRAWN", "SUSPENDED"}:
        facts.state("why-stopped", {"why_stopped": why.text()}, why, quoted=why)
    elif why.text():
        facts.recorder.not_taken["the reason for stopping a study that was not stopped"] += 1
    dates: dict[str, Any] = {}
    for field, struct in (
        ("start_date", module["startDateStruct"]),
        ("primary_end_date", module["primaryCompletionDateStruct"]),
        ("end_date", module["completionDateStruct"]),
    ):
        dates[field] = struct["date"].date()
        kind = listed(struct["type"], registry_words.DATE_KINDS)
        dates[f"{field}_kind"] = None if dates[field] is None else kind
    dates["results_posted"] = module["resultsFirstPostDateStruct"]["date"].date()
    facts.state("dates", dates, module)


def tell_design(protocol: Item, facts: StudyFacts) -> None:
    """Take in what kind of study it is, its phase, and how people come to their treatment."""
    module = protocol["designModule"]
    info = module["designInfo"]
    listed = facts.recorder.listed
    names = tuple(text for _, text in module["phases"].texts())
    if names not in registry_words.PHASES:
        facts.recorder.not_taken[f"the phases {', '.join(names):.100}"] += 1
    phases = registry_words.PHASES.get(names, ())
    facts.state("phase", {"phases": phases}, module["phases"])
    features = [listed(module["studyType"], registry_words.STUDY_TYPES)]
    features.append(listed(info["observationalModel"], registry_words.OBSERVATIONAL_MODELS))
    facts.state("kind", {"design_features": _those(features)}, module)
    models = [listed(info["interventionModel"], registry_words.INTERVENTION_MODELS)]
    masking = [listed(info["maskingInfo"]["masking"], registry_words.MASKING)]
    allocation = [listed(info["allocation"], registry_words.ALLOCATION)]
    purpose = info["primaryPurpose"].text()
    values = {
        "masking": _those(masking),
        "allocation": _those(allocation),
        "intervention_models": _those(models),
        "temporal_direction": listed(info["timePerspective"], registry_words.TIME_PERSPECTIVES),
        "primary_purpose": None if purpose is None else registry_words.words_of(purpose),
    }
    facts.state("design", values, info)


def _those(found: list[NamedNode | None]) -> tuple[NamedNode, ...]:
    return tuple(each for each in found if each is not None)


def tell_conditions(protocol: Item, facts: StudyFacts, reader: ProseReader) -> None:
    """Take in the conditions as printed, and the terms that they name."""
    recorder = facts.recorder
    printed = list(protocol["conditionsModule"]["conditions"].texts())
    facts.state(
        "conditions",
        {"printed_conditions": tuple(dict.fromkeys(text for _, text in printed))},
        protocol["conditionsModule"]["conditions"],
    )
    terms: list[str] = []
    for place, (item, _) in enumerate(printed):
        found = reader.condition(Passage(item.pointer, item.raw()))
        if found is None or found.value in terms:
            continue
        terms.append(str(found.value))
        name = recorder.name("study", "condition", place)
        facts.evidence.append(recorder.inferred(name, Study, ("conditions",), found))
    facts.values["conditions"] = tuple(map(NamedNode, terms))
