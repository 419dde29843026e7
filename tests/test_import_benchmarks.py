"""What the benchmark of the import rests on: its records, and that both sides mean the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from cellkg.vocabulary import CKG, STUDY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Modules = Callable[[str], Any]

RR = "http://www.w3.org/ns/r2rml#"
RML = "http://semweb.mmlab.be/ns/rml#"
RULES = {"ctgov.rml.ttl": 25, "evidence.rml.ttl": 18}
RECORDS = 12


@pytest.fixture
def benchmarks(project: Path, monkeypatch: pytest.MonkeyPatch) -> Modules:
    """Import a script of the benchmark by its name."""
    monkeypatch.syspath_prepend(project / "benchmarks")
    return import_module


@pytest.fixture
def records(benchmarks: Modules, tmp_path: Path) -> Path:
    """Write a few made-up records."""
    path = tmp_path / "records.jsonl.gz"
    made = benchmarks("registry_records")
    assert made.write(made.made_up(RECORDS), path) == RECORDS
    return path


def test_repeated_records_have_numbers_of_their_own(benchmarks: Modules, records: Path) -> None:
    repeated = list(benchmarks("registry_records").repeated([records], 10))
    names = [each["protocolSection"]["identificationModule"]["nctId"] for each in repeated]
    assert len(names) == len(set(names)) == 10 * RECORDS
    assert all(re.fullmatch(r"NCT\d{8}", name) for name in names)
    assert names[RECORDS] == "NCT10000001"


def test_the_sum_of_a_store_knows_its_quads_and_no_order(
    benchmarks: Modules, tmp_path: Path
) -> None:
    dump = benchmarks("stored_quads").dump
    quads = [Quad(STUDY["s"], CKG["count"], Literal(n), STUDY["g"]) for n in range(50)]
    other = Quad(STUDY["s"], CKG["count"], Literal(99), STUDY["g"])
    held = []
    for number, content in enumerate((quads, quads[::-1], [*quads[:-1], other])):
        store = Store(str(tmp_path / str(number)))
        store.extend(content)
        store.flush()
        del store
        held.append(dump(tmp_path / str(number), tmp_path / "quads.nq"))
    assert held[0].quads == held[2].quads == 50
    assert held[0] == held[1]
    assert held[0] != held[2]


def test_the_mapping_makes_the_triples_of_the_import(
    benchmarks: Modules, project: Path, records: Path, tmp_path: Path
) -> None:
    """Another reading of the mapping, rule by rule, in place of morph-kgc."""
    peer = benchmarks("rml_peer")
    benchmarks("flat_records").write(benchmarks("registry_records").read([records]), tmp_path)
    script = str(project / "benchmarks" / "map_records.py")
    subprocess.run([sys.executable, script, records, tmp_path / "all.nt"], check=True)
    mappings = [peer.FIELDS, peer.EVIDENCE]
    fields = peer.ComparedFields(mappings)
    imported = fields.of(tmp_path / "all.nt")
    mapped = {str(quad) for each in mappings for quad in mapped_by_hand(each, tmp_path)}
    assert len(mapped) > 400 * RECORDS
    assert mapped == imported
    assert sum(CKG["jsonPointer"].value in each for each in mapped) > 20 * RECORDS
    everything = {quad.predicate for quad in parse(path=tmp_path / "all.nt")}
    assert CKG["reasoning"] in everything - fields.shapes.keys()


def mapped_by_hand(mapping: Path, folder: Path) -> Iterator[Quad]:
    facts: dict[Any, dict[str, list[Any]]] = {}
    for quad in parse(path=mapping, format=RdfFormat.TURTLE, base_iri="urn:mapping"):
        name = quad.predicate.value.removeprefix(RR).removeprefix(RML)
        facts.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    rules = [rule for rule in facts.values() if "subjectMap" in rule]
    assert len(rules) == RULES[mapping.name]
    for rule in rules:
        source = facts[rule["logicalSource"][0]]["source"][0].value
        subject = facts[rule["subjectMap"][0]]
        for row in json.loads((folder / source).read_text()):
            thing = NamedNode(subject["template"][0].value.format(**row))
            a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
            yield from (Quad(thing, a, each) for each in subject.get("class", ()))
            for pair in (facts[each] for each in rule["predicateObjectMap"]):
                for value in values_of(pair, facts, row):
                    yield Quad(thing, pair["predicate"][0], value)


def values_of(pair: Any, facts: Any, row: dict[str, str]) -> Iterator[NamedNode | Literal]:  # noqa: ANN401 - RDF lists
    if "object" in pair:
        yield pair["object"][0]
        return
    how = facts[pair["objectMap"][0]]
    written = how["template"][0].value if "template" in how else f"{{{how['reference'][0].value}}}"
    if not set(re.findall(r"\{(\w+)\}", written)) <= row.keys():
        return
    text = written.format(**row)
    if "datatype" in how:
        yield Literal(text, datatype=how["datatype"][0])
    elif "language" in how:
        yield Literal(text, language=how["language"][0].value)
    elif "reference" in how or "termType" in how:
        yield Literal(text)
    else:
        yield NamedNode(text)
