"""What the five founding documents say, asked by the stored questions: the traps among the answers.

Each test names the right answer; a careless graph would give another one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

import cellkg
from cellkg.cli.answer_screen import counts_of
from cellkg.shipped_files import folder
from cellkg.vocabulary import shorten

if TYPE_CHECKING:
    from pathlib import Path

    from cellkg.querying.answer import PlainValue

    Row = dict[str, PlainValue]

POSTER: Final = "study:ms-intrathecal-msc-poster"
TISCH: Final = "study:ms-intrathecal-neural-progenitors-tisch"
HADASSAH: Final = "study:als-intrathecal-msc-hadassah"
SAN_RAFFAELE: Final = "study:ms-intrathecal-neural-stem-cells-san-raffaele"
KAROLINSKA: Final = "study:ms-intravenous-msc-karolinska"
MADE_UP: Final = "study:made-up-comparator"
ANY_RELATION: Final = ["is a", "derived from", "may derive from"]


def _curated() -> list[Path]:
    graphs = folder("graphs")
    return [graphs / "curated", graphs / "institutions.ttl", graphs / "manifest.ttl"]


@pytest.fixture(scope="module")
def graph() -> cellkg.Graph:
    return cellkg.open_graph(_curated())


@pytest.fixture(scope="module")
def with_comparator(project: Path) -> cellkg.Graph:
    """The curated graphs, and a study in which the placebo group alone has fever."""
    return cellkg.open_graph([*_curated(), project / "tests" / "data" / "comparator"], "memory")


def _ask(graph: cellkg.Graph, name: str, **values: str | list[str]) -> list[Row]:
    """Ask a question; IRIs come back with their prefixes."""
    return [
        {
            column: shorten(value) if isinstance(value, str) else value
            for column, value in row.items()
        }
        for row in graph.ask(name, limit=None, **values).as_dicts()
    ]


def _by_study(rows: list[Row]) -> dict[PlainValue, Row]:
    by_study = {row["study"]: row for row in rows}
    assert len(by_study) == len(rows)
    return by_study


def _msc_fever(graph: cellkg.Graph, **more: str | list[str]) -> dict[PlainValue, Row]:
    name = "adverse-event-answers"
    rows = _ask(graph, name, cell_type="MSC", route="intrathecal", event="fever", **more)
    return _by_study(rows)


def test_intrathecal_msc_and_fever(graph: cellkg.Graph) -> None:
    rows = _msc_fever(graph)
    assert set(rows) == {POSTER, HADASSAH}
    assert (rows[POSTER]["answer"], rows[POSTER]["count"], rows[POSTER]["atRisk"]) == (
        "reported",
        4,
        28,
    )
    assert rows[POSTER]["countUnit"] == "term:unit-not-stated"
    assert rows[POSTER]["course"] is None, "transient is the encephalopathy, not the fever"
    assert rows[POSTER]["quote"] == "Fever 4"
    assert rows[HADASSAH]["answer"] == "not stated"
    assert rows[HADASSAH]["count"] is None, "silence is not zero"


def test_progenitors_come_in_only_when_derived_products_are_asked_for(graph: cellkg.Graph) -> None:
    rows = _msc_fever(graph, relation=ANY_RELATION)
    assert set(rows) == {POSTER, HADASSAH, TISCH}
    assert rows[TISCH]["relation"] == "ckg:MayDeriveFrom", "the page does not say mesenchymal"
    assert (rows[TISCH]["answer"], rows[TISCH]["count"]) == ("reported", None)


def test_intrathecal_of_any_cell_type_and_fever(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "adverse-event-by-route", route="intrathecal", event="fever"))
    states = {study: row["answer"] for study, row in rows.items()}
    silent = dict.fromkeys((HADASSAH, SAN_RAFFAELE), "not stated")
    assert states == {POSTER: "reported", TISCH: "reported"} | silent
    assert rows[TISCH]["course"] == "transient"
    assert rows[TISCH]["count"] is None


def test_who_denies_serious_adverse_events(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "no-serious-adverse-events"))
    assert set(rows) == {POSTER, HADASSAH, SAN_RAFFAELE}
    assert rows[HADASSAH]["scope"] == "during the whole period of the trial"
    assert rows[SAN_RAFFAELE]["secondary"] is True
    assert {study: row["atRisk"] for study, row in rows.items()} == {
        POSTER: 28,
        HADASSAH: 19,
        SAN_RAFFAELE: 12,
    }


def test_who_makes_only_a_general_safety_claim(graph: cellkg.Graph) -> None:
    rows = _ask(graph, "general-safety-claims")
    only = {row["study"]: row["condition"] for row in rows if row["alsoDeniesSerious"] is False}
    assert only == {TISCH: None, KAROLINSKA: "when given during clinical remission"}


def test_is_a_is_not_derived_from(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "products-by-derivation", cell_type="MSC"))
    assert {study: row["relation"] for study, row in rows.items()} == {
        POSTER: "is a",
        HADASSAH: "is a",
        KAROLINSKA: "is a",
        TISCH: "may derive from",
        SAN_RAFFAELE: "neither",
    }
    marrow = _ask(graph, "products-by-derivation", cell_type="bone marrow stem cell")
    assert _by_study(marrow)[TISCH]["relation"] == "derived from"


def test_people_in_intrathecal_studies(graph: cellkg.Graph) -> None:
    (everyone,) = _ask(graph, "people-totals", route="intrathecal")
    assert (everyone["enrolled"], everyone["treated"], everyone["treatedUnknown"]) == (80, 59, 1)
    (msc,) = _ask(graph, "people-totals", route="intrathecal", cell_type="MSC")
    assert (msc["enrolled"], msc["treated"], msc["treatedUnknown"]) == (48, 47, 0)


def test_what_is_not_peer_reviewed_and_who_retells(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "sources-not-peer-reviewed"))
    assert {study: row["secondary"] for study, row in rows.items()} == {
        POSTER: False,
        TISCH: True,
        SAN_RAFFAELE: True,
    }
    retold = _by_study(_ask(graph, "retellings"))
    assert {study: row["conductor"] for study, row in retold.items()} == {
        TISCH: "institution:tisch-ms-research-center-of-new-york",
        SAN_RAFFAELE: "institution:irccs-ospedale-san-raffaele",
    }


def test_doses(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "doses"))
    amounts = {
        study: (row["doseValue"], row["doseMin"], row["doseMax"], row["doseUnit"])
        for study, row in rows.items()
    }
    per_kg = "term:cells-per-kilogram-body-weight"
    assert amounts == {
        POSTER: (1_000_000, None, None, per_kg),
        KAROLINSKA: (None, 1_000_000, 2_000_000, per_kg),
        TISCH: (None, None, 10_000_000, "term:cells-count"),
        HADASSAH: (None, None, None, None),
        SAN_RAFFAELE: (None, None, None, None),
    }
    assert rows[SAN_RAFFAELE]["doseLevels"] == 4
    assert rows[HADASSAH]["answer"] == rows[SAN_RAFFAELE]["answer"] == "not stated"


def test_immunosuppression(graph: cellkg.Graph) -> None:
    rows = _by_study(_ask(graph, "co-medication"))
    states = Counter(row["answer"] for row in rows.values())
    assert states == {"reported": 1, "not stated": 4}
    assert rows[SAN_RAFFAELE]["answer"] == "reported"


def test_edss(graph: cellkg.Graph) -> None:
    rows = _ask(graph, "outcomes-by-measure", measure="EDSS")
    assert {row["study"] for row in rows} == {POSTER, TISCH, KAROLINSKA}
    changes = [(row["study"], row["analysed"], row["unchanged"], row["worsened"]) for row in rows]
    assert (KAROLINSKA, 6, 6, None) in changes
    assert (KAROLINSKA, 5, None, 3) in changes, "declined means worse"
    (stated,) = [row for row in rows if row["improvedOrUnchanged"] is not None]
    assert (stated["improvedOrUnchanged"], stated["analysed"], stated["worsened"]) == (25, 28, 3)
    assert {row["quantifier"] for row in rows if row["study"] == TISCH} == {
        "the majority of patients",
        "some patients",
    }
    assert all(row["improved"] != 17 for row in rows), "17 improved in a functional score"
    (summary,) = _ask(graph, "patient-rows-summary")
    by_label = [
        summary[each] for each in ("improvedByLabel", "unchangedByLabel", "worsenedByLabel")
    ]
    by_number = [summary[each] for each in ("lower", "same", "higher")]
    assert (by_label, by_number) == ([8, 14, 2], [9, 13, 2])


def test_new_lesions(graph: cellkg.Graph) -> None:
    rows = _ask(graph, "outcomes-by-measure", measure="T2 lesions")
    seen = {(row["study"], row["analysed"], row["with"], row["without"]) for row in rows}
    assert {each for each in seen if each[0] == KAROLINSKA} == {
        (KAROLINSKA, 6, 1, 5),
        (KAROLINSKA, 5, 3, 2),
    }
    assert (SAN_RAFFAELE, 12, 6) in {each[:3] for each in seen}


def test_the_incidence_of_fever_rests_on_one_study(graph: cellkg.Graph) -> None:
    values = {"cell_type": "MSC", "route": "intrathecal", "event": "fever"}
    (size,) = _ask(graph, "incidence-pool-size", **values)
    assert (size["studies"], size["withNumbers"], size["silent"]) == (2, 1, 1)
    assert (size["affected"], size["atRisk"], size["poolable"]) == (4, 28, False)
    rows = _by_study(_ask(graph, "incidence", **values))
    assert rows[POSTER]["answer"] == "can be pooled only if the count is of patients"
    assert rows[HADASSAH]["answer"] == "left out: the event is not stated"


def test_who_contradicts_whom(graph: cellkg.Graph) -> None:
    rows = _ask(graph, "discrepancies")
    assert Counter(row["study"] for row in rows) >= Counter(
        {POSTER: 6, TISCH: 1, HADASSAH: 1, SAN_RAFFAELE: 1, KAROLINSKA: 2}
    )
    assert all(row["concerns"] for row in rows)


def test_a_plan_and_a_pilot_are_no_studies_with_results(graph: cellkg.Graph) -> None:
    named = {row["study"] for row in _ask(graph, "studies-named-in-passing")}
    assert len(named) == 2
    silent = _ask(graph, "adverse-event-silence", event="fever")
    assert {row["study"] for row in silent}.isdisjoint(named)


def test_the_answer_without_unreviewed_documents(graph: cellkg.Graph) -> None:
    name = "adverse-event-answers-peer-reviewed"
    rows = _ask(graph, name, cell_type="MSC", route="intrathecal", event="fever")
    assert [(row["study"], row["answer"]) for row in rows] == [(HADASSAH, "not stated")]


def test_every_row_says_that_it_was_made_by_hand(graph: cellkg.Graph) -> None:
    rows = _ask(graph, "adverse-event-silence", event="fever")
    assert {row["origin"] for row in rows} == {"curated"}


_QUESTIONS_OF_FEVER: Final = {
    "adverse-event-answers": {"cell_type": "MSC", "route": "intrathecal", "event": "fever"},
    "adverse-event-by-route": {"route": "intrathecal", "event": "fever"},
    "adverse-event-silence": {"event": "fever"},
}


def test_fever_on_placebo_is_no_fever_of_the_cells(with_comparator: cellkg.Graph) -> None:
    for name, values in _QUESTIONS_OF_FEVER.items():
        rows = [row for row in _ask(with_comparator, name, **values) if row["study"] == MADE_UP]
        told = {(row["group"], row["groupOf"], row["answer"], row["count"]) for row in rows}
        assert told == {
            ("Cells", "cell arm", "denied", 0),
            ("Placebo", "comparator", "reported", 7),
            ("Crossed over", "not known", "reported", 2),
        }, name
        assert len(rows) == 3, "a row of the table without a number is neither"
        assert {row["threshold"] for row in rows} == {5}
        assert {row["origin"] for row in rows} == {"registry"}


def test_the_screen_counts_no_study_for_its_comparator(with_comparator: cellkg.Graph) -> None:
    answer = with_comparator.ask(
        "adverse-event-answers", cell_type="MSC", route="intrathecal", event="fever"
    )
    counted = counts_of([column.name for column in answer.columns], answer.rows)
    assert counted == "Studies: 1 reported · 1 denied · 1 not stated"


def test_an_explicit_denial_in_words_is_not_a_zero_in_a_table(
    with_comparator: cellkg.Graph,
) -> None:
    rows = _by_study(_ask(with_comparator, "no-serious-adverse-events"))
    assert set(rows) == {POSTER, HADASSAH, SAN_RAFFAELE}


def test_a_pool_takes_denied_numbers_in_and_leaves_other_groups_out(
    with_comparator: cellkg.Graph,
) -> None:
    values = {"cell_type": "MSC", "route": "intrathecal", "event": "fever"}
    (size,) = _ask(with_comparator, "incidence-pool-size", **values)
    assert (size["studies"], size["withNumbers"], size["silent"]) == (3, 2, 1)
    assert (size["affected"], size["atRisk"]) == (4, 38), "0 of 10, not 7 of 11 or 2 of 5"
    assert (size["comparators"], size["notKnown"], size["poolable"]) == (1, 1, True)
    rows = [row for row in _ask(with_comparator, "incidence", **values) if row["study"] == MADE_UP]
    assert {(row["groupOf"], row["answer"]) for row in rows} == {
        ("cell arm", "can be pooled"),
        ("comparator", "left out: a comparator group"),
        ("not known", "left out: a group whose arm is not known"),
    }
