"""The note of a large study that is being written, so that the half of it is taken away.

A large study is added in several steps, for the sake of memory. Before the first, its graph is
noted in a file beside the marker of the store; after the last, the note is removed. Whoever opens a
store with a note, to read or to write, takes the study away first.
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from pyoxigraph import NamedNode

from cellkg.errors import StoreError
from cellkg.store.local_store import LocalStore
from cellkg.store.writing_through import sync

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Final

UNFINISHED: Final = "unfinished"
"""The file that names the graph."""

_STORE: Final = "store"


@contextmanager
def noted(folder: Path, graph: NamedNode) -> Iterator[None]:
    """Note a study while its graph is being written.

    Args:
        folder: The folder of the store, which this process alone may write to.
        graph: The graph of the study, which is not there yet. When this ends, its quads have to be
            on the disk; where it ends with an error, the note stays.

    Raises:
        OSError: The note cannot be written.
    """
    written = folder / f"{UNFINISHED}.new"
    with written.open("wb") as file:
        file.write(graph.value.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / UNFINISHED)
    sync(folder)
    yield
    (folder / UNFINISHED).unlink()
    sync(folder)


def take_away(folder: Path) -> None:
    """Take away the study that a note names; without one, do nothing.

    Args:
        folder: The folder of the store, which nobody else uses.

    Raises:
        StoreError: The store is damaged, or cannot be written to.
    """
    note = folder / UNFINISHED
    if not note.exists():
        return
    try:
        store = LocalStore.open_to_write(folder / _STORE, holding=None)
        store.remove_study(NamedNode(note.read_text("utf-8")))
        store.flush()
        note.unlink()
        sync(folder)
    except OSError as error:
        raise StoreError(
            f"The store in '{folder}' holds the half of a study, which cannot be taken away"
            f" ({error.strerror or error}): make the folder writable, and ask again.",
            kind="disk",
            location=folder,
        ) from error
