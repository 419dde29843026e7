"""Quads in Oxigraph on this machine: in memory, or in a folder on disk."""

from __future__ import annotations

from itertools import chain, islice

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, parse

from cellkg.errors import StoreError
from cellkg.store.query_text import explain_malformed, refuse_unsafe
from cellkg.vocabulary import CLOSURE_GRAPH, PREFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, Literal, Quad, QueryBoolean, QuerySolutions, Triple

QUADS_PER_BATCH = 100_000
"""How many quads are sorted in memory at once when loading.

Measured on 1.8 million quads: 50,000 to 1,000,000 a batch take the same time, and from 85 to
1,200 megabytes.
"""

QUADS_REMOVED_AT_ONCE = 5_000
"""A transaction holds all its writes, and waits for the disk at its end."""

_DAMAGE = (OSError, RuntimeError)  # what pyoxigraph raises on missing files, and on corrupted ones


class LocalStore:
    """Named graphs in an Oxigraph store of this process.

    Without arguments it is empty and in memory.

    Args:
        data_version: Which data these are, as answers are stamped with it.
        oxigraph: An open store to use instead of a new one in memory.

    Example:
        >>> from pyoxigraph import Literal, Quad
        >>> from cellkg.vocabulary import CKG, GRAPH, STUDY
        >>> store = LocalStore()
        >>> store.load([Quad(STUDY["s#fever"], CKG["count"], Literal(4), GRAPH["study/s"])])
        >>> [row["n"].value for row in store.query("SELECT ?n WHERE { ?finding ?property ?n }")]
        ['4']
    """

    def __init__(self, data_version: str = "", *, oxigraph: Store | None = None) -> None:
        self.data_version = data_version
        self._oxigraph = Store() if oxigraph is None else oxigraph
        self._folder: Path | str = "memory"
        self._held: object = None

    @classmethod
    def create(cls, folder: Path) -> LocalStore:
        """Make an empty store on disk, to be filled by this process alone.

        Args:
            folder: Where it goes; it must not hold a store yet.

        Raises:
            OSError: It cannot be written there.
        """
        store = cls(oxigraph=Store(str(folder)))
        store._folder = folder
        return store

    @classmethod
    def open(cls, folder: Path, data_version: str, *, holding: object = None) -> LocalStore:
        """Open a store on disk that nobody writes to, for reading.

        Args:
            folder: Where it is.
            data_version: Which data these are.
            holding: What has to live as long as the store, such as a lock.

        Raises:
            StoreError: There is no store, or it is damaged.
        """
        try:
            store = cls(data_version, oxigraph=Store.read_only(str(folder)))
        except _DAMAGE as error:
            raise _damaged(folder, error) from error
        store._folder = folder
        store._held = holding
        return store

    @classmethod
    def open_to_write(cls, folder: Path, *, holding: object) -> LocalStore:
        """Open a store on disk that this process alone uses, to change what it holds.

        Args:
            folder: Where it is.
            holding: The lock that keeps others from it, which has to live as long.

        Raises:
            StoreError: It is damaged, or another program has it open.
        """
        try:
            store = cls(oxigraph=Store(str(folder)))
        except _DAMAGE as error:
            raise _damaged(folder, error) from error
        store._folder = folder
        store._held = holding
        return store

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._oxigraph)

    def query(self, sparql: str) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Ask a query; see `GraphStore.query`. Nothing leaves this machine: SERVICE is refused.

        The prefixes of `cellkg.vocabulary` need no declaration, for people who type a query.
        """
        refuse_unsafe(sparql)
        try:
            return self._oxigraph.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise explain_malformed(sparql, error) from None
        except _DAMAGE as error:
            raise _damaged(self._folder, error) from error

    def graph_names(self) -> list[NamedNode]:
        """List the named graphs, in the order of their IRIs."""
        names = [name for name in self._oxigraph.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def triples(self, graph: NamedNode | None) -> Iterator[Triple]:
        """Give the triples of one graph, or each triple of any graph once."""
        if graph is not None:
            return (quad.triple for quad in self.quads(graph=graph))
        union = self.query("CONSTRUCT WHERE { ?subject ?predicate ?object }")
        assert isinstance(union, QueryTriples)  # noqa: S101 - what CONSTRUCT gives, told to mypy
        return union

    def quads(
        self,
        subject: NamedNode | BlankNode | Triple | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | BlankNode | Literal | Triple | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Give the quads that have these parts.

        Args:
            subject: The subject; None for any, as in the others.
            predicate: The predicate.
            value: The object.
            graph: The name of the graph.

        Returns:
            The quads in no particular order, read as they are asked for: load nothing meanwhile.
        """
        return self._oxigraph.quads_for_pattern(subject, predicate, value, graph)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads, many or few, without ever holding all of them.

        Args:
            quads: The quads; all in named graphs. What they raise passes through, and then part
                of them may have been added.

        Raises:
            OSError: They cannot be written to disk.
        """
        remaining = iter(quads)
        for first in remaining:
            batch = chain((first,), islice(remaining, QUADS_PER_BATCH - 1))
            self._oxigraph.bulk_extend(batch)

    def add_whole(self, n_quads: bytes) -> None:
        """Add quads, all of them or none, whatever happens meanwhile.

        Oxigraph writes up to a million as files of their own and puts them into the store in one
        step of RocksDB (IngestExternalFiles over all column families). That takes a quarter of the
        time of a transaction, and a tenth of its memory: a transaction holds all its writes.

        Args:
            n_quads: Fewer than a million quads as N-Quads, written by
                `cellkg.store.packed_lines`.

        Raises:
            OSError: They cannot be written to disk.
        """
        # They were written out of valid terms, which need no second look.
        self._oxigraph.bulk_load(n_quads, RdfFormat.N_QUADS, lenient=True)

    def holds_just(self, graph: NamedNode, n_quads: Iterable[bytes]) -> bool:
        """Tell whether a graph holds some quads and no others.

        Args:
            graph: The graph.
            n_quads: Quads of this graph, each once, as whole lines of N-Quads.
        """
        count = 0
        for lines in n_quads:
            for quad in parse(lines, RdfFormat.N_QUADS):
                if quad not in self._oxigraph:
                    return False
                count += 1
        return count == sum(1 for _ in self.quads(graph=graph))

    def remove_graph(self, graph: NamedNode, *, with_closure: bool) -> None:
        """Take away a graph in several steps; it may be ended at any moment and be done again.

        Args:
            graph: The graph, without blank nodes.
            with_closure: Whether what the closure says of the subjects goes too: with the first
                quad of each.

        Raises:
            OSError: It cannot be written to disk.
        """
        while quads := list(islice(self.quads(graph=graph), QUADS_REMOVED_AT_ONCE)):
            subjects = {quad.subject for quad in quads} if with_closure else ()
            closure = (
                quad for subject in subjects for quad in self.quads(subject, graph=CLOSURE_GRAPH)
            )
            parts = (
                f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in chain(quads, closure)
            )
            self._oxigraph.update(f"DELETE DATA {{ {' '.join(parts)} }}")
        self._oxigraph.remove_graph(graph)

    def replace_whole(self, graph: NamedNode, n_triples: bytes, closure: bytes = b"") -> None:
        """Put other content into a graph and what follows from it, all at once or not at all.

        Args:
            graph: The graph; what the closure says of its subjects goes with it.
            n_triples: Its new triples as N-Triples.
            closure: What follows from them, as N-Triples.

        Raises:
            OSError: They cannot be written to disk.
        """
        self._oxigraph.update(
            f"""
            DELETE {{ GRAPH {CLOSURE_GRAPH} {{ ?subject ?predicate ?object }} }}
            WHERE {{
              {{ SELECT DISTINCT ?subject WHERE {{ GRAPH {graph} {{ ?subject ?any ?thing }} }} }}
              GRAPH {CLOSURE_GRAPH} {{ ?subject ?predicate ?object }}
            }} ;
            DROP SILENT GRAPH {graph} ;
            INSERT DATA {{
              GRAPH {graph} {{ {n_triples.decode("utf-8")} }}
              GRAPH {CLOSURE_GRAPH} {{ {closure.decode("utf-8")} }}
            }}
            """
        )

    def flush(self) -> None:
        """Write everything through to the disk."""
        self._oxigraph.flush()

    def reopen(self) -> None:
        """Close a store on disk and open it anew, for writing as before.

        Only like this RocksDB gives back what it keeps of all that it has written and read: 91 of
        147 megabytes, once the institutions of 2,349 registry records were read. It takes a tenth
        of a second. A store in memory stays as it is.

        Nobody may be in the middle of reading: what `quads` gave has to be read to its end.

        Raises:
            StoreError: It is damaged, or somebody is still reading.
        """
        if isinstance(self._folder, str):
            return
        from cellkg.store.heaps import give_back  # loads ctypes, which reading does not need

        del self._oxigraph
        give_back()
        try:
            self._oxigraph = Store(str(self._folder))
        except _DAMAGE as error:
            raise _damaged(self._folder, error) from error

    def finish(self) -> None:
        """Arrange what was loaded for reading, and write all of it to disk."""
        self._oxigraph.optimize()
        self.flush()


def _damaged(folder: Path | str, error: Exception) -> StoreError:
    return StoreError(
        f"The store in '{folder}' is damaged ({error}): remove that folder and ask again, and it is"
        " built anew.",
        kind="disk",
        location=folder,
    )
