"""The folder of graph files that an import writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, Triple, parse

from cellkg.errors import SourceFileError, StoreError
from cellkg.store.graph_folder import GraphFolder
from cellkg.store.packed_lines import PackedLines, n_triples
from cellkg.store.study_blocks import StudyBlock
from cellkg.vocabulary import CKG, GRAPH, INSTITUTION, RDF, SOURCE, STUDY

if TYPE_CHECKING:
    from pathlib import Path


def block(name: str, updated: str = "2020-01-01", note: str = "as it was") -> StudyBlock:
    study, source, role = STUDY[name], SOURCE[name], STUDY[f"{name}#sponsor"]
    triples = [
        Triple(study, RDF["type"], CKG["Study"]),
        Triple(study, CKG["note"], Literal(note)),
        Triple(source, CKG["sha256"], Literal("0" * 64)),
        Triple(source, CKG["updated"], Literal(updated)),
        Triple(role, CKG["institution"], INSTITUTION["mayo-clinic"]),
        Triple(role, CKG["printedTerm"], Literal("Mayo Clinic")),
    ]
    return StudyBlock(name, (updated, "", "0" * 64), PackedLines.of([n_triples(triples)]))


def test_studies_go_to_the_file_of_their_number(tmp_path: Path) -> None:
    graphs = GraphFolder(tmp_path)
    graphs.put([block("NCT00100001"), block("NCT00600001"), block("NCT00600002")], ())
    written = graphs.finish()
    assert [(each.path.name, each.studies, each.quads) for each in written] == [
        ("NCT001.nq.gz", 1, 6),
        ("NCT006.nq.gz", 2, 12),
    ]
    names = [name for _, name in graphs.printed_names()]
    assert names == ["Mayo Clinic"] * 3


def test_versions_are_known_before_and_after_the_end_of_an_import(tmp_path: Path) -> None:
    expected = {"NCT00600001": ("2020-01-01", "", "0" * 64)}
    graphs = GraphFolder(tmp_path)
    graphs.put([block("NCT00600001")], ())
    assert graphs.versions() == GraphFolder(tmp_path).versions() == expected
    graphs.finish()
    assert GraphFolder(tmp_path).versions() == expected


def test_a_waiting_study_does_not_undo_a_newer_one(tmp_path: Path) -> None:
    graphs = GraphFolder(tmp_path)
    graphs.put([block("NCT00600001", "2022-01-01")], ())
    graphs.finish()
    again = GraphFolder(tmp_path)
    again.put([block("NCT00600001", "2021-01-01")], ())
    again.finish()
    assert again.versions()["NCT00600001"][0] == "2022-01-01"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    graphs = GraphFolder(tmp_path)
    graphs.put([block("NCT00600001")], ())
    graphs.finish()
    path = tmp_path / "NCT006.nq.gz"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceFileError, match=r"cannot be unpacked .*: take the file away"):
        GraphFolder(tmp_path).versions()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot be written to .*: name another folder"):
        GraphFolder(tmp_path / "file" / "graphs")


@given(st.text(), st.text(alphabet='"\\\n\r\t\x00\x7f\u2028é漢'))
def test_any_text_survives_as_one_line(first: str, second: str) -> None:
    triples = [Triple(STUDY["s"], CKG["note"], Literal(text)) for text in (first, second)]
    written = n_triples(triples)
    assert written.count(b"\n") == len(set(triples))
    quads = parse(b"".join(PackedLines.of([written]).in_graph(GRAPH["g"])), RdfFormat.N_QUADS)
    assert {quad.triple for quad in quads} == set(triples)
