"""The words of a string without the escapes and signs that registries put between them."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

_ENTITY: Final = re.compile(r"&(?:amp;)?#?\w{1,8};")
_MARKS: Final = {
    "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}": "^",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{MIDDLE DOT}": "*",
}
_SUPERSCRIPTS: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_STRINGS_KEPT: Final = 4096


class PlainText(NamedTuple):
    """A string made plain, with the way back.

    Attributes:
        text: The plain text.
        starts: For every character of it, where its origin begins; a range where nothing changed.
        ends: For every character of it, where its origin ends.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the string that a span of the plain text came from."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(_STRINGS_KEPT)
def plain(text: str) -> PlainText:
    r"""Take markdown escapes, HTML entities, full-width forms and raised digits out of a string.

    Args:
        text: The string as it stands in the record.

    Returns:
        Its plain text. Raised digits become ``^`` and digits, a multiplication sign ``x``.

    Example:
        >>> plain(r"1&#215;10\^6 MSC").text, plain("2\N{MULTIPLICATION SIGN}10⁶").text
        ('1x10^6 MSC', '2x10^6')
    """
    if text.isascii() and "\\" not in text and "&" not in text:
        return PlainText(text, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    raised = False
    for start, end, piece in _pieces(text):
        for character in piece:
            is_raised = character in _SUPERSCRIPTS
            plain_form = _plain_character(character)
            if is_raised and not raised:
                plain_form = "^" + plain_form
            raised = is_raised
            for part in plain_form:
                characters.append(part)
                starts.append(start)
                ends.append(end)
    return PlainText("".join(characters), starts, ends)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Give what the string says, entity by entity and character by character."""
    position = 0
    while position < len(text):
        character = text[position]
        if character == "&" and (entity := _ENTITY.match(text, position)):
            said = html.unescape(html.unescape(entity[0]))
            if said != entity[0]:
                yield position, entity.end(), said
                position = entity.end()
                continue
        following = text[position + 1 : position + 2]
        if character != "\\" or not following or following.isalnum():
            yield position, position + 1, character
        position += 1


def _plain_character(character: str) -> str:
    if character in _SUPERSCRIPTS:
        return _SUPERSCRIPTS[character]
    if character.isascii():
        return character
    if character in _MARKS:
        return _MARKS[character]
    if unicodedata.category(character) == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    wide = unicodedata.normalize("NFKC", character)
    return wide if wide.isprintable() and len(wide) == 1 else character
