"""The folder that keeps what was fetched: parts and a state, each whole or not there.

::

    <folder>/
    ├── .cellkg-fetch.json            what was asked and how far it has come
    ├── studies-001-00001.jsonl.gz    run 1, page 1: the records as received, one a line
    ├── studies-001-00002.jsonl.gz
    └── studies-002-00001.jsonl.gz    run 2, an update: newer versions beside the old ones

The import reads the folder as it is: it leaves out files whose names begin with a dot.

A part is written before the state that counts it. A process that is killed in between writes the
same part again, under the same name, when it is started again.
"""

from __future__ import annotations

import gzip
import os
import re
from contextlib import contextmanager

from cellkg.errors import SourceFileError, StoreError, UserInputError
from cellkg.importers.ctgov_api.fetch_state import FetchState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Final

    from cellkg.importers.ctgov_api.study_page import StudyPage

STATE_NAME: Final = ".cellkg-fetch.json"
_PART: Final = re.compile(r"studies-(\d{3,})-(\d{5,})\.jsonl\.gz")
_UNFINISHED: Final = ".unfinished"
_GZIP_LEVEL: Final = 6


class RecordFolder:
    """A folder of fetched records, which one process at a time writes.

    Args:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folder where there is none, and keep other processes from writing to it.

        Raises:
            UserInputError: Another process is fetching into it, or it is no folder.
            StoreError: It cannot be made, read or written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with _locked(self.path) as free:
                if not free:
                    raise UserInputError(
                        f"Another process is fetching into '{self.path}': wait for it, or choose"
                        " another folder with -o."
                    )
                yield
        except (FileExistsError, NotADirectoryError):
            raise UserInputError(
                f"'{self.path}' is no folder: choose one with -o.", value=str(self.path)
            ) from None
        except OSError as error:
            raise StoreError(
                f"The folder '{self.path}' cannot be read or written: {error.strerror or error}.",
                location=self.path,
            ) from error

    def state(self) -> FetchState | None:
        """Read how far the folder has come; None where nothing was fetched into it yet.

        Raises:
            UserInputError: It holds records that no state tells of.
            SourceFileError: The state cannot be used, or a part that it counts is gone.
        """
        file = self.path / STATE_NAME
        parts = [part for each in self.path.iterdir() if (part := _PART.fullmatch(each.name))]
        if file.exists():
            state = FetchState.read(file)
            for number, run in enumerate(state.runs, start=1):
                here = sum(int(part[1]) == number and int(part[2]) <= run.pages for part in parts)
                if here < run.parts:
                    raise SourceFileError(
                        f"It counts {run.parts} parts of run {number}, and {here} are here: put"
                        " back what was removed, or fetch into a new folder.",
                        file,
                    )
            return state
        if parts:
            raise UserInputError(
                f"'{self.path}' holds fetched records, but not '{STATE_NAME}', which tells of"
                " them: choose another folder with -o."
            )
        return None

    def save(self, state: FetchState) -> None:
        """Write how far the folder has come."""
        self._write_whole(STATE_NAME, state.as_json())

    def keep(self, run: int, number: int, page: StudyPage) -> None:
        """Write the records of a page as one part; of an empty page nothing.

        Args:
            run: Which run it belongs to, counted from 1.
            number: Which page of the run it is, counted from 1.
            page: The page.
        """
        if page.records:
            lines = b"".join(record + b"\n" for record in page.records)
            # No time of writing inside: the same page always gives the same bytes.
            packed = gzip.compress(lines, _GZIP_LEVEL, mtime=0)
            self._write_whole(f"studies-{run:03}-{number:05}.jsonl.gz", packed)

    def drop_beyond(self, run: int, number: int) -> None:
        """Remove what a killed process left: parts that its state never counted."""
        for file in self.path.iterdir():
            part = _PART.fullmatch(file.name)
            if (part and int(part[1]) == run and int(part[2]) > number) or (
                file.name.startswith(".") and file.name.endswith(_UNFINISHED)
            ):
                file.unlink()

    def _write_whole(self, name: str, content: bytes) -> None:
        unfinished = self.path / f".{name}{_UNFINISHED}"
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path / name)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder, which goes with the process; tells whether it was free."""
    try:
        import fcntl
    except ImportError:  # Windows, where a folder cannot be locked
        yield True
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = True
        except BlockingIOError:
            free = False
        except OSError:  # a file system without locks
            free = True
        yield free
    finally:
        os.close(opened)
