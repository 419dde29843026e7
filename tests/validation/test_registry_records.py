"""Evidence that points into registry records, in all the files that may hold them."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.validation.graph_files import read_files
from cellkg.validation.registry_records import UnreadableRecords, records_in, value_at
from cellkg.validation.report import Finding, QuoteCheck
from cellkg.validation.sources import QuoteReader
from cellkg.vocabulary import CKG, SOURCE

RECORD = {"title": "Zelltherapie für 28 Personen 😀 jetzt", "arms": [{"count": 28}], "a/b~c": ""}
OTHER = {"title": "Something else"}
CANONICAL = json.dumps(RECORD, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
SHA = sha256(CANONICAL.encode()).hexdigest()
GRAPH = f"""@prefix : <https://w3id.org/cellkg/study/example#> .
@prefix ckg: <https://w3id.org/cellkg/ontology#> .
@prefix source: <https://w3id.org/cellkg/source/> .

source:record ckg:sha256 "{SHA}" .
:people ckg:count 28 ; ckg:evidence :words, :place .
:words ckg:supports ckg:count ; ckg:status ckg:Stated ; ckg:source source:record ;
    ckg:jsonPointer "/title" ; ckg:quote "28 Personen 😀" ; ckg:start 17 ; ckg:end 30 .
:place ckg:supports ckg:count ; ckg:status ckg:Stated ; ckg:source source:record ;
    ckg:jsonPointer "/arms/0/count" .
"""
HOLDERS = {
    "one.json": json.dumps(RECORD, indent=2),
    "list.json": json.dumps([OTHER, RECORD]),
    "page.json": json.dumps({"studies": [OTHER, RECORD], "nextPageToken": "x"}),
    "lines.jsonl": f"{json.dumps(OTHER)}\n\n{json.dumps(RECORD)}\n",
    "lines.jsonl.gz": f"{json.dumps(OTHER)}\n{json.dumps(RECORD)}\n",
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    content = text.encode()
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def look_up(tmp_path: Path, sources: Path, text: str = GRAPH) -> tuple[list[Finding], QuoteCheck]:
    path = tmp_path / "graph.ttl"
    path.write_text(text, "utf-8")
    quotes = QuoteReader()
    for file in read_files([path]):
        quotes.add(file, file.quads())
    assert quotes.check_values() == ([], 1)  # a place without words shows no number
    return quotes.check_quotes(sources)


@pytest.mark.parametrize("name", HOLDERS)
def test_records_are_found_in_any_file(tmp_path: Path, sources: Path, name: str) -> None:
    put(sources, name, HOLDERS[name])
    findings, check = look_up(tmp_path, sources)
    assert findings == []
    assert check == QuoteCheck(
        quotes=2, unchecked_quotes=0, sources_without_document=(), documents_without_source=()
    )


@pytest.mark.parametrize(
    ("old", "new", "property_", "hint"),
    [
        (
            "ckg:start 17",
            "ckg:start 16",
            "quote",
            "text at /title reads ' 28 Personen 😀'; the quote",
        ),
        ('"28 Personen 😀"', '"28 persons"', "quote", "nowhere in it"),
        ('"/title"', '"/titel"', "quote", "nothing at /titel: it goes as far as its beginning"),
        (
            '"/title"',
            '"/arms/0/count"',
            "quote",
            "At /arms/0/count the registry record has no text",
        ),
        ("/arms/0/count", "/arms/1/count", "jsonPointer", "it goes as far as /arms."),
        ("/arms/0/count", "/arms/00/count", "jsonPointer", "it goes as far as /arms."),
        ("/arms/0/count", "/title/0", "jsonPointer", "it goes as far as /title."),
    ],
)
def test_what_is_not_there_is_told(
    tmp_path: Path, sources: Path, old: str, new: str, property_: str, hint: str
) -> None:
    put(sources, "lines.jsonl.gz", HOLDERS["lines.jsonl.gz"])
    assert GRAPH.count(old) == 1
    text = GRAPH.replace(old, new).replace('"28 persons"', '"29 of 28 persons"')
    (finding,), check = look_up(tmp_path, sources, text)
    assert hint in finding.message
    assert finding.property == CKG[property_].value
    assert finding.line is not None
    assert f"ckg:{property_}" in text.splitlines()[finding.line - 1]
    assert check.quotes == 2


def test_a_record_that_is_not_there_is_named(tmp_path: Path, sources: Path) -> None:
    put(sources, "other.json", json.dumps(OTHER))
    put(sources, "list.json", json.dumps([{**RECORD, "title": "another version"}, 5]))
    findings, check = look_up(tmp_path, sources)
    assert findings == []
    assert check == QuoteCheck(
        quotes=0,
        unchecked_quotes=2,
        sources_without_document=(SOURCE["record"].value,),
        documents_without_source=("list.json", "other.json"),
    )


def test_a_broken_line_is_told_and_the_others_are_read(tmp_path: Path, sources: Path) -> None:
    path = put(sources, "lines.jsonl", f'{{"title": \n{json.dumps(RECORD)}\n')
    (finding,), check = look_up(tmp_path, sources)
    assert (finding.file, finding.line) == (path, 1)
    assert finding.message.startswith("This line is no JSON (")
    assert check.quotes == 2


def test_a_cut_off_archive_is_told(sources: Path) -> None:
    path = put(sources, "lines.jsonl.gz", HOLDERS["lines.jsonl.gz"])
    path.write_bytes(path.read_bytes()[:-20])
    *_, last = records_in([path])
    assert isinstance(last, UnreadableRecords)
    assert (last.path, last.line) == (path, None)
    assert last.problem.startswith("It cannot be unpacked")


def test_a_json_file_without_records_is_a_document_like_others(sources: Path) -> None:
    assert list(records_in([put(sources, "notes.json", "{"), put(sources, "a.txt", "{}")])) == []


PLAIN = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
)


@given(PLAIN)
def test_every_place_of_a_record_is_reached(record: object) -> None:
    def places(value: object, pointer: str) -> list[tuple[str, object]]:
        inside: list[tuple[object, object]] = []
        if isinstance(value, dict):
            inside = list(value.items())
        elif isinstance(value, list):
            inside = list(enumerate(value))
        names = [(str(name).replace("~", "~0").replace("/", "~1"), each) for name, each in inside]
        deeper = [place for name, each in names for place in places(each, f"{pointer}/{name}")]
        return [(pointer, value), *deeper]

    for pointer, value in places(record, ""):
        assert value_at(record, pointer) is value
