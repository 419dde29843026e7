"""Every stored question against its golden answers.

Over the curated graphs the answers are kept whole; over all shipped graphs, which are many times
as large, the number of rows by origin and the SHA-256 of the answer.

``pytest tests/test_questions.py --update-golden`` writes the answers anew; read the difference
before it is committed.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from pyoxigraph import Store

import cellkg
from cellkg.querying import plain_value
from cellkg.querying.formats import render
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from cellkg.querying import Answer

GOLDEN: Final = Path(__file__).parent / "golden"
CASES: Final[dict[str, dict[str, dict[str, Any]]]] = json.loads(
    (GOLDEN / "cases.json").read_text(encoding="utf-8")
)
QUESTION_COUNT: Final = 52
ALL_QUESTIONS: Final = 74
CASE_COUNT: Final = 68
ALL_CASES: Final = [(name, case) for name, cases in CASES.items() for case in cases]
SHIPPED: Final = GOLDEN / "shipped.json"


def _curated(store: str) -> cellkg.Graph:
    graphs = folder("graphs")
    paths = [graphs / "curated", graphs / "institutions.ttl", graphs / "manifest.ttl"]
    return cellkg.open_graph(paths, store)


@pytest.fixture(scope="module")
def graph() -> cellkg.Graph:
    return _curated("cache")


@pytest.fixture(scope="module")
def in_memory() -> cellkg.Graph:
    return _curated("memory")


@pytest.fixture(scope="module")
def shipped() -> cellkg.Graph:
    return cellkg.open_graph()


def test_every_question_has_a_golden_answer(graph: cellkg.Graph) -> None:
    # Those about registry records are asked over records that never change.
    elsewhere = json.loads((GOLDEN / "registry-cases.json").read_text(encoding="utf-8"))
    elsewhere["possible-overlaps"] = {}  # asked over made-up studies that overlap
    assert len(graph.questions) == ALL_QUESTIONS == QUESTION_COUNT + len(elsewhere)
    names = [question.name for question in graph.questions if question.name not in elsewhere]
    assert len(names) == QUESTION_COUNT
    assert sorted(CASES) == sorted(names)
    assert sum(map(len, CASES.values())) == CASE_COUNT
    written = {path.stem for path in (GOLDEN / "answers").iterdir()}
    assert written == {f"{name}--{case}" for name, cases in CASES.items() for case in cases}


@pytest.mark.parametrize(("name", "case"), ALL_CASES)
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


def _digest(answer: Answer) -> dict[str, Any]:
    """Count the rows by where their study comes from, and hash all of them."""
    names = [column.name for column in answer.columns]
    place = names.index("origin") if "origin" in names else None
    origins = Counter(
        "aggregate" if place is None else str(plain_value(row[place]) or "no study")
        for row in answer.rows
    )
    return {
        "rows": dict(sorted(origins.items())),
        "sha256": sha256(render(answer, "tsv")).hexdigest(),
    }


def test_the_answers_over_all_shipped_graphs_are_the_golden_ones(
    shipped: cellkg.Graph, pytestconfig: pytest.Config
) -> None:
    digests = {
        f"{name}--{case}": _digest(shipped.ask(name, **CASES[name][case]))
        for name, case in ALL_CASES
    }
    assert len(digests) == CASE_COUNT
    if pytestconfig.getoption("--update-golden"):
        SHIPPED.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    assert digests == json.loads(SHIPPED.read_text(encoding="utf-8"))


def test_every_question_and_check_is_plain_sparql_that_declares_its_prefixes() -> None:
    """Any engine has to run them as they are: here one that knows no prefix by itself."""
    files = sorted((Path(__file__).parents[1] / "queries").rglob("*.rq"))
    assert len(files) >= ALL_QUESTIONS
    for file in files:
        Store().query(file.read_text(encoding="utf-8"))
