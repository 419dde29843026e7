from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from cellkg.errors import UserInputError
from cellkg.querying import load_question, plain_value, run
from cellkg.store import LocalStore
from cellkg.version import __version__
from cellkg.vocabulary import CKG, GRAPH, SOURCE, STUDY, TERM, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cellkg.querying import StoredQuestion
    from cellkg.querying.answer import PlainValue
    from cellkg.terms import TermIndex

    Questions = Mapping[str, StoredQuestion]

MAIN = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}


def test_rows_hold_terms_and_nothing_where_nothing_is_known(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    answer = run(questions["event-answers"], store, terms, MAIN)
    names = [column.name for column in answer.columns]
    assert names == ["study", "answer", "count", "record", "origin"]
    assert answer.columns[2].unit == "patients"
    four = Literal("4", datatype=XSD["integer"])
    one, two = STUDY["one-reported"], STUDY["two-denied"]
    assert answer.rows == (
        (one, Literal("reported"), four, STUDY["one-reported#fever"], Literal("curated")),
        (two, Literal("denied"), None, STUDY["two-denied#fever"], Literal("registry")),
    )
    assert answer.store is store


def test_silence_is_a_row_and_unknown_is_none(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    rows = run(questions["event-silence"], store, terms, {"event": "fever"}).as_dicts()
    assert rows[2] == {
        "study": STUDY["two-silent"].value,
        "answer": "not stated",
        "origin": "Somebody else",
    }
    values = {"cellType": "neural stem cell", "route": "intravenous", "event": "fever"}
    (silent,) = run(questions["event-answers"], store, terms, values).as_dicts()
    assert silent == {
        "study": STUDY["two-silent"].value,
        "answer": "not stated",
        "count": None,
        "record": None,
        "origin": "Somebody else",
    }


def test_values_are_plain_python(questions: Questions, terms: TermIndex, store: LocalStore) -> None:
    answer = run(questions["findings-of-study"], store, terms, {"study": "one-reported"})
    assert answer.as_dicts() == [
        {
            "event": TERM["fever"].value,
            "printed": 'Fever | "chills"\nand _sweats_',
            "count": 4,
            "serious": False,
        }
    ]


def test_a_study_that_nobody_recorded_has_no_origin(questions: Questions, terms: TermIndex) -> None:
    quads = [Quad(STUDY["bare"], CKG["describedBy"], SOURCE["bare"], GRAPH["study/bare"])]
    store = LocalStore()
    store.load(quads)
    (row,) = run(questions["event-silence"], store, terms, {"event": "fever"}).as_dicts()
    assert row["origin"] is None


def test_an_aggregate_says_how_many_studies_of_each_origin_were_asked(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    stamp = run(questions["study-count"], store, terms, {}).stamp
    assert stamp.as_dict()["studies"] == {"Somebody else": 1, "curated": 1, "registry": 1}
    assert "from 1 Somebody else + 1 curated + 1 registry studies" in str(stamp)


def test_the_stamp_says_what_was_asked_of_what(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    question = questions["event-answers"]
    values = {**MAIN, "event": ["pyrexia", "headache"], "condition": "MS"}
    stamp = run(question, store, terms, values).stamp
    assert stamp.as_dict() == {
        "question": "event-answers",
        "hash": question.hash,
        "parameters": {
            "cellType": {
                "given": ["MSC"],
                "bound": ["term:mesenchymal-stromal-cell"],
                "default": False,
            },
            "relation": {"given": ["is a"], "bound": ["ckg:IsA"], "default": True},
            "route": {"given": ["intrathecal"], "bound": ["term:intrathecal"], "default": False},
            "event": {
                "given": ["pyrexia", "headache"],
                "bound": ["term:fever", "term:headache"],
                "default": False,
            },
            "condition": {"given": ["MS"], "bound": ["term:multiple-sclerosis"], "default": False},
        },
        "data_version": "version-of-the-tests",
        "cellkg_version": __version__,
        "rows": 4,
        "complete": True,
        "left_out": 0,
    }
    assert str(stamp) == (
        f"event-answers ({question.hash[:12]}), cell type = term:mesenchymal-stromal-cell,"
        " relation = ckg:IsA, route = term:intrathecal, event = term:fever or term:headache,"
        " condition = term:multiple-sclerosis; 4 rows, complete;"
        f" data version-of-the-tests, cellkg {__version__}"
    )


def test_a_parameter_left_open_and_a_text_are_in_the_stamp(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    opened = run(questions["event-answers"], store, terms, {**MAIN, "relation": "any"}).stamp
    parameters = opened.as_dict()["parameters"]
    assert isinstance(parameters, dict)
    assert parameters["relation"] == {"given": ["any"], "bound": [], "default": False}
    assert "relation = any" in str(opened)
    typed = run(questions["typed-values"], store, terms, {"text": "x", "count": 3}).stamp
    assert "count = 3, text = x; 1 row from " in str(typed)


@pytest.mark.parametrize(
    ("limit", "kept", "left_out"), [(0, 0, 3), (1, 1, 2), (3, 3, 0), (9, 3, 0)]
)
def test_a_limit_cuts_and_says_how_much(
    questions: Questions, terms: TermIndex, store: LocalStore,
    limit: int, kept: int, left_out: int,
) -> None:  # fmt: skip
    question = questions["event-silence"]
    whole = run(question, store, terms, {"event": "fever"})
    answer = run(question, store, terms, {"event": "fever"}, limit=limit)
    assert answer.rows == whole.rows[:kept]
    assert answer.complete is answer.stamp.complete is (left_out == 0)
    assert (answer.stamp.rows, answer.stamp.left_out) == (kept, left_out)
    assert (f"cut off: {left_out} more left out" in str(answer.stamp)) is (left_out > 0)


def test_the_same_question_has_the_same_answer(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    one, other = (run(questions["event-answers"], store, terms, MAIN) for _ in range(2))
    assert one.rows == other.rows
    assert one.stamp.as_dict() == other.stamp.as_dict()
    assert str(one.stamp) == str(other.stamp)


def test_a_question_that_is_no_sparql_is_told(
    tmp_path: Path, terms: TermIndex, store: LocalStore
) -> None:
    file = tmp_path / "broken.rq"
    file.write_text(
        '#+ summary: "?"\n#+ question: "?"\n#+ keywords: ["x"]\n#+ tags: ["x"]\n#+ columns:\n'
        '#+   s: {"meaning": "it"}\nSELECT ?s\nWHERE {\n  ?s ckg:x\n}\n',
        "utf-8",
    )
    with pytest.raises(UserInputError, match="line 9"):
        run(load_question(file), store, terms, {})


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (None, None),
        (CKG["IsA"], CKG["IsA"].value),
        (BlankNode("b"), "_:b"),
        (Literal(""), ""),
        (Literal("x", language="en"), "x"),
        (Literal(0), 0),
        (Literal("28", datatype=XSD["nonNegativeInteger"]), 28),
        (Literal("about 4", datatype=XSD["integer"]), "about 4"),
        (Literal("1.50", datatype=XSD["decimal"]), Decimal("1.50")),
        (Literal("a half", datatype=XSD["decimal"]), "a half"),
        (Literal(0.5), 0.5),
        (Literal(True), True),  # noqa: FBT003 - a literal
        (Literal("0", datatype=XSD["boolean"]), False),
        (Literal("maybe", datatype=XSD["boolean"]), "maybe"),
        (Literal("2024-02-29", datatype=XSD["date"]), date(2024, 2, 29)),
        (Literal("2024-02-30", datatype=XSD["date"]), "2024-02-30"),
        (Literal("2024-02", datatype=XSD["gYearMonth"]), "2024-02"),
    ],
)
def test_each_type_has_its_plain_value(
    node: NamedNode | BlankNode | Literal | None, value: PlainValue
) -> None:
    found = plain_value(node)
    assert found == value
    assert type(found) is type(value)


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_whole_numbers_survive(number: int) -> None:
    assert plain_value(Literal(number)) == number
