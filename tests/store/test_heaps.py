"""Heaps are few, and what is free in them is given back, where the C library is the one of GNU."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from cellkg.store.heaps import give_back, share_heaps

THREADS = 8
COUNT_HEAPS = f"""
import ctypes
from threading import Barrier, Thread

all_there = Barrier({THREADS})
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p

def take():
    all_there.wait()
    library.malloc(100_000)
    all_there.wait()

threads = [Thread(target=take) for _ in range({THREADS})]
for each in threads:
    each.start()
for each in threads:
    each.join()
output = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, output)
library.fflush(output)
"""


of_gnu = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")


@of_gnu
@pytest.mark.parametrize(("first", "shared"), [("", False), ("share_heaps()", True)])
def test_threads_share_two_heaps(first: str, *, shared: bool) -> None:
    program = f"from cellkg.store.heaps import share_heaps\n{first}\n{COUNT_HEAPS}"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    heaps = told.stdout.count(b"<heap nr=")
    assert heaps == 2 if shared else heaps > 2


HOLES = """
from pathlib import Path
from cellkg.store.heaps import give_back

def pages():
    return int(Path("/proc/self/statm").read_text().split()[1])

texts = [bytes(50_000) for _ in range(2_000)]
del texts[: len(texts) - 1]
before = pages()
give_back()
print(before, pages())
"""


@of_gnu
def test_what_is_free_is_given_back() -> None:
    told = subprocess.run([sys.executable, "-c", HOLES], check=True, capture_output=True)
    before, after = map(int, told.stdout.split())
    assert after < before / 2


def test_other_libraries_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    share_heaps()
    give_back()
