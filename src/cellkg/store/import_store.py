"""A store on disk that registry studies are added to and replaced in, each whole or not at all.

::

    <folder>/
    ├── complete     the marker: by which versions it was made
    ├── terms.json   the index of the terms
    └── store/       ontology, terms, curated graphs, and a graph for each study

Oxigraph writes a batch of studies, or the replacement of one, in a single step: a process that is
killed at any moment leaves whole studies only. A large study is written in several steps, and
`replacing` sees to it that nobody meets the half of it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from cellkg.errors import StoreError
from cellkg.store.complete_folders import IMPORTED, make_at, open_to_write
from cellkg.store.heaps import give_back, share_heaps
from cellkg.store.local_store import LocalStore
from cellkg.store.packed_lines import PackedLines
from cellkg.store.replacing import BYTES_AT_ONCE, GraphContent, replace_in_steps
from cellkg.vocabulary import CKG, CLOSURE_GRAPH, OVERLAPS_GRAPH, REGISTRY_INSTITUTIONS_GRAPH, STUDY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from cellkg.store.study_blocks import StudyBlock, Version

STORE: Final = "store"

BYTES_UNTIL_REOPENED: Final = 256 * 1024 * 1024
"""So much N-Triples are written before the store is opened anew, to give back what that took."""


class ImportStore:
    """Such a store, open for writing by this process alone.

    Args:
        folder: Where it is, or is to be.
        fill: Puts the ontology, the terms and the curated graphs into an empty folder, where there
            is no store yet.

    Raises:
        StoreError: The folder holds something else, was made by another version, is in use, or
            cannot be written to.
    """

    def __init__(self, folder: Path, fill: Callable[[Path], dict[str, str]]) -> None:
        share_heaps()
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            make_at(folder, lambda content: fill(content) | {"content": IMPORTED})
        held = open_to_write(folder)
        if held.facts.get("content") != IMPORTED:
            held.close()
            raise StoreError(
                f"'{folder}' is a copy that cellkg built by itself: name another folder.",
                kind="disk",
                location=folder,
            )
        self._folder = folder
        self._store = LocalStore.open_to_write(folder / STORE, holding=held)
        self._written = 0  # bytes of N-Triples since it was opened

    def versions(self) -> dict[str, Version]:
        """Give the version of every study that came from a registry, by its name."""
        found = self._store.query(
            """
            SELECT ?study ?updated ?held ?sum WHERE {
              ?study ckg:describedBy ?source .
              ?source ckg:sourceKind ckg:RegistryRecord ; ckg:sha256 ?sum .
              OPTIONAL { ?source ckg:updated ?updated }
              OPTIONAL { ?source ckg:dataDate ?held }
            }
            """
        )
        assert isinstance(found, QuerySolutions)  # noqa: S101 - what SELECT gives, told to mypy
        return {
            row["study"].value.removeprefix(STUDY.iri): (
                row["updated"].value if row["updated"] else "",
                row["held"].value if row["held"] else "",
                row["sum"].value,
            )
            for row in found
        }

    def put(self, studies: Sequence[StudyBlock], known: Iterable[str]) -> None:
        """Add or replace studies.

        Args:
            studies: The studies, none twice.
            known: The names of those that are there already.

        Raises:
            StoreError: The disk is full.
        """
        replaced = set(known)
        try:
            self._put(studies, replaced)
        except OSError as error:
            raise _unwritten(error) from error
        self._written += sum(study.size for study in studies)
        if self._written > BYTES_UNTIL_REOPENED:
            self._store.reopen()
            self._written = 0
        give_back()

    def _put(self, studies: Iterable[StudyBlock], replaced: set[str]) -> None:
        """Write a large study in several steps, and small ones in one: new ones together."""
        portion: list[StudyBlock] = []
        for study in studies:
            if study.size > BYTES_AT_ONCE:
                content = GraphContent(study.graph, study.triples, study.closure)
                replace_in_steps(self._folder, self._store, content)
            elif study.name in replaced:
                parts = (b"".join(part.unpacked()) for part in (study.triples, study.closure))
                self._store.replace_whole(study.graph, *parts)
            else:
                if sum(each.size for each in portion) + study.size > BYTES_AT_ONCE:
                    self._add(portion)
                    portion = []
                portion.append(study)
        self._add(portion)

    def _add(self, studies: Iterable[StudyBlock]) -> None:
        quads = [
            part
            for study in studies
            for lines, graph in ((study.triples, study.graph), (study.closure, CLOSURE_GRAPH))
            for part in lines.in_graph(graph)
        ]
        if quads:
            self._store.add_whole(b"".join(quads))

    def printed_names(self) -> Iterable[tuple[NamedNode, str]]:
        """Give the institution and its printed name for every role that names one."""
        for role in self._store.quads(predicate=CKG["institution"]):
            assert isinstance(role.subject, NamedNode)  # noqa: S101 - records have IRIs
            for name in self._store.quads(role.subject, CKG["printedTerm"], None, role.graph_name):  # type: ignore[arg-type] # all graphs are named
                if isinstance(role.object, NamedNode) and isinstance(name.object, Literal):
                    yield role.object, name.object.value

    def put_institutions(self, triples: Iterable[Triple]) -> None:
        """Write what is known of institutions that only registry records name."""
        self._put_conclusions(REGISTRY_INSTITUTIONS_GRAPH, triples)

    def local(self) -> LocalStore:
        """Give the store itself, to be read."""
        return self._store

    def put_overlaps(self, triples: Iterable[Triple]) -> None:
        """Write which studies may overlap, in place of what was concluded before."""
        self._put_conclusions(OVERLAPS_GRAPH, triples)

    def _put_conclusions(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Write other triples into a graph that nothing follows from, where they are other ones."""
        lines = PackedLines.of_triples(triples)
        self._store.reopen()  # much was read for them
        if self._store.holds_just(graph, lines.in_graph(graph)):
            return
        try:
            replace_in_steps(self._folder, self._store, GraphContent(graph, lines, None))
        except OSError as error:
            raise _unwritten(error) from error

    def described_institutions(self) -> set[NamedNode]:
        """Give the institutions that other graphs describe."""
        return {
            quad.subject
            for quad in self._store.quads(value=CKG["Institution"])
            if quad.graph_name != REGISTRY_INSTITUTIONS_GRAPH
            and isinstance(quad.subject, NamedNode)
        }

    def finish(self) -> None:
        """Arrange what was written for reading."""
        self._store.finish()


def data_version_of(store: LocalStore) -> str:
    """Compute which data a store holds: a hash of the versions of all its sources.

    Returns:
        64 hexadecimal digits, the same in whatever order the studies came in.
    """
    sums = sorted(str(quad.object) for quad in store.quads(predicate=CKG["sha256"]))
    return sha256("\n".join(sums).encode("utf-8")).hexdigest()


def _unwritten(error: OSError) -> StoreError:
    return StoreError(
        f"The studies cannot be written ({error}): make room, and import the same again; it goes on"
        " where it stopped.",
        kind="disk",
    )
