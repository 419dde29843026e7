"""Registry records in JSON files: found by their SHA-256, and looked into by JSON Pointer.

A record has the SHA-256 of its canonical JSON (sorted keys, no blanks, UTF-8), so that it is the
same record in a file of its own, in a list, or as a line among thousands.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LINE_SUFFIXES: Final = (".jsonl", ".jsonl.gz")
"""What the names of files with a record a line end with."""

_INDEX: Final = re.compile(r"0|[1-9]\d*")
_LIST_OF_RECORDS: Final = "studies"
"""Under which name a page of the registry lists its records."""


class RegistryRecord(NamedTuple):
    """One record.

    Attributes:
        checksum: The SHA-256 of its canonical JSON.
        value: What it says.
        path: The file that holds it.
    """

    checksum: str
    value: dict[str, Any]
    path: Path


class UnreadableRecords(NamedTuple):
    """A place that should hold a record, and does not.

    Attributes:
        path: The file.
        line: The line; None for all of the file.
        problem: What is wrong, as a sentence.
    """

    path: Path
    line: int | None
    problem: str


def records_in(paths: Iterable[Path]) -> Iterator[RegistryRecord | UnreadableRecords]:
    """Read the records of files, one after the other.

    Args:
        paths: Files; those that are not ``.json``, ``.jsonl`` or ``.jsonl.gz`` are passed over. A
            ``.json`` file holds one record, or a list of them, alone or as ``studies``.

    Yields:
        The records, and the lines that are none. A ``.json`` file that holds none is a document
        like others.
    """
    for path in paths:
        if path.name.endswith(LINE_SUFFIXES):
            yield from _from_lines(path)
        elif path.suffix == ".json":
            yield from _from_whole(path)


def value_at(record: object, pointer: str) -> object:
    """Follow a JSON Pointer (RFC 6901).

    Args:
        record: The record.
        pointer: The pointer.

    Returns:
        What stands there.

    Raises:
        LookupError: Nothing does; its argument is the longest part of the pointer that leads
            somewhere.

    Example:
        >>> value_at({"arms": [{"a/b": "treated"}]}, "/arms/0/a~1b")
        'treated'
    """
    value, reached = record, ""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
            value = value[int(name)]
        else:
            raise LookupError(reached)
        reached += f"/{step}"
    return value


def _from_lines(path: Path) -> Iterator[RegistryRecord | UnreadableRecords]:
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        yield from _records(json.loads(line), path)
                    except (ValueError, RecursionError) as error:
                        yield UnreadableRecords(
                            path, number, f"This line is no JSON ({error}): put a whole one there."
                        )
    except (OSError, EOFError, zlib.error) as error:
        problem = f"It cannot be unpacked ({error}): put a whole copy in its place."
        yield UnreadableRecords(path, None, problem)


def _from_whole(path: Path) -> Iterator[RegistryRecord]:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return
    if isinstance(content, dict) and isinstance(content.get(_LIST_OF_RECORDS), list):
        content = content[_LIST_OF_RECORDS]
    for each in content if isinstance(content, list) else [content]:
        yield from _records(each, path)


def _records(value: object, path: Path) -> Iterator[RegistryRecord]:
    if isinstance(value, dict):
        canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        # Half a character, as "\ud800" is in JSON, has no UTF-8; no source can have its hash.
        checksum = sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
        yield RegistryRecord(checksum, value, path)
