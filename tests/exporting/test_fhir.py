from __future__ import annotations

import json
import re
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from cellkg.exporting.exchange.fhir import FhirResources
from cellkg.exporting.exchange.fhir_elements import resource_id
from cellkg.records import AdverseEventFinding, to_triples
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, DCTERMS, RDF, STUDY, TERM, study_graph

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

    import cellkg
    from cellkg.exporting.exchange.fhir_elements import Element

ABSENT = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown",
        }
    ]
}


@pytest.fixture(scope="module")
def resources(curated: cellkg.Graph) -> dict[str, Any]:
    return {f"{each['resourceType']}/{each['id']}": each for each in FhirResources(curated.store)}


def statistic_of(
    count: int | None, unit: NamedNode | None, *, denied: bool, at_risk: int | None = None
) -> Any:  # noqa: ANN401 - JSON as it is read back
    """Give the statistic that one finding becomes."""
    study = STUDY["one"]
    finding = AdverseEventFinding(
        iri=STUDY["one#event"],
        reporting=CKG["Denied" if denied else "Reported"],
        count=count,
        count_unit=unit,
        at_risk=at_risk,
    )
    store = LocalStore()
    graph = study_graph(study.value)
    store.load(
        [
            Quad(study, RDF["type"], CKG["Study"], graph),
            Quad(study, DCTERMS["title"], Literal("one", language="en"), graph),
            Quad(study, CKG["adverseEventFinding"], finding.iri, graph),
            *(Quad(t.subject, t.predicate, t.object, graph) for t in to_triples(finding)),
        ]
    )
    [evidence] = [e for e in FhirResources(store) if e["resourceType"] == "Evidence"]
    import_module("fhir.resources.evidence").Evidence.model_validate(evidence)
    [statistic] = json.loads(json.dumps(evidence))["statistic"]
    return statistic


def test_the_curated_studies_give_the_bytes_that_they_gave_before(
    curated: cellkg.Graph, project: Path, request: pytest.FixtureRequest
) -> None:
    made = b"".join(FhirResources(curated.store).ndjson())
    golden = project / "tests" / "golden" / "fhir.ndjson"
    if request.config.getoption("--update-golden"):
        golden.write_bytes(made)
    assert made == golden.read_bytes()


def test_the_models_of_fhir_r5_take_every_resource(
    curated: cellkg.Graph, resources: dict[str, Any]
) -> None:
    library = import_module("fhir.resources")
    assert library.__fhir_version__ == "5.0.0"
    for each in resources.values():
        model = library.get_fhir_model_class(each["resourceType"])
        assert json.loads(model.model_validate(each).model_dump_json()).keys() == each.keys()
    bundle = b"".join(FhirResources(curated.store).bundle())
    read = library.get_fhir_model_class("Bundle").model_validate_json(bundle)
    assert len(read.entry) == len(resources) == 33
    kinds = Counter(each.partition("/")[0] for each in resources)
    assert kinds == {"Evidence": 13, "EvidenceVariable": 9, "ResearchStudy": 7, "Group": 4}


def test_every_reference_leads_to_a_resource(resources: dict[str, Any]) -> None:
    def references(element: object) -> list[str]:
        if isinstance(element, dict):
            own = [element["reference"]] if "reference" in element else []
            return own + [each for value in element.values() for each in references(value)]
        if isinstance(element, list):
            return [each for value in element for each in references(value)]
        return []

    found = references(list(resources.values()))
    assert len(found) >= 39
    assert set(found) <= resources.keys()


def test_a_count_without_its_unit_counts_no_people(resources: dict[str, Any]) -> None:
    fever = resources["Evidence/ms-intrathecal-msc-poster.fever"]
    [statistic] = fever["statistic"]
    assert statistic["quantity"] == {"value": 4, "unit": "unit not stated"}
    assert statistic["_numberAffected"] == ABSENT
    assert statistic["sampleSize"] == {"knownDataCount": 28, "numberOfParticipants": 28}
    assert any("“Fever 4”" in each["text"] for each in fever["note"])
    [event] = resources["EvidenceVariable/fever"]["characteristic"]
    assert {"system": "http://human-phenotype-ontology.org", "code": "HP:0001945"} in event[
        "definitionCodeableConcept"
    ]["coding"]


def test_zero_unknown_and_denied_are_told_apart() -> None:
    zero = statistic_of(0, TERM["patients"], denied=True, at_risk=12)
    assert zero["numberAffected"] == 0
    assert "_numberAffected" not in zero
    assert zero["category"] == {"text": "denied"}
    denied = statistic_of(None, None, denied=True)
    reported = statistic_of(None, None, denied=False)
    for each in (denied, reported):
        assert "numberAffected" not in each
        assert "quantity" not in each
        assert each["_numberAffected"] == ABSENT
        assert each["sampleSize"] == {"_numberOfParticipants": ABSENT}
    assert (denied["category"]["text"], reported["category"]["text"]) == ("denied", "reported")
    events = statistic_of(5, TERM["events"], denied=False)
    assert events["numberOfEvents"] == 5
    assert events["_numberAffected"] == ABSENT


def test_no_code_of_a_licensed_vocabulary_is_there(resources: dict[str, Any]) -> None:
    systems = set(re.findall(r'"system": "([^"]+)"', json.dumps(list(resources.values()))))
    assert len(systems) >= 5
    assert not any("snomed" in each or "meddra" in each.lower() for each in systems)


def test_what_is_not_carried_is_counted(curated: cellkg.Graph) -> None:
    found = FhirResources(curated.store)
    assert sum(1 for _ in found) == sum(found.made.values()) == 33
    assert found.left_out == {
        "conflicts between numbers": 14,
        "outcomes: only counts of adverse events are carried": 31,
        "rows of patients": 24,
        "statements in words that deny no event": 37,
    }


@given(st.text(min_size=1))
def test_every_name_gives_an_id_that_fhir_allows(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", resource_id(name))


@given(st.sets(st.text("ab.#-/", min_size=1, max_size=6), min_size=2))
def test_different_names_give_different_ids(names: set[str]) -> None:
    assert len({resource_id(each) for each in names}) == len(names)


@pytest.mark.parametrize(
    "title", ["</script>", '"}],', "a\u2028b", "line\nline", "{{x}}", "\u202e"]
)
def test_hostile_titles_come_back_as_they_were(title: str) -> None:
    store = LocalStore()
    graph = study_graph(STUDY["hostile"].value)
    store.load(
        [
            Quad(STUDY["hostile"], RDF["type"], CKG["Study"], graph),
            Quad(STUDY["hostile"], DCTERMS["title"], Literal(title, language="en"), graph),
        ]
    )
    lines = b"".join(FhirResources(store).ndjson()).splitlines()
    read: list[Element] = [json.loads(each) for each in lines]
    assert [each["title"] for each in read] == [title]
    import_module("fhir.resources.researchstudy").ResearchStudy.model_validate(read[0])
