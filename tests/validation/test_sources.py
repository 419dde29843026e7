import hashlib
from pathlib import Path

import pytest

from cellkg.errors import UserInputError
from cellkg.validation.graph_files import read_files
from cellkg.validation.report import Finding, QuoteCheck
from cellkg.validation.sources import QuoteReader
from cellkg.vocabulary import CKG, SOURCE, STUDY

DOCUMENT = "Side effects\r\n\nFéver 4 of 28\nHeadache five, 😀 Neck rigidity 1\n"
SHA = hashlib.sha256(DOCUMENT.encode()).hexdigest()
GRAPH = f"""@prefix : <https://w3id.org/cellkg/study/example#> .
@prefix ckg: <https://w3id.org/cellkg/ontology#> .
@prefix source: <https://w3id.org/cellkg/source/> .

source:poster a ckg:Source ;
    ckg:fileName "poster.txt" ;
    ckg:sha256 "{SHA}" .

:fever a ckg:AdverseEventFinding ;
    ckg:count 4 ;
    ckg:atRisk 28 ;
    ckg:printedTerm "féver 4 of" ;
    ckg:evidence :fever-words, :fever-reasons .
:fever-words a ckg:Evidence ;
    ckg:supports ckg:count, ckg:printedTerm, ckg:event ;
    ckg:source source:poster ;
    ckg:status ckg:Stated ;
    ckg:quote "Féver 4 of" ;
    ckg:start 15 ;
    ckg:end 25 .
:fever-reasons a ckg:Evidence ;
    ckg:supports ckg:atRisk ;
    ckg:source source:poster ;
    ckg:status ckg:Inferred ;
    ckg:quote "Side effects" ;
    ckg:start 0 ;
    ckg:end 12 .

:headache a ckg:AdverseEventFinding ;
    ckg:count 5 ;
    ckg:evidence :headache-words .
:headache-words a ckg:Evidence ;
    ckg:supports ckg:count ;
    ckg:source source:poster ;
    ckg:status ckg:Stated ;
    ckg:quote "Headache five, 😀 Neck" ;
    ckg:start 29 ;
    ckg:end 50 .
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "poster.txt").write_bytes(DOCUMENT.encode())
    return folder


def reader(tmp_path: Path, text: str = GRAPH) -> QuoteReader:
    path = tmp_path / "graph.ttl"
    path.write_text(text, "utf-8")
    return reader_of(path)


def reader_of(path: Path, *sources: Path) -> QuoteReader:
    quotes = QuoteReader()
    for file in read_files([path]):
        quotes.add(file, file.quads())
    for file in read_files(sources):
        quotes.add_sources(file, file.quads())
    return quotes


def changed(old: str, new: str) -> str:
    assert GRAPH.count(old) == 1
    return GRAPH.replace(old, new)


def quotes_of(tmp_path: Path, sources: Path, text: str = GRAPH) -> tuple[list[Finding], QuoteCheck]:
    return reader(tmp_path, text).check_quotes(sources)


def test_quotes_stand_where_they_should_in_code_points(tmp_path: Path, sources: Path) -> None:
    assert DOCUMENT[15:25] == "Féver 4 of"
    findings, check = quotes_of(tmp_path, sources)
    assert findings == []
    assert check == QuoteCheck(
        quotes=3, unchecked_quotes=0, sources_without_document=(), documents_without_source=()
    )


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("ckg:start 15", "ckg:start 14", "the quote begins at 15 and ends at 25."),
        ('"Féver 4 of" ;\n    ckg:start', '"Fever 4 of" ;\n    ckg:start', "nowhere in it"),
        ("ckg:end 50", "ckg:end 5000", "the quote begins at 29 and ends at 50."),
    ],
)
def test_a_quote_elsewhere_is_told_with_its_place(
    tmp_path: Path, sources: Path, old: str, new: str, hint: str
) -> None:
    text = changed(old, new)
    (finding,), check = quotes_of(tmp_path, sources, text)
    assert hint in finding.message
    assert finding.property == CKG["quote"].value
    assert finding.file == tmp_path / "graph.ttl"
    assert finding.line is not None
    assert "ckg:quote" in text.splitlines()[finding.line - 1]
    assert check.quotes == 3


def test_a_quote_that_occurs_again_is_told_so(tmp_path: Path, sources: Path) -> None:
    text = changed(
        '"Side effects" ;\n    ckg:start 0 ;\n    ckg:end 12', '"e" ; ckg:start 0 ; ckg:end 1'
    )
    (finding,), _ = quotes_of(tmp_path, sources, text)
    assert "reads 'S'; the quote begins at 3 and ends at 4, and it occurs again." in finding.message


def test_a_document_is_found_by_its_content_and_not_by_its_name(
    tmp_path: Path, sources: Path
) -> None:
    (sources / "poster.txt").rename(sources / "renamed.txt")
    (sources / "other.txt").write_text("something else")
    (sources / ".hidden").touch()
    findings, check = quotes_of(tmp_path, sources)
    assert findings == []
    assert (check.quotes, check.documents_without_source) == (3, ("other.txt",))


def test_a_source_without_its_document_is_named(tmp_path: Path, sources: Path) -> None:
    (sources / "poster.txt").rename(sources / "other.txt")
    (sources / "other.txt").write_text("something else")
    findings, check = quotes_of(tmp_path, sources)
    assert findings == []
    assert check == QuoteCheck(
        quotes=0,
        unchecked_quotes=3,
        sources_without_document=(SOURCE["poster"].value,),
        documents_without_source=("other.txt",),
    )


def test_a_document_that_changed_is_a_finding(tmp_path: Path, sources: Path) -> None:
    # Line ends are part of the text: a copy that translates them is another text.
    (sources / "poster.txt").write_bytes(DOCUMENT.replace("\r\n", "\n").encode())
    (finding,), check = quotes_of(tmp_path, sources)
    assert "is not the text as it was read" in finding.message
    assert (finding.record, finding.value) == (SOURCE["poster"].value, SHA)
    assert finding.line == 7
    assert check.unchecked_quotes == 3


def test_a_document_that_is_no_text_is_told(tmp_path: Path, sources: Path) -> None:
    content = b"%PDF \xff"
    (sources / "poster.txt").write_bytes(content)
    text = GRAPH.replace(SHA, hashlib.sha256(content).hexdigest())
    findings, check = quotes_of(tmp_path, sources, text)
    assert [finding.file for finding in findings if "UTF-8" in finding.message] == [
        sources / "poster.txt"
    ]
    assert check.unchecked_quotes == 3


def test_a_quote_without_a_source_cannot_be_checked(tmp_path: Path, sources: Path) -> None:
    _, check = quotes_of(tmp_path, sources, GRAPH.replace("ckg:source source:poster ;", ""))
    assert (check.quotes, check.unchecked_quotes) == (0, 3)
    assert check.sources_without_document == ()


def test_quotes_without_offsets_are_left_to_the_shapes(tmp_path: Path, sources: Path) -> None:
    findings, _ = quotes_of(tmp_path, sources, changed("ckg:end 25", 'ckg:end "soon"'))
    assert findings == []


def test_sources_may_stand_in_another_file(tmp_path: Path, sources: Path) -> None:
    begin, end = GRAPH.index("source:poster a"), GRAPH.index(":fever a")
    (tmp_path / "source.ttl").write_text(GRAPH[:end], "utf-8")
    (tmp_path / "study.ttl").write_text(GRAPH[:begin] + GRAPH[end:], "utf-8")
    study, source = tmp_path / "study.ttl", tmp_path / "source.ttl"
    assert reader_of(study).check_quotes(sources)[1].unchecked_quotes == 3
    assert reader_of(study, source).check_quotes(sources)[1].unchecked_quotes == 0


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_folder_without_documents_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserInputError, match="give the one that") as caught:
        quotes_of(tmp_path, tmp_path / name)
    assert caught.value.value == str(tmp_path / name)


def test_stated_values_are_in_their_quotes(tmp_path: Path) -> None:
    assert reader(tmp_path).check_values() == ([], 3)


@pytest.mark.parametrize(
    ("old", "new", "property_", "value"),
    [
        ("ckg:count 4", "ckg:count 5", "count", "5"),
        (
            "ckg:count 5",
            'ckg:count "05.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            "count",
            "05.50",
        ),
        (
            'ckg:printedTerm "féver 4 of"',
            'ckg:printedTerm "high fever"',
            "printedTerm",
            "high fever",
        ),
    ],
)
def test_a_value_that_its_quote_does_not_show_is_found(
    tmp_path: Path, old: str, new: str, property_: str, value: str
) -> None:
    text = changed(old, new)
    (finding,), count = reader(tmp_path, text).check_values()
    assert finding.property == CKG[property_].value
    assert finding.value == value
    assert f"{value!r} of ckg:{property_}" in finding.message
    assert (finding.record or "").startswith(STUDY["example#"].value)
    assert finding.line is not None
    assert "ckg:quote" in text.splitlines()[finding.line - 1]
    assert count == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ckg:atRisk 28", "ckg:atRisk 29"),  # inferred: its reasoning says why
        ("ckg:count 5", "ckg:count -5"),  # signs are not looked for
        ("ckg:count 5", 'ckg:count "five"^^<http://www.w3.org/2001/XMLSchema#integer>'),  # a shape
        ('"féver 4 of"', '"  FÉVER\\n4 of"'),
    ],
)
def test_other_values_are_not_looked_for(tmp_path: Path, old: str, new: str) -> None:
    assert reader(tmp_path, changed(old, new)).check_values()[0] == []
