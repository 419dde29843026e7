"""Evidence tables say what the records say: conflicts, denials and silence too.

``pytest tests/exporting/test_evidence_tables.py --update-golden`` writes the golden file anew; read
the difference before it is committed.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import Literal, NamedNode, Quad

from cellkg.errors import UserInputError
from cellkg.exporting.reviews.evidence_columns import EvidenceColumn, EvidenceTable
from cellkg.exporting.reviews.evidence_tables import (
    evidence_csv,
    evidence_markdown,
    formulas_in,
    read_evidence_tables,
)
from cellkg.exporting.reviews.spreadsheet import workbook
from cellkg.overview import Selection
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, GRAPH, RDF, SOURCE, STUDY, TERM

if TYPE_CHECKING:
    from pathlib import Path

    import cellkg
    from cellkg.exporting.reviews.evidence_columns import Cell

    Row = dict[str, Cell]

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVERYTHING = Selection(None, "all studies")
HOSTILE = (
    '=HYPERLINK("https://x.org")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "https://x.org/link",
    "_x0041_ and <b>|pipe|</b>",
    "a\nb\tc",
    "12",
)


@pytest.fixture(scope="module")
def tables(curated: cellkg.Graph) -> tuple[EvidenceTable, EvidenceTable]:
    """The evidence tables of all curated studies."""
    return read_evidence_tables(curated.store, EVERYTHING)


def rows_of(table: EvidenceTable) -> list[Row]:
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row, strict=True)) for row in table.rows]


def characteristics(tables: tuple[EvidenceTable, EvidenceTable], study: str) -> Row:
    (row,) = (each for each in rows_of(tables[0]) if each["Study"] == study)
    return row


def test_every_study_has_its_characteristics(
    tables: tuple[EvidenceTable, EvidenceTable],
) -> None:
    assert len(tables[0].rows) == 7
    assert len(tables[0].columns) == 24
    poster = characteristics(tables, "ms-intrathecal-msc-poster")
    assert poster["Origin"] == "curated"
    assert poster["Sources"] == "poster (not peer-reviewed)"
    assert poster["Design"] == "open label; single-group design; prospective"
    assert poster["Dose"] == (
        "1,000,000 cells per kilogram body weight per administration (printed: 1 million cells/kg)"
    )
    assert poster["Route"] == "intrathecal"
    assert poster["Administrations"] == "2 to 9"
    assert poster["Donor and tissue"] == "autologous, from bone marrow"
    assert poster["Follow-up"] == "6 years (printed: max follow up period 6 years)"
    assert poster["Adverse events"] == "reports: 7; denials: 1"
    assert poster["Phase"] == "not stated"


def test_numbers_that_contradict_each_other_all_stay(
    tables: tuple[EvidenceTable, EvidenceTable],
) -> None:
    people = str(characteristics(tables, "ms-intrathecal-msc-poster")["Participants (people)"])
    assert people.splitlines()[1] == (
        "treated: 28 (stated: “autologous MSC in 28 patients”), 27 (derived: The rows of the table"
        " of injections add up: 8 + 9 + 3 + 2 + 2 + 2 + 1 = 27.)"
    )


def test_numbers_at_different_times_are_no_contradiction(
    tables: tuple[EvidenceTable, EvidenceTable],
) -> None:
    people = str(characteristics(tables, "als-intrathecal-msc-hadassah")["Participants (people)"])
    assert "analysed: 10 (between the 3rd and 4th injection), 12 (" in people
    assert "“" not in people


def test_what_is_only_named_in_passing_is_not_called_silent(
    tables: tuple[EvidenceTable, EvidenceTable],
) -> None:
    pilot = characteristics(tables, "ms-intrathecal-msc-pilot")
    assert pilot["Adverse events"] == "only named in passing, so its silence says nothing"
    assert pilot["Related studies"] == (
        "ms-intrathecal-msc-pilot is a pilot of ms-intrathecal-msc-poster"
    )
    assert "ms-intrathecal-msc-pilot" not in {row["Study"] for row in rows_of(tables[1])}
    assert tables[1].left_out == {
        "claims of safety that name no event": 6,
        "studies only named in passing, whose silence says nothing": 2,
    }


def test_reports_denials_and_silence_are_rows(
    tables: tuple[EvidenceTable, EvidenceTable],
) -> None:
    rows = rows_of(tables[1])
    answers = [row["Answer"] for row in rows]
    assert [answers.count(each) for each in ("reported", "denied", "not stated")] == [10, 3, 1]
    fever = next(row for row in rows if row["Record"] == "ms-intrathecal-msc-poster#fever")
    assert (fever["Affected"], fever["At risk"], fever["Unit counted"]) == (
        4,
        28,
        "unit not stated",
    )
    assert fever["Per cent"] is None  # four of what is not said
    assert fever["Quote"] == "Fever 4"
    unknown = next(
        row for row in rows if row["Record"] == "ms-intrathecal-neural-progenitors-tisch#fever"
    )
    assert (unknown["Answer"], unknown["Affected"]) == ("reported", None)
    denial = next(row for row in rows if row["Study"] == "als-intrathecal-msc-hadassah")
    assert denial["Scope"] == "serious; during the whole period of the trial"
    assert (denial["Affected"], denial["At risk"], denial["Serious"]) == (None, 19, "serious")
    silent = next(row for row in rows if row["Answer"] == "not stated")
    assert silent["Study"] == "ms-intravenous-msc-karolinska"
    assert silent["Affected"] is None


def invented(*facts: tuple[str, str, NamedNode | Literal]) -> list[Row]:
    """The adverse events of an invented registry study with two arms."""
    study = (
        ("s", "a", CKG["Study"]),
        ("s", "describedBy", SOURCE["s"]),
        ("s", "arm", STUDY["s#cells"]),
        ("s", "arm", STUDY["s#placebo"]),
        ("s#cells", "receives", STUDY["s#infusion"]),
        ("s#infusion", "product", STUDY["s#product"]),
        ("s#placebo", "armRole", TERM["placebo-control-arm"]),
        ("s#placebo", "printedTerm", Literal("Placebo")),
        ("s", "adverseEventCollection", STUDY["s#events"]),
        ("s#events", "frequencyThreshold", Literal("5")),
    )
    store = LocalStore()
    everything: list[tuple[str, str, NamedNode | Literal]] = [*study, *facts]
    store.load(
        Quad(STUDY[subject], RDF["type"] if name == "a" else CKG[name], value, GRAPH["study/s"])
        for subject, name, value in everything
    )
    return rows_of(read_evidence_tables(store, EVERYTHING)[1])


def test_whose_group_it_is_and_what_was_counted() -> None:
    findings = {"0": ("cells", "Reported", 3), "1": ("placebo", "Denied", 0), "2": ("", None, None)}
    facts: list[tuple[str, str, NamedNode | Literal]] = []
    for name, (arm, state, count) in findings.items():
        facts.append(("s", "adverseEventFinding", STUDY[f"s#{name}"]))
        facts.append((f"s#{name}", "inResultGroup", STUDY[f"s#group-{name}"]))
        facts.append((f"s#{name}", "atRisk", Literal(12)))
        facts.append((f"s#{name}", "countUnit", TERM["patients"]))
        if arm:
            facts.append((f"s#group-{name}", "inArm", STUDY[f"s#{arm}"]))
        if state:
            facts.append((f"s#{name}", "reporting", CKG[state]))
        if count is not None:
            facts.append((f"s#{name}", "count", Literal(count)))
    facts.append(("s#0", "serious", Literal(value=True)))
    rows = invented(*facts)
    assert [(row["Whose"], row["Answer"], row["Affected"], row["Per cent"]) for row in rows] == [
        ("cell arm", "reported", 3, 25.0),
        ("comparator", "denied", 0, 0.0),
        ("not known", "not stated", None, None),
    ]
    # Of serious events all are listed.
    assert [row["Listed above (%)"] for row in rows] == [None, 5.0, 5.0]


def test_a_silent_study_is_a_row_with_its_threshold() -> None:
    (row,) = invented()
    assert (row["Answer"], row["Listed above (%)"], row["Affected"]) == ("not stated", 5.0, None)


def test_the_evidence_table_is_as_it_was(
    tables: tuple[EvidenceTable, EvidenceTable], project: Path, pytestconfig: pytest.Config
) -> None:
    golden = project / "tests" / "golden" / "evidence-tables" / "curated.md"
    found = evidence_markdown(tables, selection="all studies", data_version="of the tests")
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(found)
    assert found == golden.read_bytes()


def odd_table(*texts: str, rows: int = 1) -> EvidenceTable:
    columns = tuple(EvidenceColumn(f"c{each}", "Odd.", 12) for each in range(len(texts) + 2))
    return EvidenceTable("adverse-events", "Odd", columns, ((*texts, 4, None),) * rows, {})


def markdown_cells(data: bytes) -> list[list[str]]:
    """Read tables as GitHub does: each row as the text that it shows."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(data.decode()):
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline" and token.level == 4:
            shown = "".join(
                {"text": each.content, "text_special": each.content, "softbreak": " "}.get(
                    each.type, "\n" if each.content == "<br>" else f"[{each.type}]"
                )
                for each in token.children or ()
            )
            rows[-1].append(shown)
    return rows


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs", "Cf"])))
@example(text="\\|")
@example(text="\\\\|<br>&amp;*a*_b_`c`[d](e)~~f~~")
def test_any_text_comes_back_from_markdown(text: str) -> None:
    data = evidence_markdown([odd_table(text, "end")], selection="x", data_version="v")
    header, row = markdown_cells(data)
    assert header == ["c0", "c1", "c2", "c3"]
    assert row == [text, "end", "4", ""]


def test_lines_of_a_cell_stay_in_it() -> None:
    data = evidence_markdown([odd_table("a\nb")], selection="x", data_version="v")
    assert markdown_cells(data)[1] == ["a\nb", "4", ""]


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@example(texts=["\rx", "\r\n", '"', "=1"])
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    data = evidence_csv(odd_table(*texts)).decode("utf-8")
    header, row = csv.reader(io.StringIO(data, newline=""))
    assert len(header) == len(texts) + 2
    assert row == [*texts, "4", ""]


def test_texts_like_formulas_are_counted_for_csv() -> None:
    assert formulas_in(odd_table(*HOSTILE)) == 4


def test_the_workbook_says_the_same(tables: tuple[EvidenceTable, EvidenceTable]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev brings it")
    data = workbook(tables, selection="all studies", data_version="of the tests")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Read me", "Characteristics", "Adverse events"]
    cells = 0
    for table, sheet in zip(tables, book.worksheets[1:], strict=True):
        header, *rows = sheet.iter_rows(values_only=True)
        assert header == tuple(column.title for column in table.columns)
        for read, row in zip(rows, table.rows, strict=True):
            assert read == tuple(None if cell == "" else cell for cell in row)
            cells += len(read)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_title_cols == "$A:$A"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet["A2"].alignment.wrap_text
        assert sheet.column_dimensions["B"].width > 8
        assert sheet.row_dimensions[2].height > 15
    assert cells > 450
    first = [value for row in book["Read me"].iter_rows(values_only=True) for value in row]
    for words in ("all studies", "of the tests", "reported", "denied", "not stated"):
        assert words in first
    assert "6 claims of safety that name no event" in first
    assert "Columns of “Adverse events”" in first


def test_no_text_is_a_formula_or_a_link_in_the_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev brings it")
    data = workbook([odd_table(*HOSTILE)], selection="=1+1", data_version="=2")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Adverse events"]
    read = list(sheet[2])
    assert [cell.data_type for cell in read[: len(HOSTILE)]] == ["s"] * len(HOSTILE)
    assert all(cell.hyperlink is None for cell in read)
    values = [cell.value for cell in read[: len(HOSTILE)]]
    assert values == list(HOSTILE)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        assert all(b"<f>" not in parts.read(name) for name in sheets)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(text="\r")
@example(text="a\r\nb")
@example(text=" \x00\x1b\ufffe_x000d_ ")
@settings(max_examples=50)
def test_any_text_comes_back_from_the_workbook(text: str) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra tables brings it")
    data = workbook([odd_table(text)], selection="x", data_version="v")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        shared = parts.read("xl/sharedStrings.xml")
    read = [
        # How Excel reads a text: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
        re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), each.text or "")
        for each in ET.fromstring(shared).iter(f"{SHEET}t")  # noqa: S314 - written here
    ]
    assert text in read


def test_the_workbook_bears_no_time(tables: tuple[EvidenceTable, EvidenceTable]) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra tables brings it")
    data = workbook(tables, selection="x", data_version="v")
    assert data == workbook(tables, selection="x", data_version="v")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {each.date_time[:3] for each in parts.infolist()} == {(1980, 1, 1)}
        assert parts.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_what_no_sheet_holds_is_refused_and_never_cut() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev brings it")
    data = workbook([odd_table("study", "x" * 32_767)], selection="x", data_version="v")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Adverse events"]
    assert len(sheet["B2"].value) == 32_767
    with pytest.raises(UserInputError, match=r"column “c1” of study has more than the 32,767"):
        workbook([odd_table("study", "x" * 32_768)], selection="x", data_version="v")
    with pytest.raises(UserInputError, match=r"column “c1” of study has more than the 32,767"):
        workbook([odd_table("study", "\U0001f600" * 16_384)], selection="x", data_version="v")
    with pytest.raises(UserInputError, match=r"has 1,048,576 rows and a sheet holds 1,048,575"):
        workbook([odd_table("s", rows=1_048_576)], selection="x", data_version="v")


def test_rows_too_tall_to_be_seen_whole_are_named() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra dev brings it")
    data = workbook([odd_table("s", "word " * 600)], selection="x", data_version="v")
    book = openpyxl.load_workbook(io.BytesIO(data))
    first = [value for row in book["Read me"].iter_rows(values_only=True) for value in row]
    assert "1 have a cell that is too long to be seen whole; the text is complete" in first
    assert book["Adverse events"].row_dimensions[2].height == 408.75
