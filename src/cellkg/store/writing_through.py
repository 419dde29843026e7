"""Writing through to the disk, so that what is there stays there, whatever happens to the power."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def sync(path: Path) -> None:
    """Write a file or folder through to the disk, whatever happens to the power."""
    if sys.platform == "win32" and path.is_dir():
        return  # folders are not opened there
    opened = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
