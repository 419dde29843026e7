"""Replacing what a graph holds in several steps, whole or not at all.

What is large is written step by step, for the sake of memory. Before the first step, all of it is
put into a file beside the marker of the store, packed; after the last, that file goes. Whoever
opens a store that has one, to read or to write, does all the steps again.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import NamedTuple

from pyoxigraph import NamedNode

from cellkg.errors import StoreError
from cellkg.store.local_store import LocalStore
from cellkg.store.packed_lines import PackedLines
from cellkg.store.writing_through import sync
from cellkg.vocabulary import CLOSURE_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

UNFINISHED: Final = "unfinished"
"""The file of what a graph is to hold."""

BYTES_AT_ONCE: Final = 4 * 1024 * 1024
"""So many bytes of N-Triples are added in one step: every hundred of them take up to a kilobyte."""

_STORE: Final = "store"


class GraphContent(NamedTuple):
    """What a graph is to hold.

    Attributes:
        graph: The graph.
        triples: All its triples.
        closure: What follows from it; None where the closure says of the things in it what follows
            from other graphs.
    """

    graph: NamedNode
    triples: PackedLines
    closure: PackedLines | None


def replace_in_steps(folder: Path, store: LocalStore, content: GraphContent) -> None:
    """Write what a graph is to hold in place of what it holds.

    Args:
        folder: The folder of the store, which this process alone may write to.
        store: The store in it.
        content: What the graph is to hold. When this ends, it is on the disk.

    Raises:
        OSError: It cannot be written. Where some of it was, the next to open the store goes on.
    """
    written = folder / f"{UNFINISHED}.new"
    with written.open("wb") as file:
        file.write(_written(content))
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / UNFINISHED)
    sync(folder)
    _replace(folder, store, content)


def finish_replacing(folder: Path) -> None:
    """Do again what a process that ended had begun; where nothing was begun, do nothing.

    Args:
        folder: The folder of the store, which nobody else uses.

    Raises:
        StoreError: The store is damaged, or cannot be written to.
    """
    note = folder / UNFINISHED
    if not note.exists():
        return
    try:
        content = _read(note.read_bytes())
        _replace(folder, LocalStore.open_to_write(folder / _STORE, holding=None), content)
    except ValueError as error:
        raise StoreError(
            f"The file '{note}' is damaged ({error}): remove the folder '{folder}', and import"
            " again.",
            kind="disk",
            location=folder,
        ) from error
    except OSError as error:
        raise StoreError(
            f"The store in '{folder}' holds the half of a study, and the rest cannot be written"
            f" ({error.strerror or error}): make the folder writable, make room, and ask again.",
            kind="disk",
            location=folder,
        ) from error


def _replace(folder: Path, store: LocalStore, content: GraphContent) -> None:
    store.remove_graph(content.graph, with_closure=content.closure is not None)
    parts = ((content.triples, content.graph), (content.closure, CLOSURE_GRAPH))
    for lines, graph in parts:
        if lines is not None:
            for quads in lines.in_graph(graph, BYTES_AT_ONCE):
                store.add_whole(quads)
    store.flush()
    (folder / UNFINISHED).unlink()
    sync(folder)


def _written(content: GraphContent) -> bytes:
    lines = [each for each in content[1:] if isinstance(each, PackedLines)]
    data = b"".join(each.data for each in lines)
    parts = [(each.size, each.lines, len(each.data)) for each in lines]
    head = json.dumps([content.graph.value, parts, zlib.crc32(data)])
    return head.encode("utf-8") + b"\n" + data


def _read(written: bytes) -> GraphContent:
    head, _, data = written.partition(b"\n")
    graph, parts, check = json.loads(head)
    if zlib.crc32(data) != check:
        raise ValueError("its checksum is another one")
    lines = []
    for size, count, length in parts:
        lines.append(PackedLines(data[:length], size, count))
        data = data[length:]
    triples, *closure = lines
    return GraphContent(NamedNode(graph), triples, closure[0] if closure else None)
