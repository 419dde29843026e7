"""The graphs that are not the same in two versions, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from cellkg.errors import SourceFileError
from cellkg.store import LocalStore
from cellkg.store.packed_lines import n_triples
from cellkg.vocabulary import TERMS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pyoxigraph import Triple

    from cellkg.comparing.versions import Version

    Progress = Callable[[str, int, int | None], None]
    """Told the name of the step, how much of it is done, and how much there is if known."""


class GraphPair(NamedTuple):
    """One graph in two versions.

    Attributes:
        name: Its IRI.
        before: Its statements in the older version, as lines of N-Triples; none where it was not
            there.
        after: Its statements in the newer version; none where it is withdrawn.
    """

    name: str
    before: frozenset[bytes]
    after: frozenset[bytes]

    @property
    def withdrawn(self) -> frozenset[bytes]:
        """The statements that only the older version has."""
        return self.before - self.after

    @property
    def added(self) -> frozenset[bytes]:
        """The statements that only the newer version has."""
        return self.after - self.before


def changed_graphs(
    before: Version, after: Version, progress: Progress | None = None
) -> Iterator[GraphPair]:
    """Find the graphs that are not the same in two versions.

    Files with the same name and the same bytes are not even read, and graphs with the same lines
    are not parsed. Blank nodes are named by their place in the graph (RDFC-1.0), so that equal
    graphs are equal.

    Args:
        before: The older version.
        after: The newer version.
        progress: Told how many graphs are compared.

    Returns:
        The graphs, in the order of their IRIs, read as they are asked for. The older version
        without what is withdrawn and with what is added is the newer one.

    Raises:
        SourceFileError: A file is not what it should be.
        StoreError: A store cannot be read.
    """
    after_parts = after.parts
    shared = {name for name, found in before.parts.items() if after_parts.get(name) == found}
    old, new = before.digests(shared), after.digests(shared)
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    # A file that both have may tell of a graph that another file changes.
    shared -= before.telling(shared, names) | after.telling(shared, names) if names else set()
    for number, name in enumerate(names):
        if progress is not None:
            progress("comparing", number, len(names))
        try:
            pair = _pair(name, before.lines(name, shared), after.lines(name, shared))
        except SyntaxError as error:
            raise SourceFileError(
                f"Its graph cannot be read ({error.msg}): type  cellkg validate  to see where.",
                f"{before.name} or {after.name}",
                record=name,
            ) from error
        if pair.before != pair.after:
            yield pair


def parsed(lines: Iterable[bytes]) -> list[Triple]:
    """Parse lines of N-Triples.

    Raises:
        SyntaxError: They are none.
    """
    return [quad.triple for quad in parse(b"".join(lines), RdfFormat.N_TRIPLES)]


def _pair(name: str, old: Collection[bytes], new: Collection[bytes]) -> GraphPair:
    if any(b"_:" in line for lines in (old, new) for line in lines):
        return GraphPair(name, _canonical(old), _canonical(new))
    before, after = frozenset(old), frozenset(new)
    same = before & after
    if not before or not after:
        return GraphPair(name, before, after)
    return GraphPair(name, same | _tidied(before - same), same | _tidied(after - same))


def _tidied(lines: Iterable[bytes]) -> frozenset[bytes]:
    """Write statements as a store gives them back: 6 for 6.0, and "a" for "a"^^xsd:string."""
    store = LocalStore()
    store.load(
        Quad(each.subject, each.predicate, each.object, TERMS_GRAPH) for each in parsed(lines)
    )
    return _lines_of(store.triples(TERMS_GRAPH))


def _canonical(lines: Iterable[bytes]) -> frozenset[bytes]:
    """Name blank nodes by their place in the graph."""
    dataset = Dataset(Quad(*each) for each in parsed(lines))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return _lines_of(quad.triple for quad in dataset)


def _lines_of(triples: Iterable[Triple]) -> frozenset[bytes]:
    return frozenset(n_triples(triples).splitlines(keepends=True))
