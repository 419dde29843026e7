"""Every stored question against its golden answers on the shipped graphs.

``pytest tests/test_questions.py --update-golden`` writes the answers anew; read the difference
before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Store

import cellkg
from cellkg.querying.formats import render

GOLDEN: Final = Path(__file__).parent / "golden"
CASES: Final[dict[str, dict[str, dict[str, Any]]]] = json.loads(
    (GOLDEN / "cases.json").read_text(encoding="utf-8")
)
QUESTION_COUNT: Final = 52
CASE_COUNT: Final = 68


@pytest.fixture(scope="module")
def graph() -> cellkg.Graph:
    return cellkg.open_graph()


@pytest.fixture(scope="module")
def in_memory() -> cellkg.Graph:
    return cellkg.open_graph(store="memory")


def test_every_question_has_a_golden_answer(graph: cellkg.Graph) -> None:
    # Those about registry records are asked over records that never change.
    elsewhere = json.loads((GOLDEN / "registry-cases.json").read_text(encoding="utf-8"))
    names = [question.name for question in graph.questions if question.name not in elsewhere]
    assert len(names) == QUESTION_COUNT
    assert sorted(CASES) == sorted(names)
    assert sum(map(len, CASES.values())) == CASE_COUNT
    written = {path.stem for path in (GOLDEN / "answers").iterdir()}
    assert written == {f"{name}--{case}" for name, cases in CASES.items() for case in cases}


@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases]
)
def test_the_answer_is_the_golden_one(
    graph: cellkg.Graph, name: str, case: str, pytestconfig: pytest.Config
) -> None:
    answer = graph.ask(name, **CASES[name][case])
    written = render(answer, "tsv")
    golden = GOLDEN / "answers" / f"{name}--{case}.tsv"
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(written)
    assert written.decode() == golden.read_text(encoding="utf-8")
    assert answer.complete


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_answer_is_the_same_in_memory_and_on_disk(
    graph: cellkg.Graph, in_memory: cellkg.Graph, name: str
) -> None:
    for values in CASES[name].values():
        on_disk = graph.ask(name, **values)
        assert render(in_memory.ask(name, **values), "tsv") == render(on_disk, "tsv")


def test_every_question_and_check_is_plain_sparql_that_declares_its_prefixes() -> None:
    """Any engine has to run them as they are: here one that knows no prefix by itself."""
    files = sorted((Path(__file__).parents[1] / "queries").rglob("*.rq"))
    assert len(files) >= QUESTION_COUNT
    for file in files:
        Store().query(file.read_text(encoding="utf-8"))
