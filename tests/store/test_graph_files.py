import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, serialize

from cellkg.errors import SourceFileError
from cellkg.store import graph_files
from cellkg.store.graph_files import GraphFileReader, quads_into
from cellkg.vocabulary import CKG, GRAPH, RDF, STUDY, TERMS_GRAPH

Write = Callable[[str, str | bytes], Path]

STUDY_ONE = "study:one a ckg:Study ; ckg:count 4 .\n"


def problem_with(file: Path) -> SourceFileError:
    with pytest.raises(SourceFileError) as caught:
        list(GraphFileReader().quads(file))
    message = str(caught.value)
    assert message.startswith(str(file))
    assert message.isprintable()
    assert message.endswith(".")
    return caught.value


def graphs_of(file: Path) -> list[str]:
    return [quad.graph_name.value for quad in GraphFileReader().quads(file)]  # type: ignore[union-attr] # always named


def test_the_study_names_the_graph_of_a_turtle_file(graph_file: Write) -> None:
    file = graph_file("any-name.ttl", "study:one#x ckg:count 3 .\n".replace("#", "\\#") + STUDY_ONE)
    assert graphs_of(file) == [GRAPH["study/one"].value] * 3


def test_the_study_may_come_last(graph_file: Write) -> None:
    file = graph_file("x.ttl", "ckg:x ckg:count 1, 2, 3 . study:one ckg:count 4 ; a ckg:Study .")
    assert graphs_of(file) == [GRAPH["study/one"].value] * 5


def test_a_turtle_file_without_a_study_is_a_graph_of_its_own_name(graph_file: Write) -> None:
    file = graph_file("institutions.ttl", "ckg:x ckg:count 1 .")
    assert graphs_of(file) == [GRAPH["institutions"].value]


@pytest.mark.parametrize("name", ["one.ttl", "one.trig", "one.nq"])
def test_gzipped_files_are_the_same(graph_file: Write, name: str) -> None:
    quad = Quad(STUDY["one"], RDF["type"], CKG["Study"], GRAPH["study/one"])
    form = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
    given = [quad.triple] if name.endswith("ttl") else [quad]
    content = serialize(given, format=form[Path(name).suffix])
    assert content is not None
    plain = list(GraphFileReader().quads(graph_file(name, content)))
    packed = list(GraphFileReader().quads(graph_file(name + ".gz", gzip.compress(content))))
    assert plain == packed == [quad]


def test_trig_and_nquads_name_their_graphs(graph_file: Write) -> None:
    trig = graph_file(
        "x.trig", "graph:a { study:one a ckg:Study } graph:b { study:two a ckg:Study }"
    )
    assert graphs_of(trig) == [GRAPH["a"].value, GRAPH["b"].value]


def test_studies_are_noted_with_their_files(graph_file: Write) -> None:
    reader = GraphFileReader()
    trig = graph_file("x.trig", "graph:a { study:one a ckg:Study . study:two a ckg:Study }")
    turtle = graph_file("three.ttl", "study:three a ckg:Study .")
    for file in (trig, turtle):
        list(reader.quads(file))
    assert reader.studies == {
        STUDY["one"].value: trig,
        STUDY["two"].value: trig,
        STUDY["three"].value: turtle,
    }


def test_blank_nodes_of_two_files_stay_two(graph_file: Write) -> None:
    first = list(quads_into(graph_file("a.ttl", "_:b ckg:count 1 ."), TERMS_GRAPH))
    second = list(quads_into(graph_file("b.ttl", "_:b ckg:count 1 ."), TERMS_GRAPH))
    assert first[0].subject != second[0].subject
    assert first[0].graph_name == TERMS_GRAPH


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("cut.ttl", STUDY_ONE[:20], 4, "put a whole copy in its place"),
        ("cut-in-text.ttl", STUDY_ONE + 'study:one ckg:x "text', 5, "put a whole copy"),
        ("iri.ttl", STUDY_ONE + "\n<http://a b> a ckg:Study .", 6, "Invalid IRI code point"),
        ("relative.ttl", "<#here> a ckg:Study .", 4, "write the IRI in full or with a prefix"),
        ("prefix.ttl", "foo:bar a ckg:Study .", 4, "declare it with @prefix"),
        ("column.ttl", "study:one a ckg:Study ; ckg:x nonsense .", 4, "(column 31)"),
        ("cut.trig", "graph:a { study:one a ckg:Study .", 4, "put a whole copy in its place"),
        ("latin.ttl", "study:one ckg:x 'é' .".encode("latin-1"), 1, ": "),
        ("latin.nq", "<a:a> <a:b> 'é' <a:c> .".encode("latin-1"), 1, ": "),
        ("utf-16.ttl", STUDY_ONE.encode("utf-16"), 1, "save the file as UTF-8"),
        ("mark.ttl", b"\xef\xbb\xbf<a:a> <a:b> <a:c> .", 1, "without a byte order mark"),
        ("binary.ttl", bytes(range(64)), 1, ": "),
        ("cut.nq", b"<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b>", 2, ": "),
    ],
)
def test_malformed_files_are_told_with_their_line(
    graph_file: Write, name: str, content: str | bytes, line: int, says: str
) -> None:
    problem = problem_with(graph_file(name, content))
    assert problem.line == line
    assert says in str(problem)


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.ttl", b""), ("remark.ttl", "# nothing"), ("empty.nq", b"\n"), ("empty.ttl.gz", b"")],
)
def test_a_file_without_a_statement_is_a_mistake(
    graph_file: Write, name: str, content: str | bytes
) -> None:
    assert "It holds no statement: put its content back" in str(
        problem_with(graph_file(name, content))
    )


PACKED = gzip.compress(b"<http://a/> <http://b/> <http://c/> .\n" * 1000, mtime=0)


DAMAGED = {
    "end": PACKED[:-9],
    "length": PACKED[:-4],
    "half": PACKED[:30],
    "plain": b"plain",
    "middle": PACKED[:40] + b"\0\0\0" + PACKED[43:],
    "header": PACKED[:5],
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_archive_is_told(graph_file: Write, content: bytes) -> None:
    assert "It cannot be unpacked" in str(problem_with(graph_file("x.ttl.gz", content)))


def test_an_archive_cannot_fill_the_disk(
    graph_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_files, "MAX_FILE_BYTES", 2 * 1024 * 1024)
    bomb = gzip.compress(b"<http://a/> <http://b/> <http://c/> .\n" * 100_000)
    assert len(bomb) < 20_000
    assert "It holds more than 2 MiB when unpacked: split it." in str(
        problem_with(graph_file("bomb.ttl.gz", bomb))
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "It cannot be read (No such file or directory)." in str(problem_with(tmp_path / "x.ttl"))


def test_two_studies_in_a_turtle_file(graph_file: Write) -> None:
    problem = problem_with(graph_file("x.ttl", STUDY_ONE + "study:two a ckg:Study ."))
    assert problem.record == STUDY["two"].value
    assert "split it, or make it TriG" in str(problem)


def test_two_files_of_one_study_are_both_named(graph_file: Write) -> None:
    first = graph_file("a.ttl", STUDY_ONE)
    second = graph_file("b.trig", "graph:a { study:one a ckg:Study }")
    reader = GraphFileReader()
    list(reader.quads(first))
    with pytest.raises(SourceFileError) as caught:
        list(reader.quads(second))
    assert str(caught.value) == (
        f"{second}, record {STUDY['one'].value}: '{first}' tells of the same study: merge the two"
        " files, or take one away."
    )


@pytest.mark.parametrize("subject", ["ckg:one", "[]", "study:one\\#part", "study:", "study:a\\/b"])
def test_a_study_has_an_iri_of_a_study(graph_file: Write, subject: str) -> None:
    file = graph_file("x.ttl", f"{subject} a ckg:Study .")
    assert "The IRI of a study is https://w3id.org/cellkg/study/" in str(problem_with(file))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.trig", "graph:a { ckg:x ckg:y 1 } ckg:z ckg:y 1 .", "stands in no graph"),
        ("x.nq", b"<http://a/> <http://b/> <http://c/> .", "stands in no graph"),
        ("x.trig", "_:g { ckg:z ckg:y 1 }", "cannot be the graph of data"),
        ("x.trig", "graph:closure { ckg:z ckg:y 1 }", "cannot be the graph of data"),
        ("x.trig", "graph:a { ckg:z ckg:y 1 } graph:terms { ckg:z ckg:y 1 }", "cannot be the"),
    ],
)
def test_data_stand_in_graphs_of_their_own(
    graph_file: Write, name: str, content: str | bytes, says: str
) -> None:
    problem = problem_with(graph_file(name, content))
    assert says in str(problem)
    assert problem.record is not None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("closure.ttl", "The build writes the graph 'closure' itself: rename the file."),
        ("ontology.ttl.gz", "The build writes the graph 'ontology' itself"),
        ("two words.ttl", "rename it to letters"),
    ],
)
def test_the_name_of_a_file_can_be_the_name_of_a_graph(
    graph_file: Write, name: str, says: str
) -> None:
    file = graph_file(name, "ckg:x ckg:count 1 .")
    if name.endswith(".gz"):
        file.write_bytes(gzip.compress(file.read_bytes()))
    assert says in str(problem_with(file))


@given(
    counts=st.lists(st.integers(), min_size=1, max_size=20, unique=True),
    position=st.integers(0, 20),
    packed=st.booleans(),
)
def test_every_statement_of_a_turtle_file_arrives_in_its_graph(
    tmp_path_factory: pytest.TempPathFactory,
    counts: list[int],
    position: int,
    packed: bool,  # noqa: FBT001 - hypothesis gives it by name
) -> None:
    quads = [Quad(STUDY["one"], CKG["count"], Literal(n), GRAPH["study/one"]) for n in counts]
    quads.insert(position, Quad(STUDY["one"], RDF["type"], CKG["Study"], GRAPH["study/one"]))
    lines = b"".join(f"{quad.triple} .\n".encode() for quad in quads)
    file = tmp_path_factory.mktemp("graphs") / ("x.ttl.gz" if packed else "x.ttl")
    file.write_bytes(gzip.compress(lines) if packed else lines)
    assert list(GraphFileReader().quads(file)) == quads


@given(cut=st.integers(0, 200))
def test_a_file_cut_anywhere_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    whole = b'<http://a/> <http://b/> "x", <http://c/> ;\n <http://d/> [ <http://e/> 1 ] .\n' * 3
    file = tmp_path_factory.mktemp("graphs") / "x.ttl"
    file.write_bytes(whole[:cut])
    try:
        read = len(list(GraphFileReader().quads(file)))
    except SourceFileError:
        return
    # Whole statements can be missing without a trace; half of one cannot.
    assert read in {4, 8, 12}
