import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from cellkg.errors import StoreError
from cellkg.store import cache, complete_folders

WAIT_SECONDS = 30.0
VERSIONS = ["a" * 64, "b" * 64, "c" * 64, "d" * 64, "e" * 64]
A, B, C, D, E = VERSIONS


def fill(content: Path) -> dict[str, str]:
    (content / "store").mkdir()
    (content / "store" / "data").write_text("the data")
    return {"quads": "7"}


def never(_: Path) -> dict[str, str]:
    pytest.fail("nothing was to be built")


def builds_in(folder: Path) -> set[str]:
    """The data versions that have a folder, shortened to their letter."""
    return {path.name[0] for path in folder.iterdir() if path.name[:32] == path.name[0] * 32}


def leftovers_in(folder: Path) -> list[str]:
    return [
        path.name
        for path in folder.iterdir()
        if path.name.startswith(("cellkg-building", "cellkg-removing"))
    ]


class Child:
    """Another process that works on the cache; it says how far it is, and waits to be told on."""

    def __init__(self, folder: Path, body: str) -> None:
        script = (
            "import sys, time\n"
            "from pathlib import Path\n"
            "from cellkg.store import cache, complete_folders\n"
            "folder = Path(sys.argv[1])\n"
            "def at(place):\n"
            "    sys.stdout.write(place + '\\n')\n"
            "    sys.stdout.flush()\n"
            "    sys.stdin.readline()\n"
            "def fill(content):\n"
            "    (content / 'data').write_text('the data')\n"
            "    at('filling')\n"
            "    return {'quads': '7'}\n"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", script + body, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def reaches(self, place: str) -> None:
        """Wait until it gets there."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == place + "\n"

    def goes_on(self) -> None:
        """Let it."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def is_killed(self) -> None:
        """Kill it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait(WAIT_SECONDS) == -signal.SIGKILL

    def ends_well(self) -> None:
        """Wait for its end."""
        assert self.process.wait(WAIT_SECONDS) == 0


def test_a_build_is_found_again(tmp_path: Path) -> None:
    assert cache.find(tmp_path, A) is None
    made = cache.build(tmp_path, A, fill)
    assert (made.folder / "store" / "data").read_text() == "the data"
    assert made.facts["quads"] == "7"
    assert made.facts["data version"] == A
    found = cache.find(tmp_path, A)
    assert found is not None
    assert (found.folder, found.facts) == (made.folder, made.facts)
    assert cache.find(tmp_path, B) is None
    assert leftovers_in(tmp_path) == []


def test_the_folder_of_the_cache_is_made(tmp_path: Path) -> None:
    assert cache.build(tmp_path / "a" / "b", A, fill).folder.parent == tmp_path / "a" / "b"


def test_what_a_build_raises_passes_through_and_nothing_is_left(tmp_path: Path) -> None:
    def broken(content: Path) -> dict[str, str]:
        fill(content)
        raise KeyError("the reason")

    with pytest.raises(KeyError, match="the reason"):
        cache.build(tmp_path, A, broken)
    assert cache.find(tmp_path, A) is None
    assert leftovers_in(tmp_path) == []


@pytest.mark.parametrize("made_by", ["cellkg", "pyoxigraph", "store format"])
def test_what_another_version_made_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_by: str
) -> None:
    folder = cache.build(tmp_path, A, fill).folder
    if made_by == "cellkg":
        monkeypatch.setattr(cache, "__version__", "99.0")
        monkeypatch.setattr(complete_folders, "__version__", "99.0")
    elif made_by == "pyoxigraph":
        monkeypatch.setattr("pyoxigraph.__version__", "99.0")
    else:
        monkeypatch.setattr(complete_folders, "STORE_FORMAT", 99)
    assert cache.find(tmp_path, A) is None
    with pytest.raises(StoreError) as caught:
        complete_folders.open_folder(folder)
    assert caught.value.kind == "version"
    assert str(caught.value).startswith(f"The store in '{folder}' was written with {made_by} ")
    assert str(caught.value).count(". ") == 0
    assert cache.build(tmp_path, A, fill).folder != folder


def test_a_build_is_opened_by_its_folder(tmp_path: Path) -> None:
    folder = cache.build(tmp_path, A, fill).folder
    assert complete_folders.open_folder(folder).facts["data version"] == A


@pytest.mark.parametrize("name", ["none", "empty", "file/inside"])
def test_a_folder_that_is_no_build_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="is not a complete store of cellkg") as caught:
        complete_folders.open_folder(tmp_path / name)
    assert caught.value.kind == "disk"


@pytest.mark.parametrize("marker", [b"", b"nonsense", b"\xff\xfe", b"data version: other\n"])
def test_a_damaged_marker_is_not_trusted_and_the_build_replaced(
    tmp_path: Path, marker: bytes
) -> None:
    folder = cache.build(tmp_path, A, fill).folder
    (folder / "complete").write_bytes(marker)
    (folder / "store" / "data").write_text("damaged")
    assert cache.find(tmp_path, A) is None
    assert (cache.build(tmp_path, A, fill).folder / "store" / "data").read_text() == "the data"
    assert leftovers_in(tmp_path) == []


def test_a_build_without_a_marker_is_replaced(tmp_path: Path) -> None:
    folder = cache.build(tmp_path, A, fill).folder
    (folder / "complete").unlink()
    assert cache.find(tmp_path, A) is None
    cache.build(tmp_path, A, fill)
    assert cache.find(tmp_path, A) is not None


def test_a_damaged_build_can_be_removed(tmp_path: Path) -> None:
    made = cache.build(tmp_path, A, fill)
    cache.remove(tmp_path, made)
    assert cache.find(tmp_path, A) is None
    assert builds_in(tmp_path) == set()


def test_where_nothing_can_be_removed_the_build_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cache.build(tmp_path, A, fill)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    cache.remove(tmp_path, made)
    assert builds_in(tmp_path) == {"a"}
    assert leftovers_in(tmp_path) == []


def used_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *versions: str) -> None:
    """Use builds one after the other, making those that are not there."""
    for second, version in enumerate(versions):
        build = cache.find(tmp_path, version) or cache.build(tmp_path, version, fill)
        os.utime(build.folder / "complete", (second, second))
        build.close()
    monkeypatch.setattr(os, "utime", lambda *_: None)


def test_only_the_last_used_builds_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_in_order(tmp_path, monkeypatch, A, B, C, A)
    cache.build(tmp_path, D, fill).close()
    assert builds_in(tmp_path) == {"a", "c", "d"}
    assert leftovers_in(tmp_path) == []


def test_using_a_build_keeps_it(tmp_path: Path) -> None:
    for second, version in enumerate((A, B, C)):
        build = cache.build(tmp_path, version, fill)
        os.utime(build.folder / "complete", (second, second))
        build.close()
    used = cache.find(tmp_path, A)
    assert used is not None
    used.close()
    cache.build(tmp_path, D, fill).close()
    assert builds_in(tmp_path) == {"a", "c", "d"}


def test_other_things_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    others = {
        "downloads/complete": "a folder that looks like a build",
        "building-plans/lock": "",
        "removing-stains/notes.txt": "",
        "inputs-2026.csv": "1,2",
        ".lock": "",
    }
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    for version in VERSIONS:
        cache.build(tmp_path, version, fill).close()
    assert {name: (tmp_path / name).read_text() for name in others} == others


def test_what_is_known_of_inputs_goes_with_their_build(tmp_path: Path) -> None:
    cache.build(tmp_path, A, fill)
    for name, version in (("cellkg-inputs-1", A), ("cellkg-inputs-2", B), ("cellkg-inputs-3", C)):
        (tmp_path / name).write_text(version + "\nand the files")
    (tmp_path / "cellkg-inputs-4").write_bytes(b"\xff")
    cache.build(tmp_path, B, fill)
    assert sorted(path.name for path in tmp_path.glob("cellkg-inputs-*")) == [
        "cellkg-inputs-1",
        "cellkg-inputs-2",
    ]


def test_a_build_in_use_by_another_process_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_in_order(tmp_path, monkeypatch, A, B, C)
    with Child(tmp_path, f"held = cache.find(folder, '{A}')\nat('reading')\n") as reader:
        reader.reaches("reading")
        cache.build(tmp_path, D, fill).close()
        cache.build(tmp_path, E, fill).close()
        assert "a" in builds_in(tmp_path)
        reader.goes_on()
        reader.ends_well()
    cache.build(tmp_path, B, fill).close()
    assert "a" not in builds_in(tmp_path)


def test_a_build_that_is_being_removed_is_not_opened(tmp_path: Path) -> None:
    folder = cache.build(tmp_path, A, fill).folder
    body = (
        "import fcntl\n"
        "marker = (folder / sys.argv[2] / 'complete').open('rb')\n"
        "fcntl.flock(marker, fcntl.LOCK_EX)\n"
        "at('locked')\n"
    ).replace("sys.argv[2]", repr(folder.name))
    with Child(tmp_path, body) as remover:
        remover.reaches("locked")
        assert cache.find(tmp_path, A) is None
        remover.goes_on()
        remover.ends_well()
    assert cache.find(tmp_path, A) is not None


KILLED_AT = {
    "making": (
        "import tempfile\n"
        "make = tempfile.mkdtemp\n"
        "tempfile.mkdtemp = lambda **where: (make(**where), at('making'))[0]\n"
        f"cache.build(folder, '{A}', lambda content: {{}})\n"
    ),
    "filling": f"cache.build(folder, '{A}', fill)\n",
    "marking": (
        "complete_folders.sync = lambda path: at('marking')\n"
        f"cache.build(folder, '{A}', lambda content: (content / 'data').write_text('x') and {{}})\n"
    ),
    "publishing": (
        "cache._publish = lambda *_: at('publishing')\n"
        f"cache.build(folder, '{A}', lambda content: {{}})\n"
    ),
    "pruning": (
        "cache._prune = lambda *_: at('pruning')\n"
        f"cache.build(folder, '{A}', lambda content: {{}})\n"
    ),
    "starting": (
        "cache.take_lock = lambda *_, **__: at('starting')\n"
        f"cache.build(folder, '{A}', lambda content: {{}})\n"
    ),
    "removing": (
        "import shutil\n"
        f"made = cache.build(folder, '{A}', lambda content: {{}})\n"
        "shutil.rmtree = lambda *_, **__: at('removing')\n"
        "cache.remove(folder, made)\n"
    ),
}


@pytest.mark.parametrize("place", KILLED_AT)
def test_a_build_killed_at_any_moment_leaves_nothing_that_is_trusted(
    tmp_path: Path, place: str
) -> None:
    with Child(tmp_path, KILLED_AT[place]) as child:
        child.reaches(place)
        child.is_killed()
    found = cache.find(tmp_path, A)
    assert (found is not None) == (place == "pruning"), "only a published build is complete"
    if found is None:
        assert leftovers_in(tmp_path) != []
        found = cache.build(tmp_path, A, fill)
    assert found.facts["data version"] == A
    cache.build(tmp_path, B, fill)
    assert leftovers_in(tmp_path) == []
    assert builds_in(tmp_path) == {"a", "b"}


def test_a_build_that_goes_on_is_not_taken_for_abandoned(tmp_path: Path) -> None:
    with Child(tmp_path, KILLED_AT["filling"]) as child:
        child.reaches("filling")
        cache.build(tmp_path, B, fill)
        assert len(leftovers_in(tmp_path)) == 1
        child.goes_on()
        child.ends_well()
    assert cache.find(tmp_path, A) is not None
    assert leftovers_in(tmp_path) == []


def test_two_processes_that_build_at_once_both_succeed(tmp_path: Path) -> None:
    body = (
        f"made = cache.build(folder, '{A}', fill)\n"
        "assert (made.folder / 'data').read_text() == 'the data'\n"
    )
    with Child(tmp_path, body) as one, Child(tmp_path, body) as two:
        one.reaches("filling")
        two.reaches("filling")
        two.goes_on()
        two.ends_well()
        winner = cache.find(tmp_path, A)
        assert winner is not None
        inode = winner.folder.stat().st_ino
        one.goes_on()
        one.ends_well()
    assert winner.folder.stat().st_ino == inode, "the second uses what the first made"
    assert leftovers_in(tmp_path) == []


def test_the_first_to_finish_wins(tmp_path: Path) -> None:
    def slower(content: Path) -> dict[str, str]:
        (content / "data").write_text("of the slower")
        cache.build(tmp_path, A, fill)
        return {"quads": "8"}

    assert cache.build(tmp_path, A, slower).facts["quads"] == "7"
    assert leftovers_in(tmp_path) == []


def problem_of_building(folder: Path, filler: Callable[[Path], dict[str, str]]) -> str:
    with pytest.raises(StoreError) as caught:
        cache.build(folder, A, filler)
    assert caught.value.kind == "cache"
    message = str(caught.value)
    assert message.startswith(f"The built graphs cannot be written to '{folder}' (")
    assert message.endswith("): name another folder with CELLKG_CACHE=…, or type  --store memory.")
    return message


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    assert "File exists" in problem_of_building(tmp_path / "cache", never)
    assert "Not a directory" in problem_of_building(tmp_path / "cache" / "inside", never)


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    body = (
        "import resource\n"
        "from pyoxigraph import Literal, Quad\n"
        "from cellkg.errors import StoreError\n"
        "from cellkg.store import LocalStore\n"
        "from cellkg.vocabulary import CKG, GRAPH, STUDY\n"
        "def fill(content):\n"
        "    store = LocalStore.create(content / 'store')\n"
        "    store.load(\n"
        "        Quad(STUDY['s'], CKG['count'], Literal(number), GRAPH['g'])\n"
        "        for number in range(20_000)\n"
        "    )\n"
        "    return {}\n"
        "limit = 80_000\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "try:\n"
        f"    cache.build(folder, '{A}', fill)\n"
        "except StoreError as error:\n"
        "    at(str(error))\n"
    )
    with Child(tmp_path, body) as child:
        assert child.process.stdout is not None
        said = child.process.stdout.readline()
        assert said.startswith(f"The built graphs cannot be written to '{tmp_path}' (")
        assert "File too large" in said
        assert "CELLKG_CACHE=…, or type  --store memory." in said
        child.goes_on()
        child.ends_well()
    assert builds_in(tmp_path) == set()
    assert leftovers_in(tmp_path) == []


def test_what_cannot_be_pruned_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(cache, "_prune", refuse)
    assert cache.build(tmp_path, A, fill).facts["quads"] == "7"


def test_a_build_that_is_gone_at_once_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_publish", lambda *_: None)
    with pytest.raises(StoreError, match="were taken away as soon as they were made"):
        cache.build(tmp_path, A, fill)


def test_on_a_disk_that_cannot_be_written_a_build_is_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.build(tmp_path, A, fill)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "utime", refuse)
    assert cache.find(tmp_path, A) is not None


def test_without_locks_everything_is_found_and_nothing_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_in_order(tmp_path, monkeypatch, A, B, C)

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    (tmp_path / "cellkg-building-x").mkdir()
    (tmp_path / "cellkg-building-x" / "lock").write_text("")
    cache.build(tmp_path, D, fill).close()
    assert cache.find(tmp_path, A) is not None
    assert builds_in(tmp_path) == {"a", "b", "c", "d"}
    assert leftovers_in(tmp_path) == ["cellkg-building-x"]


def test_where_locks_do_not_exist_moving_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complete_folders, "HAS_LOCKS", False)
    used_in_order(tmp_path, monkeypatch, A, B, C)
    cache.build(tmp_path, D, fill).close()
    assert builds_in(tmp_path) == {"b", "c", "d"}


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"CELLKG_CACHE": "/a/b", "XDG_CACHE_HOME": "/x"}, "/a/b"),
        ("linux", {"CELLKG_CACHE": "", "XDG_CACHE_HOME": "/x"}, "/x/cellkg"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "HOME/.cache/cellkg"),
        ("linux", {}, "HOME/.cache/cellkg"),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "HOME/Library/Caches/cellkg"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/cellkg/Cache"),
        ("win32", {}, "HOME/AppData/Local/cellkg/Cache"),
    ],
)
def test_the_cache_lies_where_the_system_keeps_caches(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    platform: str,
    environment: dict[str, str],
    expected: str,
) -> None:
    for name in ("CELLKG_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("sys.platform", platform)
    assert cache.default_folder() == Path(expected.replace("HOME", str(tmp_path)))


def test_without_a_home_folder_it_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CELLKG_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(StoreError, match="name one with CELLKG_CACHE"):
        cache.default_folder()


def test_a_build_is_let_go_with_its_object(tmp_path: Path) -> None:
    build = cache.build(tmp_path, A, fill)
    folder = build.folder
    del build
    for version in (B, C, D):
        os.utime(cache.build(tmp_path, version, fill).folder / "complete", (9e9, 9e9))
    assert not folder.exists()
