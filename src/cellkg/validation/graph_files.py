"""Graph files as they are checked: their statements, or why they cannot be read."""

from __future__ import annotations

import gzip
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from cellkg.errors import SourceFileError, UserInputError
from cellkg.store.graph_files import GraphFileReader
from cellkg.store.input_files import GRAPH_SUFFIXES, is_graph_file
from cellkg.validation.report import Finding, Severity
from cellkg.validation.turtle_lines import TurtleLines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad


class GraphFile:
    """One file, read once.

    Args:
        path: Where it is.
        reader: What reads it, and knows the studies of the files before it.

    Attributes:
        path: Where it is.
        quads: What it says; empty where it cannot be read.
        problem: Why it cannot be read, as a finding; None where it can.
    """

    def __init__(self, path: Path, reader: GraphFileReader) -> None:
        self.path = path
        self.quads: tuple[Quad, ...] = ()
        self.problem: Finding | None = None
        try:
            self.quads = tuple(reader.quads(path))
        except SourceFileError as error:
            self.problem = Finding(
                severity=Severity.VIOLATION,
                message=error.problem,
                origin="syntax",
                file=path,
                line=error.line,
                record=error.record,
            )

    @cached_property
    def lines(self) -> TurtleLines:
        """Where records stand in the file."""
        content = self.path.read_bytes()
        if self.path.suffix == ".gz":
            content = gzip.decompress(content)
        return TurtleLines(content.decode("utf-8"))

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The IRIs of everything that the file describes."""
        ends = (quad.subject for quad in self.quads)
        return frozenset(end.value for end in ends if isinstance(end, NamedNode))


def read_files(paths: Iterable[Path]) -> list[GraphFile]:
    """Read graph files, and all those in folders.

    Args:
        paths: Files and folders; folders are searched to the bottom.

    Returns:
        The files in the order of their paths, each once. Those that cannot be read are among them.

    Raises:
        UserInputError: A path does not exist, is not a graph file, or a folder holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_expand(path))
    reader = GraphFileReader()
    return [GraphFile(path, reader) for path in sorted(found)]


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
