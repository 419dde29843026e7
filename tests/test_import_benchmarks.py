"""What the benchmark of the import rests on: its records, and that both sides mean the same."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import defaultdict
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from tests.importers.ctgov.made_up_records import STUDIES

from cellkg.vocabulary import CKG, CTGOV_IMPORTER, RDF, STUDY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Modules = Callable[[str], Any]

RML = "http://w3id.org/rml/"
TRIPLES_MAPS = {"ctgov.rml.ttl": 15, "results.rml.ttl": 14, "evidence.rml.ttl": 10}
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
    strange, everything = tmp_path / "strange.jsonl", tmp_path / "all.nt"
    strange.write_text("".join(json.dumps(each) + "\n" for each in STUDIES.values()))
    given = [records, strange, project / "tests" / "data" / "registry" / "records.jsonl.gz"]
    benchmarks("flat_records").write(benchmarks("registry_records").read(given), tmp_path)
    script = str(project / "benchmarks" / "map_records.py")
    subprocess.run([sys.executable, script, *given, everything], check=True)
    fields = peer.ComparedFields(peer.MAPPINGS)
    mapped = {str(quad) for each in peer.MAPPINGS for quad in mapped_by_hand(each, tmp_path)}
    assert len(mapped) > 40_000
    assert mapped == fields.of(everything)
    assert {quad.predicate for quad in parse(path=everything)} > fields.shapes.keys()
    assert_only_conclusions_are_left_out(everything, mapped)


def assert_only_conclusions_are_left_out(everything: Path, compared: set[str]) -> None:
    """What is not compared is inferred evidence, what rests on it, and what prose alone tells."""
    quads = {Quad(*quad.triple) for quad in parse(path=everything)}
    values: dict[NamedNode, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        values[quad.predicate][quad.subject].add(quad.object)
    status, types = values[CKG["status"]], values[RDF["type"]]
    inferred = {each for each in status if status[each] == {CKG["Inferred"]}}
    of_prose = {each for each in types if types[each] & {CKG["CellProduct"], CKG["Dose"]}}

    def is_concluded(quad: Quad) -> bool:
        shown = values[CKG["evidence"]][quad.subject] & inferred
        resting = {each for name in shown for each in values[CKG["supports"]][name]}
        return not {quad.subject, quad.object}.isdisjoint(inferred | of_prose) or (
            quad.predicate in resting
        )

    left_out = {quad for quad in quads if str(quad) not in compared}
    assert len(left_out) > 1_000
    assert {quad for quad in left_out if not is_concluded(quad)} == set()


def test_evidence_that_is_inferred_is_not_taken_for_stated(
    benchmarks: Modules, tmp_path: Path
) -> None:
    """Both have names of the same form; what a mapping always says of a node tells them apart."""
    peer = benchmarks("rml_peer")
    quads = {}
    for status, name in (("Stated", "NCT1#arm-0-label"), ("Inferred", "NCT1#arm-0-donor")):
        quads[status] = [
            Quad(STUDY[name], RDF["type"], CKG["Evidence"]),
            Quad(STUDY[name], CKG["status"], CKG[status]),
            Quad(STUDY[name], CKG["recordedBy"], CTGOV_IMPORTER),
            Quad(STUDY[name], CKG["quote"], Literal("cells")),
        ]
    path = tmp_path / "evidence.nt"
    serialize((each.triple for each in chain(*quads.values())), path, RdfFormat.N_TRIPLES)
    assert peer.ComparedFields([peer.EVIDENCE]).of(path) == set(map(str, quads["Stated"]))


def mapped_by_hand(mapping: Path, folder: Path) -> Iterator[Quad]:
    facts: dict[Any, dict[str, list[Any]]] = {}
    for quad in parse(path=mapping, format=RdfFormat.TURTLE, base_iri="urn:mapping"):
        name = quad.predicate.value.removeprefix(RML)
        facts.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    triples_maps = [each for each in facts.values() if "subjectMap" in each]
    assert len(triples_maps) == TRIPLES_MAPS[mapping.name]
    for each in triples_maps:
        source = facts[each["logicalSource"][0]]["source"][0].value
        subject = facts[each["subjectMap"][0]]
        for row in rows_of(folder / source):
            thing = filled(subject["template"][0].value, row)
            if thing is not None:
                yield from triples_of(NamedNode(thing), each, facts, row)


def rows_of(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: cell for name, cell in row.items() if cell}


def filled(template: str, row: dict[str, str]) -> str | None:
    names = set(re.findall(r"\{(\w+)\}", template))
    return template.format_map(row) if names <= row.keys() else None


def triples_of(
    thing: NamedNode,
    triples_map: Any,  # noqa: ANN401 - RDF lists
    facts: Any,  # noqa: ANN401 - as above
    row: dict[str, str],
) -> Iterator[Quad]:
    for each in facts[triples_map["subjectMap"][0]].get("class", ()):
        yield Quad(thing, RDF["type"], each)
    for pair in (facts[each] for each in triples_map.get("predicateObjectMap", ())):
        value = pair["object"][0] if "object" in pair else value_of(pair, facts, row)
        if value is not None:
            yield Quad(thing, pair["predicate"][0], value)


def value_of(pair: Any, facts: Any, row: dict[str, str]) -> NamedNode | Literal | None:  # noqa: ANN401 - RDF lists
    how = facts[pair["objectMap"][0]]
    written = how["template"][0].value if "template" in how else f"{{{how['reference'][0].value}}}"
    text = filled(written, row)
    if text is None:
        return None
    if "language" in how:
        return Literal(text, language=how["language"][0].value)
    if "datatypeMap" in how:
        named = filled(facts[how["datatypeMap"][0]]["template"][0].value, row)
        return None if named is None else Literal(text, datatype=NamedNode(named))
    if "datatype" in how:
        return Literal(text, datatype=how["datatype"][0])
    kind = how["termType"][0].value.removeprefix(RML) if "termType" in how else None
    is_literal = kind == "Literal" or (kind is None and "reference" in how)
    return Literal(text) if is_literal else NamedNode(text)
