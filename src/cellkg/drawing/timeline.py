"""Studies in time: when each began and ended, as precisely as its sources say."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.drawing.page import Stamp, stamp_of
from cellkg.overview import StudyOverview, read_studies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.overview import Selection
    from cellkg.store import GraphStore

MOST_BARS: Final = 120
"""How many studies still have a bar each on one page; more are counted by year."""

PHASES: Final = (
    "early phase 1",
    "phase 1",
    "phase 1/2",
    "phase 2",
    "phase 2/3",
    "phase 3",
    "phase 4",
)
"""The phases, the earliest first."""

NOT_STATED: Final = "not stated"

_MONTHS: Final = 12

STATES: Final = {
    "completed": ("completed",),
    "going on": ("recruiting", "active, not recruiting", "enrolling by invitation", "available"),
    "planned": ("planned",),
    "stopped or suspended": (
        "terminated",
        "withdrawn",
        "suspended",
        "no longer available",
        "temporarily not available",
    ),
    "not known": ("unknown status",),
}
"""What is drawn alike: the statuses by the state they are put under; any other is "not known"."""


class Span(NamedTuple):
    """A date as precise as it was given, as years with decimals.

    Attributes:
        first: When the day, month or year begins.
        last: When it is over.
        text: The date as given.
    """

    first: float
    last: float
    text: str

    @property
    def precise(self) -> bool:
        """Whether the day is known."""
        return len(self.text) > len("2026-11")


class Bar(NamedTuple):
    """A study in time.

    Attributes:
        study: The study.
        start: When it began or is to begin.
        end: When it ended or is to end; None where that is not stated.
        phase: Its phase, or `NOT_STATED`; several are joined.
        state: A key of `STATES`.
    """

    study: StudyOverview
    start: Span
    end: Span | None
    phase: str
    state: str


class Timeline(NamedTuple):
    """Studies in time.

    Attributes:
        bars: The studies with a date of start, by that date.
        undated: The studies without one.
        studies: All of them.
        selection: What was selected, in words.
        stamp: What it was made from.
    """

    bars: tuple[Bar, ...]
    undated: tuple[StudyOverview, ...]
    studies: tuple[StudyOverview, ...]
    selection: str
    stamp: Stamp

    @property
    def title(self) -> str:
        """What the picture shows."""
        return "Studies in time, by phase and status"

    @property
    def folded(self) -> bool:
        """Whether there are too many studies for a bar each."""
        return len(self.bars) > MOST_BARS

    @property
    def years(self) -> tuple[int, int]:
        """The first year, and the one after the last."""
        firsts = [each.start.first for each in self.bars]
        lasts = [(each.end or each.start).last for each in self.bars]
        return int(min(firsts, default=2000)), int(max([*firsts, *lasts], default=2001) - 1e-6) + 1


def span_of(text: str) -> Span:
    """Read a date.

    Args:
        text: A year, a month or a day, as ISO 8601 writes them.

    Returns:
        The span of time it stands for.

    Raises:
        ValueError: It is no such date.

    Example:
        >>> span_of("2019").first, span_of("2019").last
        (2019.0, 2020.0)
        >>> span_of("2020-12").last
        2021.0
    """
    year, month, day = ([*map(int, text.split("-")), 0, 0])[:3]
    after = date(year + month // _MONTHS, month % _MONTHS + 1, 1) if month else date(year + 1, 1, 1)
    first = date(year, month or 1, day or 1)
    return Span(_decimal(first), _decimal(first) + 1 / 366 if day else _decimal(after), text)


def _decimal(day: date) -> float:
    length = 366 if isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / length


def read_timeline(store: GraphStore, selection: Selection) -> Timeline:
    """Read when studies began and ended.

    Args:
        store: The graphs.
        selection: Which studies.

    Returns:
        The studies in time.

    Raises:
        StoreError: The graphs cannot be read or reached.
    """
    studies = read_studies(store, selection.studies)
    return arrange(studies, store.data_version, selection.words)


def arrange(studies: Sequence[StudyOverview], data_version: str, selection: str) -> Timeline:
    """Put studies in time; see `read_timeline`."""
    bars = [bar for bar in map(_bar, studies) if bar is not None]
    dated = {bar.study.iri for bar in bars}
    return Timeline(
        tuple(sorted(bars, key=lambda bar: (bar.start.first, bar.start.last, bar.study.name))),
        tuple(study for study in studies if study.iri not in dated),
        tuple(studies),
        selection,
        stamp_of(data_version, studies),
    )


def _bar(study: StudyOverview) -> Bar | None:
    start = _span(study.start_date)
    if start is None:
        return None
    return Bar(study, start, _span(study.end_date), phase_of(study), state_of(study))


def _span(text: str | None) -> Span | None:
    try:
        return None if text is None else span_of(text)
    except ValueError:
        return None  # no date that can be drawn; the lists show it as it was given


def phase_of(study: StudyOverview) -> str:
    """Give the phase of a study; several are joined, none is `NOT_STATED`."""
    return " and ".join(study.phases) or NOT_STATED


def state_of(study: StudyOverview) -> str:
    """Give the state that the status of a study is put under."""
    return next(
        (state for state, several in STATES.items() if study.status in several), "not known"
    )


def phase_order(phase: str) -> tuple[int, str]:
    """Order phases: the earliest first, others after them, `NOT_STATED` last."""
    known = PHASES.index(phase) if phase in PHASES else len(PHASES)
    return known + (phase == NOT_STATED), phase


def counts_by_year(timeline: Timeline) -> dict[str, dict[int, dict[str, int]]]:
    """Count the studies that began in each year, by phase and state.

    Args:
        timeline: The studies in time.

    Returns:
        The numbers by phase, year and state; what is 0 is not in it.
    """
    counts: dict[str, dict[int, dict[str, int]]] = {
        phase: {} for phase in sorted({bar.phase for bar in timeline.bars}, key=phase_order)
    }
    for bar in timeline.bars:
        by_state = counts[bar.phase].setdefault(int(bar.start.first), {})
        by_state[bar.state] = by_state.get(bar.state, 0) + 1
    return counts
