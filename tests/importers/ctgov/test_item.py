from __future__ import annotations

import re
from decimal import Decimal

import pytest

from cellkg.importers.ctgov.item import FieldError, Item


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), (43, 43), ("43", 43), (" 7 ", 7), ("007", 7), (None, None), (2**63 - 1, 2**63 - 1)],
)
def test_a_count_is_a_number_or_digits(value: object, count: int | None) -> None:
    assert Item(value).whole_number() == count


@pytest.mark.parametrize(
    "value", [-1, "-1", True, Decimal("1.0"), "1.0", "", "many", "\u0663", "9" * 19, [], {}]
)
def test_nothing_else_is_a_count(value: object) -> None:
    with pytest.raises(FieldError, match="A count is a whole number"):
        Item(value, "/numAffected").whole_number()


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("-0.10", "-0.10"),
        ("+5", "5"),
        (".5", "0.5"),
        ("3.", "3"),
        ("1e-7", "1E-7"),
        (12, "12"),
        (Decimal("2.50"), "2.50"),
    ],
)
def test_a_number_keeps_its_digits(value: object, number: str) -> None:
    assert str(Item(value).number()) == number


@pytest.mark.parametrize(
    "value", [None, "", "NA", "<0.1", "1,000", "5%", "NaN", "Infinity", "1e400", "9" * 31, "0x1"]
)
def test_a_text_that_is_no_number_is_none(value: object) -> None:
    assert Item(value).number() is None


@pytest.mark.parametrize("value", [True, [], {}, Decimal("NaN"), Decimal("1E+400"), 10**40])
def test_what_is_neither_number_nor_text_is_refused(value: object) -> None:
    with pytest.raises(FieldError):
        Item(value).number()


@pytest.mark.parametrize("value", ["2020", "2020-02", "2020-02-29", " 2019-01-31 "])
def test_a_date_is_a_year_a_month_or_a_day(value: str) -> None:
    assert Item(value).date() == value.strip()


@pytest.mark.parametrize(
    "value",
    ["2021-02-29", "2020-13", "2020-00", "0000", "20", "2020-1-1", "May 2020", "2020-01-01T00:00"],
)
def test_what_no_calendar_has_is_no_date(value: str) -> None:
    with pytest.raises(FieldError, match="A date is"):
        Item(value).date()


def test_what_is_absent_leads_on_to_what_is_absent() -> None:
    absent = Item({}, "")["results"]["groups"]
    assert not absent
    assert absent.pointer == "/results/groups"
    assert (absent.items(), list(absent.texts()), absent.raw()) == ([], [], "")
    assert (absent.text(), absent.whole_number(), absent.number(), absent.date()) == (None,) * 4
    assert Item(0)
    assert Item("")


def test_members_of_a_list_have_their_place() -> None:
    texts = [(item.pointer, text) for item, text in Item(["a", " ", "b\\#"], "/x").texts()]
    assert texts == [("/x/0", "a"), ("/x/2", "b#")]


def test_a_list_holds_no_null() -> None:
    with pytest.raises(FieldError, match="No member of a list is null"):
        Item([1, None]).items()


def test_the_error_names_place_problem_and_value() -> None:
    with pytest.raises(FieldError, match=re.escape("A text is expected here.")) as caught:
        Item({"title": 5}, "/groups/0")["title"].text()
    assert (caught.value.pointer, caught.value.value) == ("/groups/0/title", 5)
