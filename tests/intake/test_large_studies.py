"""A study too large for one step: the half of it is never met, whenever the import is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

import cellkg
from cellkg.errors import StoreError
from cellkg.intake import Choice, into_store
from cellkg.pipeline import fill_import_store
from cellkg.store import LocalStore, import_store, replacing
from cellkg.store.complete_folders import (
    IMPORTED,
    CompleteFolder,
    make_at,
    open_folder,
    open_to_write,
    take_lock,
)
from cellkg.store.packed_lines import PackedLines
from cellkg.store.replacing import UNFINISHED, GraphContent, replace_in_steps
from cellkg.vocabulary import CLOSURE_GRAPH, STUDY, study_graph

MakeRecord = Callable[..., Any]
Lines = Callable[..., bytes]

LARGE = STUDY["NCT00000002"]
ROWS = 1_200
"""So many rows of adverse events are some ten megabytes of N-Triples."""
KILLS = 3
FILES_A_KILL = 12
"""Each kill waits for more files of the store than the last; a step writes about ten."""

LEAST_STEPS = 20


@pytest.fixture
def records(tmp_path: Path, record: MakeRecord, lines: Lines) -> Path:
    """Write a large record among small ones."""
    made = [record(number) for number in (1, 2, 3, 4)]
    module = made[1]["resultsSection"]["adverseEventsModule"]
    (row,) = module["otherEvents"]
    module["otherEvents"] = [row | {"term": f"Event {number}"} for number in range(ROWS)]
    file = tmp_path / "records.jsonl"
    file.write_bytes(lines(*made))
    return file


def quads_of(folder: Path) -> set[bytes]:
    lines = Store.read_only(str(folder / "store")).dump(format=RdfFormat.N_QUADS)
    assert lines is not None
    return {line for line in lines.splitlines() if b"_:" not in line}  # labels of no meaning


def files_of(folder: Path) -> int:
    return sum(1 for path in (folder / "store").iterdir() if path.suffix == ".sst")


def of_the_large_study(quads: set[bytes]) -> set[bytes]:
    """Give what its graph holds, and what follows from it."""
    graph = f" {study_graph(LARGE.value)} .".encode()
    subject, closure = f"<{LARGE.value}".encode(), f" {CLOSURE_GRAPH} .".encode()
    return {
        line
        for line in quads
        if line.endswith(graph) or (line.startswith(subject) and line.endswith(closure))
    }


@pytest.mark.slow
def test_a_large_study_is_there_whole_or_not_at_all_after_any_kill(
    tmp_path: Path, records: Path
) -> None:
    whole, target, begun = (tmp_path / name for name in ("whole", "target", "begun"))
    command = [str(Path(sys.executable).with_name("cellkg")), "import", "ctgov", str(records)]
    subprocess.run([*command, "--into-store", str(whole)], check=True, capture_output=True)
    expected = quads_of(whole)
    halves = 0
    for kill in range(KILLS):
        shutil.rmtree(target, ignore_errors=True)
        process = subprocess.Popen(
            [*command, "--into-store", str(target)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while not (target / UNFINISHED).exists():
            assert process.poll() is None
            time.sleep(0.001)
        files = files_of(target)
        while (target / UNFINISHED).exists() and files_of(target) < files + FILES_A_KILL * kill:
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if 0 < len(of_the_large_study(quads_of(target))) < len(of_the_large_study(expected)):
            halves += 1
            shutil.rmtree(begun, ignore_errors=True)
            shutil.copytree(target, begun)
        assert cellkg.open_graph(store=str(target)).store.graph_names()
        assert not (target / UNFINISHED).exists()
        assert of_the_large_study(quads_of(target)) == of_the_large_study(expected)
    assert halves, "no kill left the half of a study, so nothing was tried"
    subprocess.run([*command, "--into-store", str(begun)], check=True, capture_output=True)
    assert not (begun / UNFINISHED).exists()
    assert quads_of(begun) == expected


def test_a_large_study_is_the_same_in_many_steps_and_in_one(
    tmp_path: Path, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    add = LocalStore.add_whole

    def counted(store: LocalStore, quads: bytes) -> None:
        steps.append(len(quads))
        add(store, quads)

    monkeypatch.setattr(LocalStore, "add_whole", counted)
    stores = []
    for size in (64 * 1024, 64 * 1024 * 1024):
        for module in (import_store, replacing):
            monkeypatch.setattr(module, "BYTES_AT_ONCE", size)
        into_store(Choice((records,)), tmp_path / str(size), fill_import_store)
        stores.append(quads_of(tmp_path / str(size)))
        steps.append(0)
    assert stores[0] == stores[1]
    assert steps.index(0) > LEAST_STEPS
    in_few = steps[steps.index(0) + 1 : -1]
    assert len(in_few) == 3  # the studies, their institutions, which of them may overlap


WRITTEN = NamedNode("urn:g")
BEFORE = {
    b'<urn:s> <urn:p> "whole" <urn:other> .',
    b'<urn:a> <urn:p> "old" <urn:g> .',
    b'<urn:gone> <urn:p> "old" <urn:g> .',
    *(f"<urn:{name}> <urn:p> <urn:t> {CLOSURE_GRAPH} .".encode() for name in ("s", "a", "gone")),
}
NEW = b'<urn:a> <urn:p> "new" .\n<urn:b> <urn:p> "new" .\n'
FOLLOWS = b"<urn:a> <urn:p> <urn:new> .\n"
AFTER = {
    b'<urn:s> <urn:p> "whole" <urn:other> .',
    b'<urn:a> <urn:p> "new" <urn:g> .',
    b'<urn:b> <urn:p> "new" <urn:g> .',
    f"<urn:s> <urn:p> <urn:t> {CLOSURE_GRAPH} .".encode(),
    f"<urn:a> <urn:p> <urn:new> {CLOSURE_GRAPH} .".encode(),
}
STEPS = ("remove_graph", "add_whole", "flush")


@pytest.fixture(params=STEPS)
def half(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a store in which a graph was being replaced, until a step could not be done."""

    def fill(content: Path) -> dict[str, str]:
        LocalStore.create(content / "store").add_whole(b"\n".join(BEFORE))
        return {"content": IMPORTED}

    folder = tmp_path / "store"
    make_at(folder, fill)
    store = LocalStore.open_to_write(folder / "store", holding=None)
    content = GraphContent(WRITTEN, PackedLines.of([NEW]), PackedLines.of([FOLLOWS]))
    step = getattr(LocalStore, request.param)

    def broken(*given: object, **named: object) -> None:
        step(*given, **named)
        raise OSError("No space left on device")

    with monkeypatch.context() as during:
        during.setattr(LocalStore, request.param, broken)
        with pytest.raises(OSError, match="No space left"):
            replace_in_steps(folder, store, content)
    assert (folder / UNFINISHED).exists()
    return folder


@pytest.mark.parametrize("opened", [open_folder, open_to_write])
def test_whoever_opens_a_store_finishes_what_was_begun(
    half: Path, opened: Callable[[Path], CompleteFolder]
) -> None:
    held = opened(half)
    assert not (half / UNFINISHED).exists()
    assert quads_of(half) == AFTER
    held.close()


def test_the_half_of_a_study_that_is_being_written_is_left_alone(half: Path) -> None:
    marker = (half / "complete").open("rb")
    assert take_lock(marker, exclusive=True)
    with pytest.raises(StoreError, match="is being written to: wait"):
        open_folder(half)
    assert (half / UNFINISHED).exists()
    marker.close()


def test_half_a_note_is_no_note(half: Path) -> None:
    """A process that is killed while it writes the note has written nothing else yet."""
    note = half / UNFINISHED
    note.rename(half / f"{UNFINISHED}.new").write_bytes(b"[")
    before = quads_of(half)
    open_folder(half).close()
    assert quads_of(half) == before


@pytest.mark.parametrize("cut", [5, -5])
def test_a_damaged_note_is_told(half: Path, cut: int) -> None:
    note = half / UNFINISHED
    note.write_bytes(note.read_bytes()[:cut])
    with pytest.raises(StoreError, match=r"unfinished' is damaged .*: remove the folder"):
        open_folder(half)
    assert note.exists()
    with pytest.raises(zlib.error, match="cut off"):
        list(PackedLines(PackedLines.of([NEW]).data[:-5], 0, 0).unpacked())


def test_what_nothing_follows_from_leaves_the_closure_alone(tmp_path: Path) -> None:
    store = LocalStore.create(tmp_path / "store")
    store.add_whole(b"\n".join(BEFORE))
    replace_in_steps(tmp_path, store, GraphContent(WRITTEN, PackedLines.of([NEW]), None))
    assert {str(quad.subject) for quad in store.quads(graph=WRITTEN)} == {"<urn:a>", "<urn:b>"}
    closure = {line for line in BEFORE if str(CLOSURE_GRAPH).encode() in line}
    assert {f"{quad} .".encode() for quad in store.quads(graph=CLOSURE_GRAPH)} == closure


@pytest.mark.parametrize(
    ("lines", "same"),
    [
        (NEW, True),
        (NEW.replace(b"new", b"other"), False),
        (NEW[: NEW.index(b"\n") + 1], False),
        (NEW + b"<urn:a> <urn:p> <urn:c> .\n", False),
    ],
)
def test_what_a_graph_holds_is_compared_whole(lines: bytes, *, same: bool) -> None:
    store = LocalStore()
    store.add_whole(b"".join(PackedLines.of([NEW]).in_graph(WRITTEN)))
    assert store.holds_just(WRITTEN, PackedLines.of([lines]).in_graph(WRITTEN)) is same


def test_lines_stay_whole_however_small_the_steps() -> None:
    lines = b"".join(b'<urn:a> <urn:b> "%d .\\n" .\n' % number for number in range(30))
    packed = PackedLines.of([lines])
    assert (packed.size, packed.lines) == (len(lines), 30)
    (quads,) = packed.in_graph(WRITTEN)
    for size in (1, 40, 100, len(lines) - 1, len(lines), 2 * len(lines)):
        pieces = list(packed.in_graph(WRITTEN, size))
        assert all(piece.endswith(b" <urn:g> .\n") for piece in pieces)
        assert b"".join(pieces) == quads
    assert len(list(packed.in_graph(WRITTEN, 1))) == 30
