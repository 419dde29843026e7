"""One version of the graphs, read graph by graph: from files, or from a store.

Reading is cheap as long as a graph need not be understood: N-Quads are parted into graphs by the
bytes at the ends of their lines, as `cellkg.store.graph_folder` does it, and a graph is known by
the hash of its sorted lines.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cached_property
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from cellkg.store.graph_files import GraphFileReader, quads_into
from cellkg.store.input_files import InputFiles, version_of
from cellkg.store.packed_lines import n_triples
from cellkg.vocabulary import (
    CLOSURE_GRAPH,
    GRAPH,
    ONTOLOGY_GRAPH,
    OVERLAPS_GRAPH,
    RDFS,
    SKOS,
    TERMS_GRAPH,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad, Triple

    from cellkg.store import GraphStore
    from cellkg.store.input_files import InputFile

    Lines = list[bytes]
    """N-Triples, a line each."""

    LinesByGraph = Mapping[str, Lines]

_CONCLUDED: Final = (CLOSURE_GRAPH, OVERLAPS_GRAPH)
"""What the build writes: it follows from the rest, and shows in the answers."""

_LABELS: Final = tuple(str(each).encode() for each in (RDFS["label"], SKOS["prefLabel"]))
_FEW: Final = 16
_KNOWN_GRAPHS: Final = GRAPH.iri.encode()


class Version(Protocol):
    """The graphs of one version; what a build concludes from them is left out.

    Attributes:
        name: What the user calls it.
        data_version: Which data it is: equal where the input files are equal.
    """

    name: str

    @property
    def data_version(self) -> str:
        """Tell which data it is."""

    @property
    def parts(self) -> Mapping[str, str]:
        """Give a hash of the content of each part, such as a file, by its name."""

    def digests(self, without: Collection[str]) -> dict[str, list[bytes]]:
        """Hash every graph that the parts hold.

        Args:
            without: Parts that need not be read.

        Returns:
            By the IRI of the graph, a hash for every part that tells of it, in order.
        """

    def lines(self, graph: str, without: Collection[str]) -> Lines:
        """Give the statements of a graph as N-Triples, in no particular order.

        Args:
            graph: Its IRI.
            without: Parts that need not be read.
        """

    def telling(self, parts: Collection[str], graphs: Collection[str]) -> set[str]:
        """Find the parts that tell of one of some graphs.

        Args:
            parts: Parts that were not read so far.
            graphs: The IRIs of the graphs.
        """

    def labels(self) -> dict[str, str]:
        """Give what people call terms, properties, classes and institutions, by their IRIs."""


class FileVersion:
    """A version as its files tell it.

    Args:
        name: What the user calls it.
        ontology: The folder of the ontology, with the folder ``terms`` inside.
        graphs: Folders of graph files, or graph files.

    Raises:
        UserInputError: A folder does not exist, or holds no such files.
        SourceFileError: A file is no graph file, or cannot be read.
    """

    def __init__(self, name: str, ontology: Path, graphs: Sequence[Path]) -> None:
        self.name = name
        self._files = InputFiles(ontology, graphs)
        # One name may stand twice, where two folders hold a file of the same name.
        self._by_name: dict[str, list[InputFile]] = {}
        for file in self._files.all():
            self._by_name.setdefault(file.name, []).append(file)
        self._targets: dict[str, NamedNode | None] = dict.fromkeys(self._by_name)
        self._targets |= dict.fromkeys((each.name for each in self._files.ontology), ONTOLOGY_GRAPH)
        self._targets |= dict.fromkeys((each.name for each in self._files.terms), TERMS_GRAPH)
        self._places: dict[str, list[str]] = {}
        self._last: tuple[str, LinesByGraph] = ("", {})

    @cached_property
    def data_version(self) -> str:
        """Tell which data it is."""
        return version_of(self._files, None)

    @cached_property
    def parts(self) -> dict[str, str]:
        """Give a hash of the content of each file by its name."""
        found = {}
        for name, files in self._by_name.items():
            hashes = []
            for file in files:
                with file.path.open("rb") as opened:
                    hashes.append(file_digest(opened, "sha256").hexdigest())
            found[name] = " ".join(sorted(hashes))
        return found

    def digests(self, without: Collection[str]) -> dict[str, list[bytes]]:
        """Hash every graph, file by file; see `Version.digests`."""
        found: dict[str, list[bytes]] = {}
        for name in self._by_name:
            if name not in without:
                for graph, lines in self._read(name).items():
                    found.setdefault(graph, []).append(_digest(lines))
                    self._places.setdefault(graph, []).append(name)
        return {graph: sorted(hashes) for graph, hashes in found.items()}

    def lines(self, graph: str, without: Collection[str]) -> Lines:
        """Give the statements of a graph; see `Version.lines`."""
        found: Lines = []
        for name in dict.fromkeys(self._places.get(graph, ())):
            if name not in without:
                found += self._read(name).get(graph, [])
        return found

    def telling(self, parts: Collection[str], graphs: Collection[str]) -> set[str]:
        """Find the files that tell of one of some graphs; see `Version.telling`."""
        wanted = set(graphs)
        found = set()
        for name in sorted(parts):
            files = self._by_name[name]
            if any(_may_mention(file.path, graphs) for file in files):
                for graph in wanted & self._read(name).keys():
                    self._places.setdefault(graph, []).append(name)
                    found.add(name)
        return found

    def labels(self) -> dict[str, str]:
        """Give what people call things; see `Version.labels`."""
        # Institutions stand in Turtle, and studies and sources go by their short names.
        turtle = (name for name in self._by_name if name.removesuffix(".gz").endswith(".ttl"))
        return _labels(
            line for name in turtle for each in self._read(name).values() for line in each
        )

    def _read(self, name: str) -> LinesByGraph:
        # Graphs are asked for in the order of their names, and so are the files they lie in.
        if self._last[0] != name:
            found: dict[str, Lines] = {}
            for file in self._by_name[name]:
                for graph, lines in _lines_of(file.path, self._targets[name]).items():
                    found.setdefault(graph, []).extend(lines)
            self._last = (name, found)
        return self._last[1]


class StoreVersion:
    """A version as a store holds it, such as one that studies were imported into.

    Args:
        name: What the user calls it.
        store: The store.
    """

    parts: Mapping[str, str]

    def __init__(self, name: str, store: GraphStore) -> None:
        self.name = name
        self.parts = {}
        self._store = store

    @property
    def data_version(self) -> str:
        """Tell which data it is."""
        return self._store.data_version

    def digests(self, without: Collection[str]) -> dict[str, list[bytes]]:
        """Hash every graph; see `Version.digests`."""
        return {
            graph.value: [_digest(self.lines(graph.value, without))]
            for graph in self._store.graph_names()
            if graph not in _CONCLUDED
        }

    def lines(self, graph: str, without: Collection[str]) -> Lines:  # noqa: ARG002 - it has no parts
        """Give the statements of a graph; see `Version.lines`."""
        return n_triples(self._store.triples(NamedNode(graph))).splitlines(keepends=True)

    def telling(self, parts: Collection[str], graphs: Collection[str]) -> set[str]:  # noqa: ARG002 - it has no parts
        """Find nothing: a store has no parts that could be shared."""
        return set()

    def labels(self) -> dict[str, str]:
        """Give what people call things; see `Version.labels`."""
        studies = GRAPH["study/"].value
        return _labels(
            line
            for graph in self._store.graph_names()
            if graph not in _CONCLUDED and not graph.value.startswith(studies)
            for line in self.lines(graph.value, ())
        )


def _labels(lines: Iterable[bytes]) -> dict[str, str]:
    naming = [line for line in lines if any(each in line for each in _LABELS)]
    labels: dict[str, str] = {}
    for quad in parse(b"".join(sorted(naming)), RdfFormat.N_TRIPLES):
        if quad.predicate in (RDFS["label"], SKOS["prefLabel"]) and isinstance(
            quad.object, Literal
        ):
            labels.setdefault(str(quad.subject)[1:-1], quad.object.value)
    return labels


def _digest(lines: Lines) -> bytes:
    return sha256(b"".join(sorted(set(lines)))).digest()


def _lines_of(path: Path, target: NamedNode | None) -> LinesByGraph:
    """Read a file as N-Triples by graph, without understanding them where that can be."""
    if target is not None:
        return _written(quads_into(path, target))
    if path.name.removesuffix(".gz").endswith(".nq"):
        found = _parted(path)
        if found is not None:
            return found
    # Whatever is wrong with a file is told by the reader of graph files.
    return _written(GraphFileReader().quads(path))


def _may_mention(path: Path, graphs: Collection[str]) -> bool:
    """Tell whether a file has to be read for some graphs; looking for many takes longer."""
    if len(graphs) > _FEW or not path.name.removesuffix(".gz").endswith(".nq"):
        return True
    data = _unpacked(path)
    return data is None or any(graph.encode() in data for graph in graphs)


def _unpacked(path: Path) -> bytes | None:
    """Read a file; None where that fails, which is told by the reader of graph files."""
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error):
        return None


def _parted(path: Path) -> LinesByGraph | None:
    """Part N-Quads by the graph at the end of each line; None where a line looks unusual."""
    data = _unpacked(path)
    if data is None:
        return None
    if b"_:" in data:
        return None  # two files may use one label for two blank nodes
    found: dict[bytes, Lines] = {}
    end, lines = b"\n\n", []  # the end of no line
    for line in data.splitlines(keepends=True):
        if not line.endswith(end):
            graph = line.rpartition(b" <")[2]
            if not (graph.startswith(_KNOWN_GRAPHS) and graph.endswith(b"> .\n")):
                return None
            end = b" <" + graph
            lines = found.setdefault(graph[:-4], [])
        lines.append(line[: -len(end)] + b" .\n")
    return {graph.decode(): lines for graph, lines in found.items()} or None


def _written(quads: Iterator[Quad]) -> LinesByGraph:
    triples: dict[str, list[Triple]] = {}
    for quad in quads:
        triples.setdefault(str(quad.graph_name)[1:-1], []).append(quad.triple)
    return {graph: n_triples(each).splitlines(keepends=True) for graph, each in triples.items()}
