"""A folder of graph files for the studies of a registry, written anew where they changed.

::

    <folder>/
    ├── NCT006.nq.gz              every study whose number begins so, sorted; replaced as a whole
    ├── registry-institutions.ttl the institutions that these studies name
    ├── registry-manifest.ttl     what is here, and how to make it again
    └── .import/NCT006            studies that wait for the end of an import, one block each

A process that is killed leaves every graph file as it was; the blocks that wait are used by the
next import, and half a block is forgotten.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from filecmp import cmp
from itertools import chain, groupby
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from cellkg.errors import SourceFileError, StoreError
from cellkg.store.packed_lines import PackedLines
from cellkg.store.study_blocks import StudyBlock
from cellkg.vocabulary import CKG, GRAPH, SOURCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cellkg.store.study_blocks import Version

_SUFFIX: Final = ".nq.gz"
_WAITING: Final = ".import"
_DIGITS_OF_A_FILE: Final = len("NCT006")
"""Some thousand studies a file for the whole registry, and a few dozen for one field of it."""

_GZIP: Final = 16 + zlib.MAX_WBITS
"""What zlib calls its format of gzip files."""

_GRAPH: Final = (GRAPH.iri + "study/").encode()
_VERSION_LINE: Final = re.compile(
    rb"<"
    + re.escape(SOURCE.iri.encode())
    + rb"(?P<name>[^#>]+)> <"
    + re.escape(CKG.iri.encode())
    + rb'(?P<property>updated|dataDate|sha256)> "(?P<value>[^"]*)"'
)
_PARTS: Final = (b"updated", b"dataDate", b"sha256")
_ROLE_PROPERTIES: Final = (f"<{CKG.iri}institution> ", f"<{CKG.iri}printedTerm> ")


class WrittenFile(NamedTuple):
    """A graph file as it stands.

    Attributes:
        path: The file.
        studies: How many studies it tells of.
        quads: How many statements it holds.
        newest: The latest day of the registry's data that one of them was taken from.
    """

    path: Path
    studies: int
    quads: int
    newest: str


class GraphFolder:
    """Such a folder, open for an import.

    Args:
        folder: Where it is, or is to be.

    Raises:
        StoreError: It cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting = folder / _WAITING
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in self._pending():
                _forget_half_a_block(path)
        except OSError as error:
            raise _unwritable(folder, error) from error

    def versions(self) -> dict[str, Version]:
        """Give the version of every study in the files, and of those that wait, by name.

        Raises:
            SourceFileError: A file is damaged.
        """
        found: dict[str, Version] = {}
        for path in self._files():
            found |= _versions_in(path)
        for path in self._pending():
            for block in _blocks(path):
                found[block.name] = max(block.version, found.get(block.name, block.version))
        return found

    def put(self, studies: Sequence[StudyBlock], known: Iterable[str]) -> None:  # noqa: ARG002 - a store wants to know
        """Let studies wait for `finish`.

        Args:
            studies: The studies.
            known: The names of those that are there already.

        Raises:
            StoreError: The disk is full.
        """
        by_file: dict[str, list[StudyBlock]] = {}
        for study in studies:
            by_file.setdefault(study.name[:_DIGITS_OF_A_FILE], []).append(study)
        try:
            self._waiting.mkdir(exist_ok=True)
            for name, blocks in by_file.items():
                with (self._waiting / name).open("ab") as file:
                    file.write(b"".join(map(_block, blocks)))
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def finish(self) -> list[WrittenFile]:
        """Put the studies that wait into the graph files, each file whole or not at all.

        Returns:
            All graph files, changed or not.

        Raises:
            SourceFileError: A file is damaged.
            StoreError: The disk is full.
        """
        try:
            for waiting in self._pending():
                self._merge(waiting)
                waiting.unlink()
            if self._waiting.exists():
                self._waiting.rmdir()
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return [_described(path) for path in self._files()]

    def printed_names(self) -> Iterator[tuple[NamedNode, str]]:
        """Give the institution and its printed name for every role that names one."""
        properties = [each.encode() for each in _ROLE_PROPERTIES]
        for path in self._files():
            lines = [line for line in _lines_of(path) if any(each in line for each in properties)]
            institutions: dict[str, NamedNode] = {}
            names: dict[str, str] = {}
            for quad in parse(b"".join(lines), RdfFormat.N_QUADS):
                subject = str(quad.subject)
                if isinstance(quad.object, NamedNode):
                    institutions[subject] = quad.object
                elif isinstance(quad.object, Literal):
                    names[subject] = quad.object.value
            for subject, institution in institutions.items():
                if subject in names:
                    yield institution, names[subject]

    def write(self, name: str, content: bytes) -> None:
        """Write another file of the folder, whole or not at all, where its content changed.

        Args:
            name: Its name.
            content: What it is to hold; a file of nothing is no graph file, and taken away.

        Raises:
            StoreError: It cannot be written.
        """
        path = self.folder / name
        try:
            if content:
                _replace(path, [content])
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def _pending(self) -> list[Path]:
        return sorted(self._waiting.glob("*"))

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_SUFFIX}"))

    def _merge(self, waiting: Path) -> None:
        path = self.folder / f"{waiting.name}{_SUFFIX}"
        old = path.exists()
        lines = _lines_by_study(path) if old else {}
        versions = _versions_in(path) if old else {}
        for block in _blocks(waiting):
            if block.version >= versions.get(block.name, block.version):
                versions[block.name] = block.version
                lines[block.name] = PackedLines.of(block.triples.in_graph(block.graph))
        _replace(path, _gzipped(lines[name] for name in sorted(lines)))


def _block(study: StudyBlock) -> bytes:
    triples = study.triples
    head = (
        study.name,
        study.version,
        (triples.size, triples.lines),
        (len(triples.data), zlib.crc32(triples.data)),
    )
    return json.dumps(head).encode() + b"\n" + triples.data


def _blocks(path: Path) -> Iterator[StudyBlock]:
    """Read the blocks of a file; what is cut off at its end was never promised to anybody."""
    with path.open("rb") as file:
        while True:
            try:
                name, version, (size, count), (length, check) = json.loads(file.readline())
            except (ValueError, TypeError):
                return
            data = file.read(length)
            if len(data) != length or zlib.crc32(data) != check:
                return
            updated, held, digest = version
            yield StudyBlock(name, (updated, held, digest), PackedLines(data, size, count))


def _forget_half_a_block(path: Path) -> None:
    """Cut off what a killed process had begun to write."""
    whole = sum(len(_block(block)) for block in _blocks(path))
    if whole != path.stat().st_size:
        with path.open("r+b") as file:
            file.truncate(whole)


def _versions_in(path: Path) -> dict[str, Version]:
    parts: dict[str, dict[bytes, str]] = {}
    for line in _lines_of(path):
        found = _VERSION_LINE.match(line)
        if found is not None:
            name = found["name"].decode()
            parts.setdefault(name, {})[found["property"]] = found["value"].decode()
    return {
        name: (values.get(_PARTS[0], ""), values.get(_PARTS[1], ""), values.get(_PARTS[2], ""))
        for name, values in parts.items()
        if _PARTS[2] in values
    }


def _lines_by_study(path: Path) -> dict[str, PackedLines]:
    """Pack the N-Quads of every study by its name, in whatever order the file has them."""
    found: dict[str, PackedLines] = {}
    for name, lines in groupby(_lines_of(path), _name_of):
        before = found[name].unpacked() if name in found else ()
        found[name] = PackedLines.of(chain(before, lines))
    return found


def _name_of(line: bytes) -> str:
    return line.rpartition(_GRAPH)[2].partition(b">")[0].decode()


def _lines_of(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            yield from file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceFileError(
            f"It cannot be unpacked ({error}): take the file away, and import again.", path
        ) from error


def _described(path: Path) -> WrittenFile:
    versions = _versions_in(path)
    newest = max((held for _, held, _ in versions.values()), default="")
    return WrittenFile(path, len(versions), sum(1 for _ in _lines_of(path)), newest)


def _gzipped(studies: Iterable[PackedLines]) -> Iterator[bytes]:
    # The head of zlib has no time of day in it, so that the same studies give the same bytes.
    pack = zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=_GZIP)
    for lines in studies:
        for part in lines.unpacked():
            yield pack.compress(part)
    yield pack.flush()


def _replace(path: Path, content: Iterable[bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        if not path.exists() or not cmp(path, temporary, shallow=False):
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The graph files cannot be written to '{folder}' ({error.strerror or error}): name another"
        " folder, or make room and import the same again.",
        kind="disk",
        location=folder,
    )
