"""Graph files as quads: Turtle, TriG and N-Quads, gzipped or not."""

from __future__ import annotations

import re

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from cellkg.errors import SourceFileError
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    GRAPH,
    ONTOLOGY_GRAPH,
    OVERLAPS_GRAPH,
    RDF,
    STUDY,
    TERMS_GRAPH,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from gzip import GzipFile
    from io import BufferedReader
    from pathlib import Path
    from typing import Final

MAX_FILE_BYTES: Final = 1024 * 1024 * 1024
"""A graph file holds at most so much when unpacked: about eight million triples. A larger one is
taken for a mistake, or for an archive made to fill the disk."""

_FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
}
_TYPE: Final = RDF["type"]
_STUDY: Final = CKG["Study"]
_BUILT: Final = frozenset((ONTOLOGY_GRAPH, TERMS_GRAPH, CLOSURE_GRAPH, OVERLAPS_GRAPH))

_NAME: Final = re.compile(r"[\w.~-]+")

# What the parser says, and what a person does about it.
_ADVICE: Final = (
    ("Unexpected end", "the file seems to be cut off, put a whole copy in its place"),
    ("UTF-8", "save the file as UTF-8"),
    ("\ufeff", "save the file as UTF-8 without a byte order mark"),
    ("No scheme", "write the IRI in full or with a prefix"),
    ("refix", "declare it with @prefix at the top of the file"),
)


class GraphFileReader:
    """Reads graph files one after the other, and notices when two of them tell of one study.

    Attributes:
        studies: The IRI of every study met so far, with its file.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> turtle = (
        ...     "<https://w3id.org/cellkg/study/s> a <https://w3id.org/cellkg/ontology#Study> ."
        ... )
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder) / "s.ttl"
        ...     _ = file.write_text(turtle)
        ...     [quad.graph_name.value for quad in GraphFileReader().quads(file)]
        ['https://w3id.org/cellkg/graph/study/s']
    """

    def __init__(self) -> None:
        self.studies: dict[str, Path] = {}

    def quads(self, file: Path) -> Iterator[Quad]:
        """Give the quads of a graph file, all in named graphs.

        A Turtle file with a study goes to the graph of that study, one without to the graph of its
        own name; TriG and N-Quads say the graph themselves.

        Args:
            file: A file whose name :func:`~cellkg.store.input_files.is_graph_file` knows.

        Returns:
            The quads, read as they are asked for.

        Raises:
            SourceFileError: The file is malformed, damaged, empty or too large; it has quads
                outside any named graph or in one that the build writes itself; it tells of several
                studies and is Turtle; or it tells of a study that another file tells of.
        """
        if _format_of(file) == RdfFormat.TURTLE:
            return self._from_turtle(file)
        return self._from_named_graphs(file)

    def _from_turtle(self, file: Path) -> Iterator[Quad]:
        graph: NamedNode | None = None
        waiting: list[Quad] = []  # until the study is known, which is most often the first subject
        for quad in _parsed(file):
            if quad.object == _STUDY and quad.predicate == _TYPE:
                study = self._claim(quad, file)
                name = GRAPH[f"study/{study.removeprefix(STUDY.iri)}"]
                if graph not in (None, name):
                    raise SourceFileError(
                        "A Turtle file tells of one study: split it, or make it TriG with a graph"
                        " for each.",
                        file,
                        record=study,
                    )
                graph = name
                yield from _moved(waiting, graph)
                waiting = []
            if graph is None:
                waiting.append(quad)
            else:
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
        if graph is None:
            yield from _moved(waiting, _graph_of_name(file))

    def _from_named_graphs(self, file: Path) -> Iterator[Quad]:
        checked: NamedNode | None = None
        for quad in _parsed(file):
            graph = quad.graph_name
            if graph != checked:
                checked = _checked_graph(quad, file)
            if quad.object == _STUDY and quad.predicate == _TYPE:
                self._claim(quad, file)
            yield quad

    def _claim(self, quad: Quad, file: Path) -> str:
        """Note down which file tells of a study; give the IRI of the study."""
        subject = quad.subject
        study = subject.value if isinstance(subject, NamedNode) else ""
        if study not in STUDY or not _NAME.fullmatch(study.removeprefix(STUDY.iri)):
            raise SourceFileError(
                f"The IRI of a study is {STUDY.iri} and a name after it.",
                file,
                record=str(subject),
            )
        other = self.studies.setdefault(study, file)
        if other != file:
            raise SourceFileError(
                f"'{other}' tells of the same study: merge the two files, or take one away.",
                file,
                record=study,
            )
        return study


def quads_into(file: Path, graph: NamedNode) -> Iterator[Quad]:
    """Give the triples of a Turtle file as quads of one graph.

    Args:
        file: A ``.ttl`` file, gzipped or not.
        graph: The graph they go to.

    Returns:
        The quads, read as they are asked for.

    Raises:
        SourceFileError: The file is malformed, damaged, empty or too large.
    """
    return _moved(_parsed(file), graph)


def _moved(quads: Iterator[Quad] | list[Quad], graph: NamedNode) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)


def _format_of(file: Path) -> RdfFormat:
    return _FORMATS[file.with_suffix("").suffix if file.suffix == ".gz" else file.suffix]


def _graph_of_name(file: Path) -> NamedNode:
    """Name the graph of a Turtle file that holds no study."""
    name = file.name.removesuffix(".gz").removesuffix(".ttl")
    if not _NAME.fullmatch(name):
        raise SourceFileError(
            "A file without a study gives its name to a graph: rename it to letters, digits,"
            " '.', '-' and '_'.",
            file,
        )
    if GRAPH[name] in _BUILT:
        raise SourceFileError(f"The build writes the graph '{name}' itself: rename the file.", file)
    return GRAPH[name]


def _checked_graph(quad: Quad, file: Path) -> NamedNode:
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph):
        raise SourceFileError(
            "This statement stands in no graph: put it into a named graph, such as"
            f" <{GRAPH.iri}study/…>.",
            file,
            record=str(quad.subject),
        )
    if not isinstance(graph, NamedNode) or graph in _BUILT:
        raise SourceFileError(
            f"{graph} cannot be the graph of data: name it <{GRAPH.iri}study/…>.",
            file,
            record=str(quad.subject),
        )
    return graph


def _parsed(file: Path) -> Iterator[Quad]:
    """Parse a file; whatever is wrong with it is told with its place."""
    import gzip
    import zlib

    empty = True
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as opened:
            bounded = _Bounded(opened, file)
            # Two files may use one label for two blank nodes.
            for quad in parse(bounded, _format_of(file), rename_blank_nodes=True):  # type: ignore[arg-type] # all it needs of a file is read()
                empty = False
                yield quad
    except SyntaxError as error:
        raise _malformed(error, file) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceFileError(
            f"It cannot be unpacked ({error}): put a whole copy in its place.", file
        ) from error
    except OSError as error:
        raise SourceFileError(f"It cannot be read ({error.strerror}).", file) from error
    if empty:
        raise SourceFileError(
            "It holds no statement: put its content back, or take the file away.", file
        )


class _Bounded:
    """A file that refuses to give more than a graph file may hold."""

    def __init__(self, opened: GzipFile | BufferedReader, file: Path) -> None:
        self.opened = opened
        self.file = file
        self.left = MAX_FILE_BYTES

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.opened.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise SourceFileError(
                f"It holds more than {MAX_FILE_BYTES // 1024 // 1024} MiB when unpacked: split it.",
                self.file,
            )
        return data


def _malformed(error: SyntaxError, file: Path) -> SourceFileError:
    said = re.sub(r"^Parser error (?:at|between) .*?: ", "", error.msg)
    advice = next((words for sign, words in _ADVICE if sign in said), "correct what stands there")
    column = f" (column {error.offset})" if error.offset else ""
    readable = "".join(each if each.isprintable() else repr(each)[1:-1] for each in said)
    return SourceFileError(f"{readable}{column}: {advice}.", file, line=error.lineno)
