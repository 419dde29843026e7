"""Texts of the registry as people read them, and fragments to quote."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

MAX_QUOTE: Final = 100
"""A quote is a fragment of at most so many characters."""

_MARKDOWN_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!~^|&=$%:;,/\"'@?])")
_CONTROLS: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}


def tidy(text: str) -> str:
    r"""Undo the escapes of the registry, and fold white space.

    Args:
        text: A text as the API gives it, with markdown escapes and HTML entities.

    Returns:
        The text as a person would read it; empty where nothing is left.

    Example:
        >>> tidy("1 x 10\\^6  cells &amp;lt; 5\n% \\[HSA\\]")
        '1 x 10^6 cells < 5 % [HSA]'
    """
    if "\\" in text:
        text = _MARKDOWN_ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if not text.isascii() or not text.isprintable():
        text = "".join(
            each for each in text if each in "\n\t\r" or unicodedata.category(each) not in _CONTROLS
        )
    return " ".join(text.split())


def quotable(text: str) -> tuple[str, int, int] | None:
    """Take a text as a quote, where it fits into one.

    A text that is cut does not show its own wording; the JSON Pointer leads to all of it.

    Args:
        text: A text letter by letter.

    Returns:
        The text without blanks at its ends, where it begins and where it ends; None for a blank
        text, and for one of more than `MAX_QUOTE` characters.

    Example:
        >>> quotable("  Pyrexia "), quotable("pain " * 50)
        (('Pyrexia', 2, 9), None)
    """
    start = len(text) - len(text.lstrip())
    quote = text.strip()
    return (quote, start, start + len(quote)) if 0 < len(quote) <= MAX_QUOTE else None
