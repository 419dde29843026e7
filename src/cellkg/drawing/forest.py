"""Each study's own estimate of how often an event comes, and what cannot be estimated, with why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.drawing.page import Stamp, stamp_of
from cellkg.errors import MissingExtra
from cellkg.overview import StudyOverview, read_studies
from cellkg.querying import find_question, run
from cellkg.shipped_files import folder
from cellkg.vocabulary import STUDY, TERM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cellkg.overview import Selection
    from cellkg.querying.answer import PlainValue
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

QUESTION: Final = "incidence"
"""The stored question that a forest is drawn from."""

PATIENTS: Final = TERM["patients"].value
UNIT_NOT_STATED: Final = TERM["unit-not-stated"].value

LEVEL: Final = 0.95
"""How sure an interval is to hold the true share."""

DENIED: Final = "denied without a number"
NOT_STATED: Final = "the event is not stated"
_REPORTED: Final = "reported without a number"
_FIRST_REASONS: Final = (DENIED, _REPORTED)
"""Which reasons are listed first below the line; silence comes last."""


class Interval(NamedTuple):
    """A share of people, in per cent, with its exact interval."""

    share: float
    low: float
    high: float

    def __str__(self) -> str:
        """One line for people, such as ``14.3 % [4.0; 32.7]``."""
        return f"{self.share:.1f} % [{self.low:.1f}; {self.high:.1f}]"


class Estimate(NamedTuple):
    """What one record of a study says of the event.

    Attributes:
        study: The study.
        group: The result group as printed; None for the whole study.
        group_of: Whose group it is; empty where nothing is said.
        counted: The number counted; None where it is unknown.
        at_risk: The people it is out of; None where they are unknown.
        unit: What is counted, in words; empty where nothing is.
        certain: Whether people are counted; False where the unit is not stated.
        serious: True where only serious events are meant, False where only others are.
        quote: The words it rests on; None where there are none.
        record: The IRI of the record; None for silence.
        reason: Why it is not on the line; None where it is.
        interval: Its interval; None where it is not on the line.
    """

    study: StudyOverview
    group: str | None
    group_of: str
    counted: int | None
    at_risk: int | None
    unit: str
    certain: bool
    serious: bool | None
    quote: str | None
    record: str | None
    reason: str | None
    interval: Interval | None

    @property
    def fraction(self) -> str:
        """The number counted out of the people at risk; a question mark for what is unknown."""
        if self.counted is None and self.at_risk is None:
            return ""
        count, at_risk = (
            "?" if each is None else f"{each:,}" for each in (self.counted, self.at_risk)
        )
        return f"{count}/{at_risk}"

    @property
    def record_name(self) -> str:
        """The name of the record that ``cellkg why`` takes; empty for silence."""
        return (self.record or "").removeprefix(STUDY.iri)

    @property
    def group_words(self) -> str:
        """Whose group it is, and what it is called."""
        words = [self.group_of or "no group", self.group or ""]
        if self.serious is not None:
            words.append("serious only" if self.serious else "not serious only")
        return " · ".join(each for each in words if each)


class Forest(NamedTuple):
    """The estimates of studies.

    Attributes:
        event: The event, in words.
        on_line: What has an interval, the largest share first.
        below: What has none, by the reason, each with its words.
        not_asked: How many of the selected studies the question left aside.
        asked: The cell types, routes and conditions asked for, in words.
        selection: What was selected, in words.
        stamp: What it was made from.
    """

    event: str
    on_line: tuple[Estimate, ...]
    below: dict[str, tuple[Estimate, ...]]
    not_asked: int
    asked: str
    selection: str
    stamp: Stamp

    @property
    def title(self) -> str:
        """What the picture shows."""
        return f"How often {self.event} was counted, study by study"

    @property
    def caption(self) -> str:
        """What was asked and selected, and what that leaves aside."""
        aside = "1 study" if self.not_asked == 1 else f"{self.not_asked:,} studies"
        return (
            f"{self.asked}; shown: {self.selection}. Not asked: {aside} for which none of the"
            " sources states such a cell type, route or condition, or describes the study."
        )


def exact_interval(count: int, at_risk: int) -> Interval:
    """Work out the exact interval of a share.

    It is that of Clopper and Pearson (Biometrika 1934;26:404-413, doi:10.1093/biomet/26.4.404):
    the shares at which the number seen, or one further off, has a chance of 2.5 %.

    Args:
        count: People with the event.
        at_risk: All people, at least one and not fewer.

    Returns:
        The share and the bounds of its interval, in per cent.

    Raises:
        MissingExtra: The library of the beta distribution is not installed.

    Example:
        >>> str(exact_interval(4, 28)), str(exact_interval(0, 19))
        ('14.3 % [4.0; 32.7]', '0.0 % [0.0; 17.6]')
    """
    try:
        from scipy.special import betaincinv
    except ImportError:
        raise MissingExtra("Working out an interval", "draw") from None
    tail = (1 - LEVEL) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, at_risk - count + 1, tail))
    high = 1.0 if count == at_risk else float(betaincinv(count + 1, at_risk - count, 1 - tail))
    return Interval(100 * count / at_risk, 100 * low, 100 * high)


def read_forest(
    store: GraphStore,
    terms: TermIndex,
    selection: Selection,
    *,
    event: str,
    cell_types: Sequence[str] = (),
    routes: Sequence[str] = (),
    conditions: Sequence[str] = (),
) -> Forest:
    """Read what each study says of an event.

    Args:
        store: The graphs.
        terms: The terms.
        selection: Which studies.
        event: The event, by a name, a compact IRI or an IRI.
        cell_types: The cell types; any that is stated where none is given.
        routes: The routes of administration, likewise.
        conditions: The conditions; any, stated or not, where none is given.

    Returns:
        The estimates.

    Raises:
        UserInputError: A name stands for no term.
        MissingExtra: The library of the beta distribution is not installed.
        StoreError: The graphs cannot be read or reached.
    """
    values = {
        "event": [event],
        "cellType": list(cell_types) or _roots(terms, "cell-types"),
        "route": list(routes) or _roots(terms, "routes"),
        "condition": list(conditions) or None,
    }
    rows = run(find_question(QUESTION, folder("queries")), store, terms, values).as_dicts()
    everything = read_studies(store, selection.studies)
    asked = {str(row["study"]) for row in rows}
    studies = {each.iri: each for each in everything if each.iri in asked}
    estimates = [
        _estimate(row, studies[str(row["study"])], terms)
        for row in rows
        if str(row["study"]) in studies
    ]
    what = [
        _asked("cell type", cell_types, terms, "cell-types"),
        _asked("route of administration", routes, terms, "routes"),
        _asked("condition", conditions, terms, "conditions") if conditions else "any condition",
    ]
    return Forest(
        terms.resolve(event, "adverse-events").label,
        tuple(sorted((each for each in estimates if each.interval is not None), key=_by_share)),
        _by_reason(estimates),
        len(everything) - len(studies),
        "Asked: " + ", ".join(what),
        selection.words,
        stamp_of(store.data_version, everything),
    )


def _roots(terms: TermIndex, kind: str) -> list[str]:
    return [each.iri for each in terms.of_kind(kind) if not each.broader]


def _asked(what: str, given: Sequence[str], terms: TermIndex, kind: str) -> str:
    if not given:
        return f"any {what} that is stated"
    return " or ".join(terms.resolve(each, kind).label for each in given)


def _estimate(row: Mapping[str, PlainValue], study: StudyOverview, terms: TermIndex) -> Estimate:
    count, at_risk = (_number(row[name]) for name in ("count", "atRisk"))
    unit = _text(row["countUnit"])
    reason = _reason(str(row["answer"]), count, at_risk, unit)
    interval = None
    if reason is None:
        assert count is not None  # noqa: S101 - what no reason means, told to mypy
        assert at_risk is not None  # noqa: S101 - likewise
        interval = exact_interval(count, at_risk)
    serious = row["serious"]
    return Estimate(
        study=study,
        group=_text(row["group"]),
        group_of=_text(row["groupOf"]) or "",
        counted=count,
        at_risk=at_risk,
        unit=terms[unit].label if unit in terms and unit is not None else unit or "",
        certain=unit == PATIENTS,
        serious=serious if isinstance(serious, bool) else None,
        quote=_text(row["quote"]),
        record=_text(row["record"]),
        reason=reason,
        interval=interval,
    )


def _reason(answer: str, count: int | None, at_risk: int | None, unit: str | None) -> str | None:
    """Say why a row cannot be put on the line, or None if it can."""
    if answer.startswith("left out: "):
        return answer.removeprefix("left out: ")
    if count is None or not at_risk:
        return "no number that can be read"
    if unit not in {PATIENTS, UNIT_NOT_STATED, None}:
        return "events or administrations are counted, not people"
    return "more are counted than were at risk" if count > at_risk else None


def _by_share(estimate: Estimate) -> tuple[float, str, str]:
    assert estimate.interval is not None  # noqa: S101 - only these are sorted, told to mypy
    return -estimate.interval.share, estimate.study.name, estimate.record or ""


def _by_reason(estimates: Sequence[Estimate]) -> dict[str, tuple[Estimate, ...]]:
    reasons = {each.reason for each in estimates if each.reason is not None}
    ranked = sorted(
        reasons,
        key=lambda reason: (
            reason == NOT_STATED,
            _FIRST_REASONS.index(reason) if reason in _FIRST_REASONS else len(_FIRST_REASONS),
            reason,
        ),
    )
    return {
        reason: tuple(
            sorted(
                (each for each in estimates if each.reason == reason),
                key=lambda each: (each.study.name, each.record or ""),
            )
        )
        for reason in ranked
    }


def _number(value: PlainValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: PlainValue) -> str | None:
    return None if value is None else str(value)


def axis_end(forest: Forest) -> int:
    """Choose how far the axis goes, in per cent: as far as the intervals, and a round number.

    Args:
        forest: The estimates.

    Returns:
        A round number, at most 100.
    """
    highest = max((each.interval.high for each in forest.on_line if each.interval), default=100.0)
    return next(each for each in (5, 10, 20, 30, 40, 50, 60, 80, 100) if highest <= each)
