"""Which files a build reads, and which data version they make together.

The version is a hash of all their contents. So that nothing is read when nothing changed, an index
beside the builds remembers size, times and inode of every file with its hash.
"""

from __future__ import annotations

import os
from pathlib import Path

from cellkg.errors import SourceFileError, UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

GRAPH_SUFFIXES: Final = (".ttl", ".trig", ".nq")
"""What graph files end with, ``.gz`` after it or not."""

INDEX_NAME: Final = "cellkg-inputs-"
"""What the name of an index begins with."""

# A file changed this shortly before the index was written could change again within the same tick
# of its file system's clock (2 s on FAT), so its unchanged times prove nothing.
_RACY_NS: Final = 2_000_000_000

_HASH_LENGTH: Final = 64


class InputFile:
    """One file that a build reads.

    Attributes:
        name: Its path from the folder it was found in, after "ontology/" or "graphs/": the same
            wherever the folders lie.
        place: Where it is.
        status: What changes whenever its content does (size, times, inode), and the name.
        changed_ns: When it was last changed, in nanoseconds since 1970.
    """

    __slots__ = ("changed_ns", "name", "place", "status")

    def __init__(self, name: str, entry: os.DirEntry[str] | Path) -> None:
        """Look at a file without reading it."""
        try:
            found = entry.stat()
        except OSError as error:
            raise SourceFileError(f"It cannot be read ({error.strerror}).", Path(entry)) from error
        self.name = name
        self.place = os.fspath(entry)
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        self.status = f"{found.st_size} {times} {found.st_ino} {name}"
        self.changed_ns = max(found.st_mtime_ns, found.st_ctime_ns)

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)


class InputFiles:
    """All files that a build reads, each list in the order of the names.

    Attributes:
        ontology: The ontology's own files.
        terms: The files of the term schemes.
        graphs: The graph files.
        ignored: Files among the graphs that are neither graph files nor documentation.
        place: Where they were looked for.
    """

    __slots__ = ("graphs", "ignored", "ontology", "place", "terms")

    def __init__(self, ontology: Path, graphs: Sequence[Path]) -> None:
        """Look through the folders; see `find_inputs`."""
        self.place = "\n".join(os.path.abspath(folder) for folder in (ontology, *graphs))  # noqa: PTH100 - a link stays as it is
        self.ontology = _turtle_in(ontology, "ontology")
        self.terms = _turtle_in(ontology / "terms", "ontology/terms")
        self.graphs: list[InputFile] = []
        self.ignored: list[Path] = []
        for folder in graphs:
            self._add_graphs(folder)
        self.graphs.sort(key=lambda file: file.name)

    def all(self) -> list[InputFile]:
        """List every file that is read, in the order it is."""
        return [*self.ontology, *self.terms, *self.graphs]

    def status(self) -> list[str]:
        """Tell what changes whenever any of the files does, appears or goes."""
        return [file.status for file in self.all()]

    def _add_graphs(self, folder: Path) -> None:
        if folder.is_file():
            if not is_graph_file(folder.name):
                raise SourceFileError(
                    f"A graph file ends with {', '.join(GRAPH_SUFFIXES)} or one of these and .gz.",
                    folder,
                )
            self.graphs.append(InputFile(f"graphs/{folder.name}", folder))
            return
        before = len(self.graphs)
        for name, entry in _files_under(folder, "graphs"):
            if is_graph_file(entry.name):
                self.graphs.append(InputFile(name, entry))
            elif not _is_documentation(entry.name):
                self.ignored.append(Path(entry))
        if len(self.graphs) == before:
            raise UserInputError(
                f"There is no graph file in the folder '{folder}': put .ttl, .trig or .nq files"
                " there, or give another folder with --graphs.",
                value=str(folder),
            )


def is_graph_file(name: str) -> bool:
    """Tell by its name whether a file holds graphs.

    Example:
        >>> (
        ...     is_graph_file("poster.ttl"),
        ...     is_graph_file("registry.nq.gz"),
        ...     is_graph_file("poster.pdf"),
        ... )
        (True, True, False)
    """
    return name.removesuffix(".gz").endswith(GRAPH_SUFFIXES)


def version_of(files: InputFiles, cache: Path | None) -> str:
    """Compute the data version of files: the SHA-256 of all their contents and names.

    Args:
        files: The files.
        cache: The folder where to remember the hashes; None to read every file.

    Returns:
        64 hexadecimal digits, the same wherever the folders lie.

    Raises:
        SourceFileError: A file cannot be read.
    """
    index = None if cache is None else _Index(cache, files)
    if index is not None and index.version is not None:
        return index.version
    from hashlib import sha256

    known = {} if index is None else index.known
    hashes = [known.get(file.status) or _hash_of(file) for file in files.all()]
    named = sorted(zip((file.name for file in files.all()), hashes, strict=True))
    lines = "".join(f"{hashed} {name}\n" for name, hashed in named)
    version = sha256(os.fsencode(lines)).hexdigest()
    if index is not None:
        index.remember(files, hashes, version)
    return version


class _Index:
    """What was known of a set of files when they were last looked at.

    Attributes:
        version: Their data version, where none of them changed since.
        known: The hashes of those that did not, by their status.
    """

    def __init__(self, cache: Path, files: InputFiles) -> None:
        from zlib import crc32

        self.path = cache / f"{INDEX_NAME}{crc32(os.fsencode(files.place)):08x}"
        self.version: str | None = None
        self.known: dict[str, str] = {}
        try:
            text = os.fsdecode(self.path.read_bytes())
            trusted_ns = self.path.stat().st_mtime_ns - _RACY_NS
        except OSError:
            return
        version, *lines = text.split("\n")
        remembered = {line[_HASH_LENGTH + 1 :]: line[:_HASH_LENGTH] for line in lines}
        unchanged = [file.status for file in files.all() if file.changed_ns < trusted_ns]
        if unchanged == list(remembered) == files.status():
            self.version = version
            return
        self.known = {status: remembered[status] for status in unchanged if status in remembered}

    def remember(self, files: InputFiles, hashes: list[str], version: str) -> None:
        """Write the index anew; where it cannot be written, the files are read again next time."""
        from contextlib import suppress

        lines = map(" ".join, zip(hashes, files.status(), strict=True))
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(os.fsencode("\n".join([version, *lines])))
            temporary.replace(self.path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _hash_of(file: InputFile) -> str:
    from hashlib import file_digest

    try:
        with file.path.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourceFileError(f"It cannot be read ({error.strerror}).", file.path) from error


def _turtle_in(folder: Path, name: str) -> list[InputFile]:
    found = [
        InputFile(f"{name}/{entry.name}", entry)
        for entry in _entries(folder)
        if entry.name.endswith(".ttl") and not entry.is_dir()
    ]
    if not found:
        raise UserInputError(
            f"There is no .ttl file in the folder '{folder}': give an ontology folder that has"
            " them, or none for the one that comes with cellkg.",
            value=str(folder),
        )
    return found


def _files_under(
    folder: Path | os.DirEntry[str], name: str
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in _entries(folder):
        if entry.is_dir():
            yield from _files_under(entry, f"{name}/{entry.name}")
        else:
            yield f"{name}/{entry.name}", entry


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """List what a folder holds, without hidden files, in the order of the names."""
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        raise UserInputError(
            f"The folder '{os.fspath(folder)}' cannot be read ({error.strerror}): give one that"
            " exists.",
            value=os.fspath(folder),
        ) from error
    return sorted(visible, key=lambda entry: entry.name)


def _is_documentation(name: str) -> bool:
    return name.endswith(".md") or name.startswith(("README", "LICENSE"))
