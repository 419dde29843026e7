"""Two versions as files and stores: what is equal is never parsed, and nothing is lost."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cellkg.comparing import FileVersion, StoreVersion, changed_graphs, compare
from cellkg.comparing import versions as versions_module
from cellkg.errors import SourceFileError
from cellkg.shipped_files import folder
from cellkg.store.graph_files import GraphFileReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    import cellkg

THREE_ANSWERS = Path(__file__).parents[1] / "data" / "three-answers"
ONTOLOGY = folder("ontology")
Quads = frozenset[tuple[str, bytes]]
QUADS: Quads = frozenset(
    (quad.graph_name.value, f"{quad.triple} .\n".encode())  # type: ignore[union-attr] # all named
    for file in sorted(THREE_ANSWERS.glob("*.ttl"))
    for quad in GraphFileReader().quads(file)
)


def n_quads(quads: Iterable[tuple[str, bytes]]) -> bytes:
    return b"".join(
        line.removesuffix(b" .\n") + f" <{graph}> .\n".encode() for graph, line in sorted(quads)
    )


def version(place: Path, name: str = "x", ontology: Path = ONTOLOGY) -> FileVersion:
    return FileVersion(name, ontology, [place])


def written(place: Path, quads: Quads) -> Path:
    """Write quads into two files, so that part of them may be equal."""
    place.mkdir(parents=True)
    for name in ("denied", "reported"):
        own = {each for each in quads if each[0].endswith(name)}
        (place / f"{name}.nq.gz").write_bytes(gzip.compress(n_quads(own or quads)))
    (place / "rest.nq").write_bytes(n_quads({e for e in quads if e[0].endswith("silent")}))
    return place


def applied(quads: Quads, before: FileVersion, after: FileVersion) -> Quads:
    found = set(quads)
    for pair in changed_graphs(before, after):
        found -= {(pair.name, line) for line in pair.withdrawn}
        found |= {(pair.name, line) for line in pair.added}
    return frozenset(found)


@settings(max_examples=12)
@given(gone=st.sets(st.integers(0, len(QUADS) - 1), max_size=30), number=st.integers(0, 10**9))
def test_what_changed_makes_the_newer_version_out_of_the_older(
    tmp_path_factory: pytest.TempPathFactory, gone: set[int], number: int
) -> None:
    place = tmp_path_factory.mktemp("versions")
    new = frozenset(each for where, each in enumerate(sorted(QUADS)) if where not in gone)
    old = frozenset((graph, line.replace(b'"4"', f'"{number}"'.encode())) for graph, line in QUADS)
    before = version(written(place / "before", old))
    after = version(written(place / "after", new))
    assert applied(old, before, after) == new
    assert applied(new, after, before) == old


def test_equal_graphs_in_other_files_and_other_forms_are_equal(tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_bytes(n_quads(QUADS))
    assert compare(version(THREE_ANSWERS), version(tmp_path)).graphs == ()


def test_one_statement_may_be_written_in_several_ways(tmp_path: Path) -> None:
    said = n_quads(QUADS).replace(
        b'"transient" ', b'"transient"^^<http://www.w3.org/2001/XMLSchema#string> '
    )
    assert said != n_quads(QUADS)
    (tmp_path / "all.nq").write_bytes(said)
    assert compare(version(THREE_ANSWERS), version(tmp_path)).graphs == ()


def test_a_line_that_looks_unusual_is_read_by_the_parser(tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_bytes(b"# by hand\n\n" + n_quads(QUADS).replace(b"> .", b">\t."))
    assert compare(version(THREE_ANSWERS), version(tmp_path)).graphs == ()


def test_shards_are_parted_as_the_parser_reads_them() -> None:
    shard = folder("graphs") / "registry" / "NCT058.nq.gz"
    parted = versions_module._parted(shard)  # noqa: SLF001 - the quick way and the sure way are the same
    assert parted is not None
    read = versions_module._written(GraphFileReader().quads(shard))  # noqa: SLF001 - as above
    assert {graph: sorted(lines) for graph, lines in parted.items()} == {
        graph: sorted(lines) for graph, lines in read.items()
    }
    assert len(parted) >= 1


def test_a_graph_in_a_file_that_both_have_is_whole(tmp_path: Path) -> None:
    quads = sorted(each for each in QUADS if each[0].endswith("reported"))
    for name, first in (("a", quads[:10]), ("b", quads[:12])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "first.nq").write_bytes(n_quads(first))
        (tmp_path / name / "second.nq").write_bytes(n_quads(quads[5:]))
    assert list(changed_graphs(version(tmp_path / "a"), version(tmp_path / "b"))) == []


def test_equal_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(THREE_ANSWERS, tmp_path / "same")

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(versions_module, "_lines_of", refuse)
    assert compare(version(THREE_ANSWERS), version(tmp_path / "same")).graphs == ()


def test_a_store_is_compared_with_files(curated: cellkg.Graph, project: Path) -> None:
    graphs = project / "graphs"
    files = FileVersion("files", ONTOLOGY, [graphs / "curated", graphs / "institutions.ttl"])
    store = StoreVersion("store", curated.store)
    assert compare(files, store).graphs == ()
    fewer = FileVersion("fewer", ONTOLOGY, [graphs / "curated"])
    assert [each.name.rpartition("/")[2] for each in compare(fewer, store).graphs] == [
        "institutions"
    ]
    assert store.labels().items() <= files.labels().items() | store.labels().items()
    assert store.labels()["https://w3id.org/cellkg/term/fever"] == "fever"
    assert files.labels() == store.labels()
    assert store.data_version == curated.data_version


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """An ontology to be changed."""
    return Path(shutil.copytree(ONTOLOGY, tmp_path / "ontology"))


@pytest.mark.parametrize(
    ("file", "old", "new", "record", "property_name"),
    [
        (
            "terms/adverse-events.ttl",
            'prefLabel "fever"',
            'prefLabel "pyrexia"',
            "fever",
            "prefLabel",
        ),
        (
            "terms/routes.ttl",
            "broader term:central-nervous-system-route ;\n    skos:exactMatch NCIT:C38210",
            "broader term:route-of-administration ;\n    skos:exactMatch NCIT:C38210",
            "epidural",
            "broader",
        ),
        (
            "terms/routes.ttl",
            "exactMatch NCIT:C38210",
            "closeMatch NCIT:C38210",
            "epidural",
            "closeMatch",
        ),
        ("cellkg.ttl", '"The median."', '"The middle."', "median", "definition"),
        (
            "cellkg.ttl",
            "unionOf ( ckg:OutcomeFinding ckg:Statement )",
            "unionOf ( ckg:OutcomeFinding )",
            "quantifier",
            "domain",
        ),
    ],
)
def test_terms_and_ontology_are_compared_as_well(
    words: Path, file: str, old: str, new: str, record: str, property_name: str
) -> None:
    text = (words / file).read_text("utf-8")
    assert old in text
    (words / file).write_text(text.replace(old, new, 1), "utf-8")
    found = compare(version(THREE_ANSWERS), version(THREE_ANSWERS, ontology=words))
    (graph,) = found.others
    (changed,) = graph.records
    assert str(changed.name).endswith(f"{record}>")
    assert property_name in {str(each.property).rpartition("#")[2][:-1] for each in changed.values}


def test_a_new_term_is_added(words: Path) -> None:
    with (words / "terms" / "routes.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "term:by-drone a ckg:Route, skos:Concept ; skos:inScheme term:routes ;"
            ' skos:prefLabel "by drone"@en .\n'
        )
    found = compare(version(THREE_ANSWERS), version(THREE_ANSWERS, ontology=words))
    assert [(str(each.name), each.change) for each in found.others[0].records] == [
        ("<https://w3id.org/cellkg/term/by-drone>", "added")
    ]
    assert found.count_records("added") == 1


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "all.nq.gz").write_bytes(gzip.compress(n_quads(QUADS))[:-30])
    with pytest.raises(SourceFileError, match="cannot be unpacked"):
        compare(version(THREE_ANSWERS), version(tmp_path))
    (tmp_path / "all.nq.gz").write_bytes(gzip.compress(n_quads(QUADS).replace(b'"4"', b'"4')))
    with pytest.raises(SourceFileError, match="cellkg validate"):
        compare(version(THREE_ANSWERS), version(tmp_path))
