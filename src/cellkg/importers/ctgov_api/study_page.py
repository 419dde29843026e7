"""One page of studies, as the API sends it: taken apart, its records left as they are."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final, NoReturn

_NO_WHITESPACE: Final = re.compile(r"[^ \t\r\n]|\Z")


@dataclass(frozen=True, slots=True)
class StudyPage:
    """One page of the answer.

    Attributes:
        records: Each study as one line of JSON: the characters that were received, except that
            breaks between lines became spaces.
        identifiers: The NCT numbers of the studies, earlier ones of the same study included.
        next_page: The token that the next page is asked for with; None on the last page.
        total: How many studies all pages hold together, where the page says so.
    """

    records: list[bytes]
    identifiers: frozenset[str]
    next_page: str | None
    total: int | None

    @classmethod
    def read(cls, body: bytes) -> StudyPage:
        r"""Take a page apart.

        Raises:
            ValueError: It is not whole, or not what the API describes.

        Example:
            >>> StudyPage.read(b'{"totalCount": 1, "studies": [\n{"hasResults":\n1.0}]}').records
            [b'{"hasResults": 1.0}']
        """
        try:
            return _read(_Scanner(body.decode("utf-8")))
        except RecursionError:
            raise ValueError("it is nested too deeply") from None


def _read(scanner: _Scanner) -> StudyPage:
    records: list[bytes] | None = None
    identifiers: set[str] = set()
    fields: dict[str, object] = {}
    for _ in scanner.items("{", "}"):
        name = scanner.value()
        scanner.expect(":")
        if name == "studies":
            records = []
            for _ in scanner.items("[", "]"):
                start = scanner.position
                identifiers.update(_nct_numbers(scanner.value()))
                written = scanner.text[start : scanner.position]
                # Inside its strings JSON has no line breaks, so these stand between values.
                records.append(re.sub(r"[\r\n]", " ", written).encode("utf-8"))
        else:
            fields[str(name)] = scanner.value()
    scanner.expect_end()
    next_page, total = fields.get("nextPageToken"), fields.get("totalCount")
    if records is None:
        raise ValueError("it has no 'studies'")
    if not (next_page is None or (isinstance(next_page, str) and next_page)):
        raise ValueError("its 'nextPageToken' is no text")
    if not (total is None or (isinstance(total, int) and total >= 0)):
        raise ValueError("its 'totalCount' is no number")
    return StudyPage(records, frozenset(identifiers), next_page, total)


def _nct_numbers(study: object) -> Iterator[str]:
    """Give the numbers of a study; one without any is kept, for the import to tell of."""
    if not isinstance(study, dict):
        raise ValueError("one of its 'studies' is no object")  # noqa: TRY004 - what json raises too
    identification: object = study
    for name in ("protocolSection", "identificationModule"):
        identification = identification.get(name) if isinstance(identification, dict) else None
    if isinstance(identification, dict):
        aliases = identification.get("nctIdAliases")
        numbers = [identification.get("nctId"), *(aliases if isinstance(aliases, list) else ())]
        yield from (number for number in numbers if isinstance(number, str))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class _Scanner:
    """Walks through a JSON text, so that one study at a time is held as objects."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)

    def value(self) -> object:
        """Read the value that stands here."""
        self._skip_whitespace()
        value, self.position = self._decoder.raw_decode(self.text, self.position)
        return value

    def items(self, opening: str, closing: str) -> Iterator[None]:
        """Stop before each item of an array or object, which the caller then reads."""
        self.expect(opening)
        if self._found(closing):
            return
        while True:
            self._skip_whitespace()
            yield
            if self._found(closing):
                return
            self.expect(",")

    def expect(self, character: str) -> None:
        """Step over a character that has to stand here."""
        if not self._found(character):
            raise json.JSONDecodeError(f"Expecting '{character}'", self.text, self.position)

    def expect_end(self) -> None:
        """Make sure that nothing else follows."""
        self._skip_whitespace()
        if self.position != len(self.text):
            raise json.JSONDecodeError("Extra data", self.text, self.position)

    def _found(self, character: str) -> bool:
        self._skip_whitespace()
        found = self.text.startswith(character, self.position)
        self.position += found
        return found

    def _skip_whitespace(self) -> None:
        self.position = next(_NO_WHITESPACE.finditer(self.text, self.position)).start()
