"""Questions that registry records make possible, over a few real records that never change.

``pytest tests/test_registry_questions.py --update-golden`` writes the answers anew; read the
difference against the records before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import cellkg
from cellkg.intake import Choice, into_folder
from cellkg.querying.formats import render

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
RECORDS: Final = HERE / "data" / "registry" / "records.jsonl.gz"
ANSWERS: Final = HERE / "golden" / "registry-answers"
CASES: Final[dict[str, dict[str, dict[str, Any]]]] = json.loads(
    (HERE / "golden" / "registry-cases.json").read_text(encoding="utf-8")
)
OTHER_CASES: Final[dict[str, Any]] = json.loads(
    (HERE / "golden" / "cases.json").read_text(encoding="utf-8")
)
QUESTION_COUNT: Final = 21
CASE_COUNT: Final = 38
RECORD_COUNT: Final = 20


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory, project: Path) -> list[Path]:
    """The curated studies, and the records as the importer takes them in."""
    imported = tmp_path_factory.mktemp("registry")
    report = into_folder(Choice((RECORDS,), every_study=True), imported)
    assert (report.read, report.new) == (RECORD_COUNT, RECORD_COUNT)
    return [project / "graphs" / "curated", imported]


@pytest.fixture(scope="module")
def graph(graphs: list[Path]) -> cellkg.Graph:
    return cellkg.open_graph(graphs, store="memory")


@pytest.fixture(scope="module")
def on_disk(graphs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[cellkg.Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CELLKG_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield cellkg.open_graph(graphs)


def test_every_case_has_a_golden_answer(graph: cellkg.Graph) -> None:
    assert len(CASES) == QUESTION_COUNT
    assert sum(map(len, CASES.values())) == CASE_COUNT
    assert not CASES.keys() & OTHER_CASES.keys()
    assert CASES.keys() <= {question.name for question in graph.questions}
    written = {path.stem for path in ANSWERS.iterdir()}
    assert written == {f"{name}--{case}" for name, cases in CASES.items() for case in cases}


@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases]
)
def test_the_answer_is_the_golden_one(
    graph: cellkg.Graph, name: str, case: str, pytestconfig: pytest.Config
) -> None:
    answer = graph.ask(name, **CASES[name][case])
    written = render(answer, "tsv")
    golden = ANSWERS / f"{name}--{case}.tsv"
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(written)
    assert written.decode() == golden.read_text(encoding="utf-8")
    assert answer.complete


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_answer_is_the_same_in_memory_and_on_disk(
    graph: cellkg.Graph, on_disk: cellkg.Graph, name: str
) -> None:
    for values in CASES[name].values():
        expected = render(graph.ask(name, **values), "tsv")
        assert render(on_disk.ask(name, **values), "tsv") == expected
