"""Graph files as they are checked: their statements, or why they cannot be read."""

from __future__ import annotations

import gzip
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from cellkg.errors import SourceFileError, UserInputError
from cellkg.store.graph_files import GraphFileReader
from cellkg.store.input_files import GRAPH_SUFFIXES, is_graph_file
from cellkg.validation.nquads_lines import NQuadsLines
from cellkg.validation.report import Finding, Severity
from cellkg.validation.turtle_lines import TurtleLines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad

    Lines = TurtleLines | NQuadsLines


class GraphFile:
    """One file: what it describes is kept, its statements are read when they are needed.

    Args:
        path: Where it is.
        reader: What reads it, and knows the studies of the files before it.

    Attributes:
        path: Where it is.
        subjects: The IRIs of everything that it describes; empty where it cannot be read.
        problem: Why it cannot be read, as a finding; None where it can.
    """

    def __init__(self, path: Path, reader: GraphFileReader) -> None:
        self.path = path
        self.subjects: frozenset[str] = frozenset()
        self.problem: Finding | None = None
        self._reader = reader
        try:
            ends = {quad.subject for quad in reader.quads(path)}
        except SourceFileError as error:
            self.problem = Finding(
                severity=Severity.VIOLATION,
                message=error.problem,
                origin="syntax",
                file=path,
                line=error.line,
                record=error.record,
            )
        else:
            self.subjects = frozenset(end.value for end in ends if isinstance(end, NamedNode))

    def quads(self) -> list[Quad]:
        """Read what the file says; nothing where it cannot be read.

        Raises:
            SourceFileError: It was changed meanwhile, and cannot be read any more.
        """
        return [] if self.problem is not None else list(self._reader.quads(self.path))

    @cached_property
    def lines(self) -> Lines:
        """Where records stand in the file."""
        content = self.path.read_bytes()
        name = self.path.name.removesuffix(".gz")
        if name != self.path.name:
            content = gzip.decompress(content)
        return NQuadsLines(content) if name.endswith(".nq") else TurtleLines(content.decode())


def read_files(paths: Iterable[Path]) -> list[GraphFile]:
    """Read graph files, and all those in folders.

    Args:
        paths: Files and folders; folders are searched to the bottom.

    Returns:
        The files in the order of their paths, each once. Those that cannot be read are among them.

    Raises:
        UserInputError: A path does not exist, is not a graph file, or a folder holds none.
    """
    reader = GraphFileReader()
    return [GraphFile(path, reader) for path in find_files(paths)]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Find graph files, and all those in folders.

    Args:
        paths: Files and folders; folders are searched to the bottom.

    Returns:
        The files in the order of their paths, each once.

    Raises:
        UserInputError: A path does not exist, is not a graph file, or a folder holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_expand(path))
    return sorted(found)


def _expand(path: Path) -> list[Path]:
    endings = ", ".join(GRAPH_SUFFIXES)
    if path.is_dir():
        inside = [each for each in path.rglob("[!.]*") if is_graph_file(each.name)]
        if not inside:
            message = f"The folder '{path}' holds no graph files; their names end with {endings}."
            raise UserInputError(message, value=str(path))
        return inside
    if not path.is_file():
        message = f"There is no file '{path}'; give graph files, or folders that hold some."
        raise UserInputError(message, value=str(path))
    if not is_graph_file(path.name):
        message = f"'{path}' is not a graph file; the names of those end with {endings}."
        raise UserInputError(message, value=str(path))
    return [path]
