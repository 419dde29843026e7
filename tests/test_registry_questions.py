"""Questions that registry records make possible, over a few real records that never change.

``pytest tests/test_registry_questions.py --update-golden`` writes the answers anew; read the
difference against the records before it is committed.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import cellkg
from cellkg.intake import Choice, into_folder
from cellkg.querying.ask import understand
from cellkg.querying.formats import render
from cellkg.vocabulary import STUDY

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
STATISTICS: Final = 238
REFERENCES: Final = 40
ANALYSED_GROUPS: Final = 124
BY_CELL_TYPE: Final = 13
MSC: Final = "mesenchymal stromal cell"
BONE_MARROW_MSC: Final = "bone marrow mesenchymal stromal cell"
TWO: Final = "at least = 2 (the default)"

Row = dict[str, Any]
Records = dict[str, Any]


@pytest.fixture(scope="module")
def records() -> Records:
    """The records as the registry gives them, by identifier."""
    lines = gzip.decompress(RECORDS.read_bytes()).decode("utf-8").splitlines()
    found = {}
    for line in lines:
        record = json.loads(line)
        found[record["protocolSection"]["identificationModule"]["nctId"]] = record
    assert len(found) == len(lines) == RECORD_COUNT
    return found


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


def table_of(graph: cellkg.Graph, name: str, values: dict[str, Any]) -> list[Row]:
    """Ask, and give all rows."""
    return [{**row} for row in graph.ask(name, **values).as_dicts()]


def rows_of(graph: cellkg.Graph, name: str, values: dict[str, Any]) -> list[Row]:
    """Ask, and keep the rows that tell of the records, with the short names of studies."""
    rows = []
    for row in table_of(graph, name, values):
        study = str(row.get("study") or "").removeprefix(STUDY.iri)
        if study.startswith("NCT"):
            rows.append({**row, "study": study})
    return rows


def in_all(records: Records, *path: str) -> Iterator[tuple[str, Any]]:
    """Give every item of a list that stands at a path in the records."""
    for nct_id, record in records.items():
        found = record
        for key in path:
            found = found.get(key, {})
        for item in found or ():
            yield nct_id, item


EVENT_GROUPS: Final = ("resultsSection", "adverseEventsModule", "eventGroups")


@pytest.mark.parametrize(
    ("name", "kind", "cases"),
    [("deaths-by-group", "deaths", 8), ("serious-adverse-events-by-group", "serious", 17)],
)
def test_totals_of_groups_are_those_of_the_tables(
    graph: cellkg.Graph, records: Records, name: str, kind: str, cases: int
) -> None:
    told = [
        (row["study"], row["group"], row["count"], row["atRisk"], row["answer"])
        for row in rows_of(graph, name, {})
        if str(row["record"]).endswith(f"-{kind}")
    ]
    expected = [
        (nct_id, group["title"], affected, group[f"{kind}NumAtRisk"], answer)
        for nct_id, group in in_all(records, *EVENT_GROUPS)
        if (affected := group.get(f"{kind}NumAffected")) is not None
        for answer in ("reported" if affected else "denied",)
    ]
    assert Counter(told) == Counter(expected)
    assert len(told) == cases


def test_a_study_without_a_word_on_deaths_is_a_silent_row(
    graph: cellkg.Graph, records: Records
) -> None:
    rows = rows_of(graph, "deaths-by-group", {})
    silent = {row["study"] for row in rows if row["told"] is None}
    assert {row["answer"] for row in rows if row["told"] is None} == {"not stated"}
    assert {row["study"] for row in rows} == records.keys()
    counted = {
        nct_id for nct_id, group in in_all(records, *EVENT_GROUPS) if "deathsNumAtRisk" in group
    }
    assert not counted & silent
    # Two tables of adverse events were made before the registry asked for deaths; the flow of
    # participants tells of them. Nobody of three groups left by death, which denies no death.
    flow = [
        (row["study"], row["group"], row["count"], row["answer"])
        for row in rows
        if row["told"] == "participant flow" and row["study"] in {"NCT00684021", "NCT00824005"}
    ]
    assert sorted(flow) == [
        ("NCT00684021", "Day 3 Placebo Arm", 0, "not stated"),
        ("NCT00684021", "Day 3 Stem Cell Arm", 1, "reported"),
        ("NCT00684021", "Day 7 Placebo Arm", 0, "not stated"),
        ("NCT00684021", "Day 7 Stem Cell Arm", 0, "not stated"),
        ("NCT00824005", "Active Stem Cell Injections", 1, "reported"),
        ("NCT00824005", "Placebo Injections", 0, "not stated"),
    ]


def test_a_death_in_a_comparator_group_is_none_of_the_cells(graph: cellkg.Graph) -> None:
    told = {
        row["groupOf"]: (row["count"], row["atRisk"])
        for row in rows_of(graph, "deaths-by-group", {})
        if row["study"] == "NCT02509156" and row["told"] == "adverse events"
    }
    assert told == {"cell arm": (1, 20), "comparator": (0, 17)}


def test_every_statistic_of_the_tables_of_events_is_a_row(
    graph: cellkg.Graph, records: Records
) -> None:
    counted = 0
    for nct_id in sorted({nct_id for nct_id, _ in in_all(records, *EVENT_GROUPS)}):
        events = records[nct_id]["resultsSection"]["adverseEventsModule"]
        titles = {group["id"]: group["title"] for group in events["eventGroups"]}
        expected = Counter(
            (serious, row["term"], titles[each["groupId"]], each.get("numAffected"))
            for key, serious in (("seriousEvents", True), ("otherEvents", False))
            for row in events.get(key, ())
            for each in row["stats"]
        )
        told = Counter(
            (row["serious"], row["printed"], row["group"], row["count"])
            for row in table_of(graph, "adverse-event-table", {"study": nct_id})
            if "-event-" in row["record"]
        )
        assert told == expected
        counted += sum(told.values())
    assert counted == STATISTICS


def test_events_are_compared_only_where_the_arms_are_certain(graph: cellkg.Graph) -> None:
    rows = rows_of(graph, "adverse-events-against-comparator", {})
    sides = ("cellAffected", "cellAtRisk", "comparatorAffected", "comparatorAtRisk")
    told = {
        (row["study"], row["printed"], row["serious"]): tuple(row[side] for side in sides)
        for row in rows
    }
    total = {
        row["study"]: tuple(row[side] for side in sides)
        for row in rows
        if str(row["record"]).endswith("-serious")
    }
    # The placebo group is the first of the table in this study, and the second in the other one.
    assert told["NCT00824005", "Heart Failure", True] == (2, 61, 3, 31)
    assert told["NCT00824005", "Anemia", False] == (3, 61, 0, 31)
    assert total["NCT02509156"] == (5, 20, 11, 17)
    assert told["NCT01442129", "Major Bleeding", True] == (8, 20, 5, 10)
    sums = {
        (row["study"], row["printed"], row["serious"]): row
        for row in rows_of(
            graph, "adverse-events-against-comparator", {"event": ["tachycardia", "anemia"]}
        )
    }
    assert sums["NCT00824005", "Tachycardia", True]["cellAffected"] == 3
    answers = {row["study"]: (row["answer"], row["groupsLeftOut"]) for row in rows}
    assert answers == {
        "NCT00684021": ("arms not certain", 4),
        "NCT00824005": ("compared", 0),
        "NCT01442129": ("compared", 0),
        "NCT01856140": ("no comparator group", 0),
        "NCT01932164": ("no comparator group", 0),
        "NCT02330978": ("no comparator group", 0),
        "NCT02509156": ("compared", 0),
        "NCT03925324": ("compared", 0),
        "NCT04056611": ("arms not certain", 1),
    }


def test_a_plan_is_nobody_enrolled(graph: cellkg.Graph, records: Records) -> None:
    told = {
        row["study"]: (row["planned"], row["enrolled"], row["answer"])
        for row in rows_of(graph, "enrolment", {})
    }
    expected = {}
    for nct_id, record in records.items():
        info = record["protocolSection"]["designModule"].get("enrollmentInfo", {})
        count = info.get("count")
        expected[nct_id] = (
            (None, None, "not stated")
            if count is None
            else (None, count, "enrolled")
            if info["type"] == "ACTUAL"
            else (count, None, "planned only")
        )
    assert told == expected
    assert Counter(answer for _, _, answer in told.values()) == {
        "enrolled": 16,
        "planned only": 2,
        "not stated": 2,
    }


def test_denominators_are_sums_over_the_groups_of_a_table(graph: cellkg.Graph) -> None:
    columns = ("answer", "enrolled", "started", "atRisk", "analysedLeast", "analysedMost")
    told = {
        row["study"]: tuple(row[column] for column in columns)
        for row in rows_of(graph, "denominators-compared", {})
    }
    assert told["NCT00684021"] == ("differ", 120, 120, 120, 40 + 20 + 32 + 13, 120)
    assert told["NCT00824005"] == ("differ", 92, 31 + 61, 31 + 61, 20 + 30, 92)
    # Of 46 people 37 were treated: 6 in a period before the 31 who were randomised.
    assert told["NCT02509156"] == ("differ", 46, 14 + 17, 20 + 17, 11 + 10, 20 + 17)
    assert told["NCT03925324"] == ("agree", 4, 4, 4, 4, 4)
    assert told["NCT01435434"] == ("not stated", None, None, None, None, None)


def test_sites_of_recruiting_trials_are_counted_by_country(
    graph: cellkg.Graph, records: Records
) -> None:
    told = {
        (row["study"], row["country"]): row["sites"]
        for row in rows_of(graph, "recruiting-trials", {})
    }
    expected = Counter(
        (nct_id, site["country"])
        for nct_id, site in in_all(
            records, "protocolSection", "contactsLocationsModule", "locations"
        )
        if records[nct_id]["protocolSection"]["statusModule"]["overallStatus"] == "RECRUITING"
    )
    assert (
        told
        == expected
        == {
            ("NCT02585622", "Ireland"): 1,
            ("NCT02585622", "Italy"): 1,
            ("NCT02585622", "United Kingdom"): 2,
        }
    )


def test_ended_trials_without_results_are_told_with_their_dates(graph: cellkg.Graph) -> None:
    def told(**values: str) -> dict[str, str]:
        rows = rows_of(graph, "completed-without-results", values)
        return {row["study"]: str(row["endDate"] or "not stated") for row in rows}

    # NCT01343511 is completed without results in the registry; it lists an article of results.
    assert told() == {
        "NCT00187018": "2007-08",
        "NCT01602328": "2014-08",
        "NCT01668576": "2014-09",
        "NCT01769872": "not stated",
        "NCT03827096": "2016-12-14",
    }
    # Of a month only the last day is surely past; who tells no date is always a row.
    assert told(completedBefore="2014-08-31") == {
        "NCT00187018": "2007-08",
        "NCT01769872": "not stated",
    }
    assert told(completedBefore="2014-09-01").keys() == {
        *("NCT00187018", "NCT01602328", "NCT01769872"),
    }


def test_a_word_of_safety_in_a_reason_is_shown_and_silence_is_told(graph: cellkg.Graph) -> None:
    rows = table_of(graph, "stopped-for-safety", {})
    assert sum(row["studies"] for row in rows) == len(table_of(graph, "stopped-trials", {}))
    told = {
        str(row["study"]).rpartition("/")[2]: (row["answer"], row["words"])
        for row in rows
        if row["study"] is not None
    }
    assert told == {
        "NCT01602328": ("not stated", None),
        "NCT03827096": ("words of safety, maybe denied", "safety"),
        "NCT04056611": ("words of safety, maybe denied", "safety"),
    }
    assert {row["answer"] for row in rows if row["study"] is None} == {"another reason"}


def test_every_listed_publication_is_told_with_its_kind(
    graph: cellkg.Graph, records: Records
) -> None:
    told = {
        (row["study"], row["record"], str(row["referenceKind"]).rpartition("#")[2])
        for row in rows_of(graph, "references", {})
        if row["answer"] == "listed"
    }
    kinds = {"BACKGROUND": "BackgroundReference", "RESULT": "ResultReference"}
    kinds["DERIVED"] = "DerivedReference"
    expected = Counter(
        (nct_id, kinds[each["type"]])
        for nct_id, each in in_all(records, "protocolSection", "referencesModule", "references")
    )
    assert Counter((study, kind) for study, _, kind in told) == expected
    assert len(told) == REFERENCES


def test_every_analysis_is_told_with_its_groups(graph: cellkg.Graph, records: Records) -> None:
    told = Counter(row["study"] for row in rows_of(graph, "statistical-analyses", {}))
    expected: Counter[str] = Counter()
    for nct_id, outcome in in_all(
        records, "resultsSection", "outcomeMeasuresModule", "outcomeMeasures"
    ):
        for analysis in outcome.get("analyses", ()):
            expected[nct_id] += len(analysis["groupIds"])
    assert told == expected
    assert told.total() == ANALYSED_GROUPS


def test_a_study_that_fits_several_values_is_counted_once(graph: cellkg.Graph) -> None:
    asked = [
        question.name
        for question in graph.questions
        if question.name in CASES and "cellType" in {each.name for each in question.parameters}
    ]
    assert len(asked) == BY_CELL_TYPE
    for name in asked:
        expected = table_of(graph, name, {"cellType": "MSC"})
        assert table_of(graph, name, {"cellType": ["MSC", BONE_MARROW_MSC]}) == expected, name


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Which MSC trials are recruiting in Italy?",
            "recruiting-trials with cell type = " + MSC + ", country = Italy",
        ),
        (
            "Which completed phase 1/2 trials have no results?",
            "completed-without-results with phase = phase 1/2",
        ),
        (
            "Which MSC trials were stopped, and why?",
            "stopped-trials with cell type = " + MSC,
        ),
        ("Which trials were stopped for safety?", "stopped-for-safety"),
        (
            "How often did fever occur with MSC against placebo?",
            "adverse-events-against-comparator with event = fever, cell type = " + MSC,
        ),
        (
            "What do the adverse-event tables of NCT02330978 say?",
            "adverse-event-table with study = NCT02330978",
        ),
        (
            "In which MSC studies do the denominators differ?",
            "denominators-compared with cell type = " + MSC,
        ),
        ("Which trials reported deaths in which group?", "deaths-by-group"),
        (
            "Which trials reported serious adverse events in which group?",
            "serious-adverse-events-by-group",
        ),
        (
            "How many MSC studies has each sponsor?",
            "sponsors with cell type = " + MSC,
        ),
        ("How many studies of each phase began in each year?", "phases-over-time"),
        (
            "Which institutions share studies with Texas Heart Institute?",
            "institutions-sharing-studies with institution = texas-heart-institute, " + TWO,
        ),
        (
            "Which studies share institutions with NCT00684021?",
            "studies-sharing-institutions with study = NCT00684021, " + TWO,
        ),
        (
            "How many studies give MSC by intravenous infusion in which dose band?",
            "dose-bands with cell type = " + MSC + ", route = intravenous",
        ),
        (
            "How many studies use MSC from which donor and tissue?",
            "donors-and-tissues with cell type = " + MSC,
        ),
        ("How many people were planned and enrolled?", "enrolment"),
        ("Which publications does NCT00684021 list?", "references with study = NCT00684021"),
        ("Which publications do several trials list?", "publications-of-several-studies"),
        (
            "Of which result groups of NCT00684021 is the arm not certain?",
            "groups-without-arm with study = NCT00684021",
        ),
        (
            "Which statistical analyses does NCT00824005 give?",
            "statistical-analyses with study = NCT00824005",
        ),
        (
            "Where in the registry record do the values of NCT01275612 come from?",
            "values-at-pointer with study = NCT01275612",
        ),
    ],
)
def test_a_sentence_finds_the_question(graph: cellkg.Graph, sentence: str, expected: str) -> None:
    understood = understand(sentence, graph.questions, graph.terms, graph.store)
    assert str(understood) == f"Understood as: {expected}"
