"""Every RDF format is read back, by three independent readers, as the same graphs."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from typing import TYPE_CHECKING, Any, Final

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from cellkg.errors import SourceFileError, UserInputError
from cellkg.exporting.rdf.chosen_graphs import chosen_graphs
from cellkg.exporting.rdf.graph_lines import GraphLines, read_graphs
from cellkg.exporting.rdf.json_ld_context import CONTEXT_ADDRESS
from cellkg.exporting.rdf.json_ld_graphs import json_ld_of_graphs
from cellkg.exporting.rdf.rdf_formats import RDF_FORMATS
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, GRAPH, STUDY, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    import cellkg

NAMES_OF_FORMATS: Final = {
    "turtle": (RdfFormat.TURTLE, "turtle", "turtle"),
    "trig": (RdfFormat.TRIG, "trig", "trig"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt", "ntriples"),
    "nquads": (RdfFormat.N_QUADS, "nquads", "nquads"),
    "rdfxml": (RdfFormat.RDF_XML, "xml", "rdfxml"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld", None),
}
"""What pyoxigraph, rdflib and rapper call each format; rapper reads no JSON-LD."""

WITH_NAMES: Final = {"trig", "nquads", "jsonld"}

HOSTILE: Final = (
    Literal("a\rb\r\nc\td\n"),
    Literal(' "quoted" \\ \'\'\' """ '),
    Literal("</script><!-- ]]> & &amp; <b>"),
    Literal("emoji \U0001f9ec, e\u0301, \u2028 \u0085 \u00a0"),
    Literal("=1+1"),
    Literal("Zellen", language="de-x-formal"),
    Literal("007", datatype=XSD["integer"]),
    Literal("12345678901234567890", datatype=XSD["integer"]),
    Literal("1.0", datatype=XSD["decimal"]),
    Literal("true", datatype=XSD["string"]),
    Literal("1", datatype=XSD["boolean"]),
    Literal("2026-02-30", datatype=XSD["date"]),
    Literal("4", datatype=NamedNode("urn:unit:mg")),
    NamedNode("https://example.org/a?b=c&d='e'#(f)"),
    NamedNode("urn:x-y:z"),
    BlankNode("one"),
)
"""Values that a careless writer loses or breaks."""

BELL: Final = Triple(STUDY["a#bell"], CKG["note"], Literal("a\u0007b"))


@pytest.fixture(scope="module")
def hostile() -> LocalStore:
    """A study with every hostile value, at properties of every kind."""
    store = LocalStore()
    properties = ("note", "count", "event", "headline", "doseMax", "recordedOn", "unheardOf")
    store.load(
        Quad(STUDY["a#it"], CKG[name], value, GRAPH["study/a"])
        for name in properties
        for value in HOSTILE
    )
    store.load([Quad(BlankNode("two"), CKG["note"], BlankNode("three"), GRAPH["study/b"])])
    return store


def quads_of(graphs: Iterable[GraphLines], *, named: bool) -> list[Quad]:
    return [
        in_graph(quad.triple, graph.name) if named else quad
        for graph in graphs
        for quad in parse("\n".join(graph.lines), RdfFormat.N_TRIPLES)
    ]


def canonical(quads: Iterable[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def read_by_pyoxigraph(written: bytes, form: str) -> list[Quad]:
    return list(parse(written, NAMES_OF_FORMATS[form][0]))


def read_by_rdflib(written: bytes, form: str) -> list[Quad]:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib calls its own old names
        dataset.parse(data=written, format=NAMES_OF_FORMATS[form][1])
        found = list(dataset.quads())
    read = []
    for subject, predicate, value, name in found:
        triple = Triple(*map(_from_rdflib, (subject, predicate, value)))
        read.append(in_graph(triple, _from_rdflib(name) if form in WITH_NAMES else None))
    return read


def in_graph(triple: Triple, name: NamedNode | None) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, name)


def _from_rdflib(node: Any) -> Any:  # noqa: ANN401 - any node of the one library, and of the other
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return Literal(str(node), language=node.language)
        datatype = None if node.datatype is None else NamedNode(str(node.datatype))
        return Literal(str(node), datatype=datatype)
    return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))


def read_by_rapper(written: bytes, form: str) -> list[Quad]:
    if shutil.which("rapper") is None and os.environ.get("CI") != "true":
        pytest.skip("rapper is not installed")
    reader = NAMES_OF_FORMATS[form][2]
    assert reader is not None
    command = ["rapper", "--quiet", "--input", reader, "--output", "nquads", "-", "urn:base:"]
    done = subprocess.run(command, input=written, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return list(parse(done.stdout, RdfFormat.N_QUADS))


READERS: Final = {
    "pyoxigraph": read_by_pyoxigraph,
    "rdflib": read_by_rdflib,
    "rapper": read_by_rapper,
}
READINGS: Final = [
    (form, reader)
    for form in RDF_FORMATS
    for reader in READERS
    if (form, reader) != ("jsonld", "rapper")
]


def test_every_format_has_its_readers() -> None:
    assert RDF_FORMATS.keys() == NAMES_OF_FORMATS.keys()
    assert len(READINGS) == 17


@pytest.mark.parametrize(("form", "reader"), READINGS)
def test_the_curated_graphs_come_back(form: str, reader: str, curated: cellkg.Graph) -> None:
    graphs = list(chosen_graphs(curated.store))
    assert sum(graph.study is not None for graph in graphs) >= 7
    read = READERS[reader](b"".join(RDF_FORMATS[form](graphs)), form)
    assert canonical(read) == canonical(quads_of(graphs, named=form in WITH_NAMES))


@pytest.mark.parametrize(("form", "reader"), READINGS)
def test_hostile_values_come_back(
    form: str, reader: str, hostile: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # 007 is to stay 007
    graphs = list(read_graphs(hostile, hostile.graph_names()))
    assert sum(len(graph.lines) for graph in graphs) == 7 * len(HOSTILE) + 1
    read = READERS[reader](b"".join(RDF_FORMATS[form](graphs)), form)
    assert canonical(read) == canonical(quads_of(graphs, named=form in WITH_NAMES))


XML_TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"]
    )
    | st.sampled_from("\t\n\r")
)
LITERALS = (
    XML_TEXTS.map(Literal)
    | XML_TEXTS.map(lambda text: Literal(text, language="en-gb"))
    | st.tuples(XML_TEXTS, st.sampled_from(["integer", "boolean", "date", "decimal"])).map(
        lambda both: Literal(both[0], datatype=XSD[both[1]])
    )
    | st.integers().map(Literal)
)
VALUES = LITERALS | st.sampled_from([BlankNode("x"), BlankNode("y"), CKG["Reported"]])
QUADS = st.builds(
    Quad,
    st.sampled_from([STUDY["a"], STUDY["a#b"], BlankNode("x"), NamedNode("https://x.org/%20")]),
    st.sampled_from([CKG["count"], CKG["event"], CKG["note"], NamedNode("https://x.org/p-1.q")]),
    VALUES,
    st.just(GRAPH["study/a"]),
)


@settings(max_examples=60)
@given(st.lists(QUADS, min_size=1))
def test_any_values_come_back_in_every_format(quads: list[Quad]) -> None:
    store = LocalStore()
    store.load(quads)
    graphs = list(read_graphs(store, store.graph_names()))
    for form, write in RDF_FORMATS.items():
        read = read_by_pyoxigraph(b"".join(write(graphs)), form)
        expected = quads if form in WITH_NAMES else [in_graph(quad.triple, None) for quad in quads]
        assert canonical(read) == canonical(expected), form


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_same_graphs_give_the_same_bytes(form: str, curated: cellkg.Graph) -> None:
    write = RDF_FORMATS[form]
    once = b"".join(write(chosen_graphs(curated.store)))
    shuffled = LocalStore()
    graphs = list(chosen_graphs(curated.store))
    shuffled.load(reversed(quads_of(graphs, named=True)))
    assert b"".join(write(chosen_graphs(shuffled))) == once


@pytest.mark.parametrize("form", sorted(WITH_NAMES | {"turtle", "ntriples"}))
def test_control_characters_come_back_where_they_can_be_held(form: str) -> None:
    bell = [GraphLines(GRAPH["study/a"], [f"{BELL} ."])]
    (read,) = read_by_pyoxigraph(b"".join(RDF_FORMATS[form](bell)), form)
    assert read.triple == BELL


@pytest.mark.parametrize(
    ("predicate", "value", "problem"),
    [
        (CKG["note"], Literal("a\u0007b"), "the character U+0007"),
        (CKG["note"], Literal("a\ufffeb"), "the character U+FFFE"),
        (CKG["note"], Literal("a\u0000b"), "the character U+0000"),
        (NamedNode("https://x.org/1"), Literal("b"), "a property of that name"),
        (NamedNode("https://x.org/"), Literal("b"), "a property of that name"),
        (NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#li"), Literal("b"), "a property"),
        (CKG["note"], Triple(STUDY["a"], CKG["note"], Literal("b")), "a statement about"),
    ],
)
def test_what_rdf_xml_cannot_hold_is_refused_by_name(
    predicate: NamedNode, value: Literal | Triple, problem: str
) -> None:
    line = f"{Triple(STUDY['a#bell'], predicate, value)} ."
    with pytest.raises(UserInputError, match=r"^study:a#bell, .*: RDF/XML cannot hold") as refused:
        b"".join(RDF_FORMATS["rdfxml"]([GraphLines(GRAPH["study/a"], [line])]))
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        str(Triple(STUDY["a"], CKG["note"], Literal("b"))).join(("<<( ", " )>>")),
        '"b"@en--ltr',
        "<ckg:not-a-short-one>",
    ],
)
def test_what_json_ld_cannot_hold_is_refused(value: str) -> None:
    line = f"{STUDY['a#x']} {CKG['note']} {value} ."
    with pytest.raises(UserInputError, match="JSON-LD"):
        b"".join(RDF_FORMATS["jsonld"]([GraphLines(GRAPH["study/a"], [line])]))


def test_a_blank_node_in_two_graphs_is_refused() -> None:
    store = LocalStore()
    shared = BlankNode("shared")
    store.load(Quad(shared, CKG["note"], Literal("x"), GRAPH[name]) for name in ("one", "two"))
    with pytest.raises(SourceFileError, match="stands in another graph as well"):
        list(read_graphs(store, store.graph_names()))


def test_the_context_is_linked_on_request(curated: cellkg.Graph) -> None:
    graphs = list(chosen_graphs(curated.store))
    whole = b"".join(json_ld_of_graphs(graphs))
    linked = b"".join(json_ld_of_graphs(graphs, linked=True))
    assert CONTEXT_ADDRESS.encode() in linked.splitlines()[0]
    assert whole.splitlines()[1:] == linked.splitlines()[1:]


def test_json_ld_reads_as_the_ontology_names_things(curated: cellkg.Graph) -> None:
    study = STUDY["ms-intrathecal-msc-poster"].value
    written = b"".join(json_ld_of_graphs(chosen_graphs(curated.store, [study])))
    fever = next(line for line in written.splitlines() if b'#fever","@type"' in line)
    assert b'"@type":"ckg:AdverseEventFinding"' in fever
    assert b'"event":"cellkg:term/fever"' in fever
    assert b'"count":4' in fever
