"""How often, and how far apart."""

import pytest

from cellkg.importers.prose.schedules import schedule_in
from cellkg.importers.prose.texts import Passage
from cellkg.vocabulary import shorten

TIMES = [
    ("three infusions", (3, 3)),
    ("a single intravenous dose", (1, 1)),
    ("2 to 4 injections", (2, 4)),
    ("weekly for 4 weeks", (4, 4)),
    ("once a month for 3 months", (3, 3)),
    ("given four times", (4, 4)),
    ("injected twice", (2, 2)),
    ("two doses 1 month apart", (2, 2)),
    ("infused once.", (1, 1)),
    ("a dose of 5 mg", None),
    ("three dose groups", None),
    ("once a week", None),
    ("10 patients", None),
    ("", None),
]
SPACINGS = [
    ("every 2 weeks", (2, 2, "week")),
    ("two doses 1 month apart", (1, 1, "month")),
    ("at 2-week intervals", (2, 2, "week")),
    ("at intervals of 3 months", (3, 3, "month")),
    ("every other day", (2, 2, "day")),
    ("every 4 to 6 weeks", (4, 6, "week")),
    ("weekly for 4 weeks", (1, 1, "week")),
    ("followed for 2 years", None),
    ("", None),
]


def test_the_suite_has_its_cases() -> None:
    assert (len(TIMES), len(SPACINGS)) == (14, 9)


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_administrations_are_counted(text: str, expected: tuple[int, int] | None) -> None:
    schedule = schedule_in([Passage("/x", text)])
    least, most = schedule.administrations_min, schedule.administrations_max
    assert (least and most and (least.value, most.value)) == expected


@pytest.mark.parametrize(("text", "expected"), SPACINGS)
def test_intervals_are_read(text: str, expected: tuple[int, int, str] | None) -> None:
    schedule = schedule_in([Passage("/x", text)])
    found = None
    if schedule.interval_min and schedule.interval_max and schedule.interval_unit:
        unit = shorten(schedule.interval_unit).removeprefix("term:")
        found = (schedule.interval_min.value, schedule.interval_max.value, unit)
    assert found == expected


def test_the_nearest_text_decides() -> None:
    texts = [Passage("/name", "two infusions"), Passage("/arm", "three infusions")]
    least = schedule_in(texts).administrations_min
    assert least is not None
    assert (least.value, least.pointer) == (2, "/name")
