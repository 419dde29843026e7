"""What a folder of fetched records is the answer to, and how far the answer has come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov_api.study_query import StudyQuery
from cellkg.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

    from cellkg.importers.ctgov_api.study_page import StudyPage

STATE_FORMAT: Final = 1
OVERLAP: Final = timedelta(days=1)
"""How far before the last data an update begins: records carry days, in a zone nobody states."""


@dataclass(slots=True)
class Run:
    """One walk through the pages of an answer, from the first to the last.

    Attributes:
        since: The day from which on records were asked for, where this run is an update.
        started: When, in UTC.
        finished: When all was kept; None until then.
        data_versions: The data of the registry, in the order seen: its timestamps.
        total: How many studies the registry announced.
        pages: How many pages are kept.
        parts: How many files they are: an empty page has none.
        studies: How many records are in them.
        next_page: The token of the next page; None before the first and after the last.
        missing: The NCT numbers asked for that no page has had yet, where each should be there.
    """

    since: str | None
    started: str
    finished: str | None = None
    data_versions: list[str] = field(default_factory=list)
    total: int | None = None
    pages: int = 0
    parts: int = 0
    studies: int = 0
    next_page: str | None = None
    missing: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, query: StudyQuery, since: str | None, started: str) -> Run:
        """Begin at the first page."""
        missing = list(query.ids) if query.names_every_study and since is None else []
        return cls(since, started, missing=missing)

    @property
    def has_next_page(self) -> bool:
        """Whether a page is still to be asked for."""
        return self.pages == 0 or self.next_page is not None

    def saw(self, data_version: str) -> None:
        """Note which data the registry has now."""
        if data_version not in self.data_versions[-1:]:
            self.data_versions.append(data_version)

    def took(self, page: StudyPage) -> None:
        """Note that a page is kept."""
        self.pages += 1
        self.parts += bool(page.records)
        self.studies += len(page.records)
        self.next_page = page.next_page
        self.missing = [each for each in self.missing if each not in page.identifiers]
        if self.total is None:
            self.total = page.total


@dataclass(slots=True)
class FetchState:
    """Everything that was asked for the records of one folder.

    Attributes:
        api: The address of the API.
        query: What was asked.
        runs: The first fetch, then the updates.
    """

    api: str
    query: StudyQuery
    runs: list[Run]

    def is_for(self, api: str, query: StudyQuery, *, update: bool) -> bool:
        """Whether the folder answers the same question.

        Args:
            api: The address of the API.
            query: The question.
            update: Whether the day is left to this state.
        """
        own = replace(self.query, since=None) if update else self.query
        return (self.api, own) == (api, query)

    def update_since(self) -> str:
        """Give the day from which on an update asks for records, so that none is missed."""
        oldest = min(self.runs[-1].data_versions)
        since = (datetime.fromisoformat(oldest) - OVERLAP).date().isoformat()
        return max(since, self.query.since or since)

    def as_json(self) -> bytes:
        """Write the state as the content of its file."""
        content = {"format": STATE_FORMAT, "cellkg": __version__, **asdict(self)}
        return json.dumps(content, indent=2, ensure_ascii=False).encode("utf-8") + b"\n"

    @classmethod
    def read(cls, file: Path) -> FetchState:
        """Read a state from its file.

        Raises:
            SourceFileError: It is none, or one of another version of cellkg.
            OSError: It cannot be read.
        """
        try:
            content = json.loads(file.read_bytes())
            if content["format"] != STATE_FORMAT:
                raise SourceFileError(
                    "Another version of cellkg wrote this folder: fetch into a new one.",
                    file,
                    field="format",
                    value=content["format"],
                )
            asked = content["query"]
            query = StudyQuery(
                conditions=tuple(asked["conditions"]),
                interventions=tuple(asked["interventions"]),
                terms=tuple(asked["terms"]),
                ids=tuple(asked["ids"]),
                since=asked["since"],
            )
            state = cls(content["api"], query, [Run(**run) for run in content["runs"]])
            state.check()
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise SourceFileError(
                "This is not the state of a fetch, as cellkg writes it: fetch into a new folder.",
                file,
            ) from error
        return state

    def check(self) -> None:
        """Make sure that every value is of its kind.

        Raises:
            ValueError: One is not.
        """
        query = self.query
        texts = [self.api, *query.conditions, *query.interventions, *query.terms, *query.ids]
        optional = [query.since]
        counts: list[object] = []
        for run in self.runs:
            texts += [run.started, *run.data_versions, *run.missing]
            optional += [run.since, run.finished, run.next_page]
            counts += [run.pages, run.parts, run.studies, run.total or 0]
            if run.finished is not None and not run.data_versions:
                raise ValueError("nothing tells the data of a finished run")
            for version in run.data_versions:
                datetime.fromisoformat(version)
        texts += [each for each in optional if each is not None]
        if not self.runs or not all(isinstance(each, str) for each in texts):
            raise ValueError("a text is missing")
        if not all(isinstance(each, int) and each >= 0 for each in counts):
            raise ValueError("a count is no number")
