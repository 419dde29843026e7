"""A fetch from beginning to end: new, continued, or only what changed since the last one."""

from __future__ import annotations

from dataclasses import dataclass

from cellkg.errors import UserInputError
from cellkg.importers.ctgov_api.fetch_state import FetchState, Run
from cellkg.importers.ctgov_api.record_folder import RecordFolder
from cellkg.importers.ctgov_api.registry import QueryRefused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Literal

    from cellkg.importers.ctgov_api.registry import Registry
    from cellkg.importers.ctgov_api.study_page import StudyPage
    from cellkg.importers.ctgov_api.study_query import StudyQuery

    Progress = Callable[[str, int, int | None], None]
    How = Literal["fetched", "continued", "begun again", "nothing to do", "nothing new"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did.

    Attributes:
        how: Whether it was begun and finished at once, continued after it was stopped, begun
            again because the registry had forgotten where it was, or not needed.
        run: The pages that were asked for; of a fetch that was not needed, the last ones.
    """

    how: How
    run: Run


def fetch_into(
    folder: Path,
    query: StudyQuery,
    registry: Registry,
    *,
    update: bool = False,
    progress: Progress | None = None,
) -> Fetched:
    """Fetch records into a folder, or go on where an earlier fetch of the same query stopped.

    Whatever goes wrong, the folder holds whole parts only, and the same call goes on from them.

    Args:
        folder: Where to keep them; it is made if it is not there.
        query: What to fetch.
        registry: Where from.
        update: Fetch what changed since the last complete fetch into the folder.
        progress: Is told what is done now, how many studies are kept, and of how many.

    Returns:
        What was done.

    Raises:
        UserInputError: The folder answers another query, nothing is there to update, or the
            registry does not take the question.
        StoreError: The registry cannot be reached, or the folder not written.
        SourceFileError: The state in the folder cannot be used.
    """
    records = RecordFolder(folder)
    with records.opened():
        state = records.state()
        if state is None:
            if update:
                raise UserInputError(
                    f"Nothing was fetched into '{folder}' yet, so there is nothing that could have"
                    " changed: leave out --since, or give it a day, such as --since 2024-02-29."
                )
            query.refuse_everything()
            state = FetchState(registry.api, query, [])
            state.runs.append(Run.of(query, None, registry.clock.timestamp()))
        elif not state.is_for(registry.api, query, update=update):
            raise UserInputError(
                f"'{folder}' holds the answer to another query: choose another folder with -o."
            )
        last = state.runs[-1]
        if last.finished is not None:
            if not update:
                return Fetched("nothing to do", last)
            version = registry.data_version()
            if last.data_versions == [version]:
                return Fetched("nothing new", last)
            state.runs.append(Run.of(state.query, state.update_since(), registry.clock.timestamp()))
        return _carry_out(records, state, registry, progress)


def _carry_out(
    records: RecordFolder, state: FetchState, registry: Registry, progress: Progress | None
) -> Fetched:
    """Bring the last run of a state to its end."""
    run = state.runs[-1]
    kept_before = run.pages
    records.drop_beyond(len(state.runs), run.pages)
    try:
        for page in _pages(state.query, registry, run, progress):
            records.keep(len(state.runs), run.pages + 1, page)
            run.took(page)
            records.save(state)
    except QueryRefused:
        if kept_before == 0 or run.pages > kept_before:
            raise
        # It took this question before, so what it does not know any more is the page.
        state.runs[-1] = Run.of(state.query, run.since, registry.clock.timestamp())
        records.save(state)
        return Fetched("begun again", _carry_out(records, state, registry, progress).run)
    run.finished = registry.clock.timestamp()
    records.save(state)
    return Fetched("continued" if kept_before else "fetched", run)


def fetch_to(
    write: Callable[[bytes], object],
    query: StudyQuery,
    registry: Registry,
    *,
    progress: Progress | None = None,
) -> Run:
    """Fetch records and pass them on, page by page, keeping nothing.

    Args:
        write: Takes the records of a page, as lines of JSON.
        query: What to fetch.
        registry: Where from.
        progress: As in `fetch_into`.

    Returns:
        What was asked and given.

    Raises:
        UserInputError: The registry does not take the question, or all studies are asked for.
        StoreError: The registry cannot be reached.
    """
    query.refuse_everything()
    run = Run.of(query, None, registry.clock.timestamp())
    for page in _pages(query, registry, run, progress):
        write(b"".join(record + b"\n" for record in page.records))
        run.took(page)
    run.finished = registry.clock.timestamp()
    return run


def _pages(
    query: StudyQuery, registry: Registry, run: Run, progress: Progress | None
) -> Iterator[StudyPage]:
    """Ask for the pages that a run still wants; who gets one tells the run when it is kept."""
    parameters = query.parameters(run.since)
    before, began = run.studies, registry.clock.now()
    run.saw(registry.data_version())
    while run.has_next_page:
        if progress is not None:
            progress(
                _step(run, run.studies - before, registry.clock.now() - began),
                run.studies,
                run.total,
            )
        yield registry.page(parameters, run.next_page)
    # The data change once a day: twice is often enough to notice, and costs one request.
    run.saw(registry.data_version())


def _step(run: Run, gained: int, seconds: float) -> str:
    studies = "" if run.total is None else f": {run.studies:,} of {run.total:,} studies"
    rate = f", {gained / seconds:,.0f} a second" if gained and seconds else ""
    return f"page {run.pages + 1}{studies}{rate}"
