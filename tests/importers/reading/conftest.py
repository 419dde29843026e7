"""Made-up studies, and every shape of file that they come in."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cellkg.importers.reading import RawRecord, Refusal, parse, read_records

Study = dict[str, Any]
Shape = Callable[[list[Study]], bytes]


def made_up(number: int) -> Study:
    """A small study with what makes reading hard: brackets, quotes and escapes in its texts."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08d}",
                "briefTitle": f'Cells {number} }} ] " \\ "studies": [ {{ in “knee”\n😀',
            },
            "armsInterventionsModule": {
                "armGroups": [{"label": "A"}, {"label": "B", "n": [[], {}]}]
            },
            "contactsLocationsModule": {"locations": [{"geoPoint": {"lat": 52.5, "lon": -1}}]},
        },
        "hasResults": number % 2 == 0,
    }


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def pretty(value: object) -> bytes:
    return json.dumps(value, indent=2).encode()


def lines(studies: list[Study], end: bytes = b"\n") -> bytes:
    return b"".join(compact(each) + end for each in studies)


def page(studies: list[Study]) -> bytes:
    return compact({"totalCount": len(studies), "studies": studies, "nextPageToken": "Zm9v"})


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def one_a_line(studies: list[Study]) -> bytes:
    return b'{"studies":[\n' + b",\n".join(map(compact, studies)) + b"\n]}\n"


SHAPES: dict[str, Shape] = {
    "JSON Lines": lines,
    "JSON Lines without a last line end": lambda studies: lines(studies).rstrip(),
    "JSON Lines with a byte-order mark": lambda studies: b"\xef\xbb\xbf" + lines(studies),
    "JSON Lines of Windows": lambda studies: lines(studies, b"\r\n"),
    "JSON Lines with empty lines": lambda studies: b"\n\n" + lines(studies, b"\n \n"),
    "JSON Lines of pages": lambda studies: b"".join(page([each]) + b"\n" for each in studies),
    "JSON Lines with spaces": lambda studies: b"".join(
        b"  " + json.dumps(each).encode() + b" \n" for each in studies
    ),
    "list page": page,
    "list page, indented": lambda studies: pretty({"studies": studies}),
    "list page, one study a line": one_a_line,
    "bare list": compact,
    "bare list, indented": pretty,
    "studies, indented, one after the other": lambda studies: b"\n".join(map(pretty, studies)),
    "gzip of lines": lambda studies: gzip.compress(lines(studies)),
    "gzip of a page": lambda studies: gzip.compress(page(studies)),
    "gzip in several parts": lambda studies: b"".join(
        gzip.compress(compact(each) + b"\n") for each in studies
    ),
    "gzip of gzip": lambda studies: gzip.compress(gzip.compress(compact(studies))),
    "zip of one study a file": lambda studies: zipped(
        {f"NCT/{number:04d}.json": pretty(each) for number, each in enumerate(studies)}
    ),
    "zip of a page in folders": lambda studies: zipped({"a/b/page": page(studies)}),
    "zip, only stored": lambda studies: zipped({"a.jsonl": lines(studies)}, zipfile.ZIP_STORED),
    "zip by bzip2": lambda studies: zipped({"a.jsonl": lines(studies)}, zipfile.ZIP_BZIP2),
    "zip by LZMA": lambda studies: zipped({"a.jsonl": lines(studies)}, zipfile.ZIP_LZMA),
    "zip of gzip": lambda studies: zipped({"a.json.gz": gzip.compress(compact(studies))}),
}


@pytest.fixture(scope="session")
def shapes() -> dict[str, Shape]:
    return SHAPES


@pytest.fixture(scope="session")
def studies() -> list[Study]:
    return [made_up(number) for number in range(5)]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], tuple[list[Study], list[Refusal]]]:
    """Writes a file with a name that tells nothing, and reads it."""

    def read_bytes(content: bytes) -> tuple[list[Study], list[Refusal]]:
        path = tmp_path / "file.bin"
        path.write_bytes(content)
        results = list(read_records([path]))
        return (
            [parse(each) for each in results if isinstance(each, RawRecord)],
            [each for each in results if isinstance(each, Refusal)],
        )

    return read_bytes
