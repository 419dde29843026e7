import os
import time
from pathlib import Path

import pytest

from cellkg.validation.findings_cache import FOLDER_NAME, KEPT_SECONDS, FindingsCache


def test_what_was_put_is_there_for_others(tmp_path: Path) -> None:
    one, other = FindingsCache(tmp_path / "a" / "b"), FindingsCache(tmp_path / "a" / "b")
    key = one.key(b"x")
    assert one.get(key) is None
    one.put(key, {"findings": ["ü 😀", None, 1]})
    assert other.get(key) == {"findings": ["ü 😀", None, 1]}
    assert [path.suffix for path in (tmp_path / "a" / "b").iterdir()] == [".json"]


def test_the_folder_is_that_of_cellkg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELLKG_CACHE", str(tmp_path))
    cache = FindingsCache()
    cache.put(cache.key(), [])
    assert (tmp_path / FOLDER_NAME / f"{cache.key()}.json").is_file()


def test_without_a_home_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    for name in ("CELLKG_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    cache = FindingsCache()
    cache.put(cache.key(), [])
    cache.remove_old()
    assert cache.get(cache.key()) is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = FindingsCache(tmp_path / "file" / "folder")
    cache.put(cache.key(), [])
    cache.remove_old()
    assert cache.get(cache.key()) is None


def test_what_nobody_asks_for_is_removed(tmp_path: Path) -> None:
    cache = FindingsCache(tmp_path)
    names = ("old", "asked for", "new")
    keys = {name: cache.key(name.encode()) for name in names}
    for key in keys.values():
        cache.put(key, [])
    half_written, foreign = tmp_path / "x.new", tmp_path / "README"
    long_ago = time.time() - KEPT_SECONDS - 60
    for path in (half_written, foreign):
        path.touch()
        os.utime(path, (long_ago, long_ago))
    for name in ("old", "asked for"):
        os.utime(tmp_path / f"{keys[name]}.json", (long_ago, long_ago))
    assert cache.get(keys["asked for"]) == []
    cache.remove_old()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"README", f"{keys['asked for']}.json", f"{keys['new']}.json"}
