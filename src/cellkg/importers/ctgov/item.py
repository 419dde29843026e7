"""A value inside a registry record, with the JSON Pointer that leads to it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cellkg.importers.ctgov.wording import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

_NUMBER: Final = re.compile(
    r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII
)
"""One with more digits was not measured."""

_DIGITS: Final = re.compile(r"\d{1,18}", re.ASCII)
_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


class FieldError(ValueError):
    """A field of a record is not what the registry's description says.

    Args:
        pointer: Where it stands.
        problem: What is wrong, as a sentence.
        value: What was found.
    """

    def __init__(self, pointer: str, problem: str, value: object) -> None:
        super().__init__(pointer, problem, value)
        self.pointer = pointer
        self.problem = problem
        self.value = value


class Item:
    """A value of a record and its place; an absent one is an item whose value is None.

    Args:
        value: What `json.loads` gave.
        pointer: The JSON Pointer (RFC 6901) that leads to it.

    Example:
        >>> record = Item({"groups": [{"id": "EG000"}]})
        >>> group = record["groups"].items()[0]["id"]
        >>> group.text(), group.pointer
        ('EG000', '/groups/0/id')
        >>> record["flow"]["groups"].items()
        []
    """

    __slots__ = ("pointer", "value")

    def __init__(self, value: object, pointer: str = "") -> None:
        self.value = value
        self.pointer = pointer

    def __bool__(self) -> bool:
        return self.value is not None

    def __getitem__(self, key: str) -> Item:
        """Step into an object; a key that is not there leads to an absent item.

        Raises:
            FieldError: This is neither an object nor absent.
        """
        value = self.value
        if isinstance(value, dict):
            return Item(value.get(key), f"{self.pointer}/{key}")
        if value is not None:
            self._refuse("An object is expected here.")
        return Item(None, f"{self.pointer}/{key}")

    def items(self) -> list[Item]:
        """List the members of an array; none where it is absent.

        Raises:
            FieldError: This is neither an array nor absent, or one of its members is null.
        """
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            self._refuse("A list is expected here.")
        if None in self.value:
            self._refuse("No member of a list is null.")
        return [Item(each, f"{self.pointer}/{place}") for place, each in enumerate(self.value)]

    def text(self) -> str | None:
        """Give a text as people would read it; None where it is absent or blank.

        Raises:
            FieldError: This is no text.
        """
        return tidy(self.raw()) or None

    def raw(self) -> str:
        """Give a text letter by letter, empty where it is absent.

        Raises:
            FieldError: This is no text.
        """
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self._refuse("A text is expected here.")
        return self.value

    def texts(self) -> Iterator[tuple[Item, str]]:
        """Give the texts of an array that are not blank, each with its item.

        Raises:
            FieldError: This is no array of texts.
        """
        for item in self.items():
            text = item.text()
            if text is not None:
                yield item, text

    def whole_number(self) -> int | None:
        """Give a count, which the registry writes as a number or as digits.

        Returns:
            The number; None where it is absent.

        Raises:
            FieldError: This is no whole number, or less than 0.

        Example:
            >>> Item("43").whole_number(), Item(0).whole_number(), Item(None).whole_number()
            (43, 0, None)
        """
        value = self.value
        if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if value is not None:
            self._refuse("A count is a whole number, 0 or more.")
        return None

    def number(self) -> Decimal | None:
        """Give a value as a number; None where it is absent or, as with "NA", no number.

        Raises:
            FieldError: This is neither a number nor a text.

        Example:
            >>> Item("-0.10").number(), Item("NA").number()
            (Decimal('-0.10'), None)
        """
        value = self.value
        is_number = isinstance(value, int | Decimal | float) and not isinstance(value, bool)
        text = str(value) if is_number else self.raw().strip()
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        if is_number:
            self._refuse("A number has no more than 30 digits on each side of its point.")
        return None

    def date(self) -> str | None:
        """Give a date as the registry has it: a year, a month or a day; None where it is absent.

        Raises:
            FieldError: This is no date.
        """
        text = self.raw().strip()
        if not text:
            return None
        if not _DATE.fullmatch(text) or not _is_in_calendar(text):
            self._refuse("A date is YYYY, YYYY-MM or YYYY-MM-DD.")
        return text

    def _refuse(self, problem: str) -> NoReturn:
        raise FieldError(self.pointer, problem, self.value)


def _is_in_calendar(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
