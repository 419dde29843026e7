"""The typeface of all pictures, which ships with cellkg, and how wide its text is.

It is Inter, under the SIL Open Font License 1.1 (``assets/fonts/LICENSE.txt``). Stills are drawn
with it and nothing else, so that they look the same on every machine. Where a reader has not got
it, the typefaces named after it are no wider.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY: Final = "Inter"
"""The name of the typeface."""

STACK: Final = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
"""The typefaces for those who read a picture as SVG or in a page, best first."""

LINE_HEIGHT: Final = 1.3
"""The distance of two lines of text, in sizes of its type."""

ELLIPSIS: Final = "…"
"""What ends a text that was shortened."""

_PIECES: Final = re.compile(r"\s*[^\s-]+-*|\s*-+")
"""What stays on one line: a word, or a part of one up to its hyphen."""

_FILES: Final = {False: "Inter-Regular.otf", True: "Inter-Bold.otf"}


class _Metrics(NamedTuple):
    widths: Mapping[int, int]
    widest: int
    units: int


def font_folder() -> Path:
    """Give the folder of the font files."""
    return Path(str(files("cellkg.drawing"))) / "assets" / "fonts"


def font_files() -> list[str]:
    """Give the paths of the font files: regular and bold."""
    return [str(font_folder() / name) for name in _FILES.values()]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a line of text.

    Args:
        text: The line.
        size: The size of its type.
        bold: Whether it is bold.

    Returns:
        Its width in the units of the size; letters that the typeface has not got count as the
        widest ones.

    Raises:
        MissingExtra: The library that reads fonts is not installed.

    Example:
        >>> text_width("fever", 10) < text_width("fever", 10, bold=True) < 30
        True
    """
    metrics = _metrics(bold=bold)
    units = sum(metrics.widths.get(ord(letter), metrics.widest) for letter in text)
    return units * size / metrics.units


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Shorten a line of text to the room there is; an ellipsis shows that something is missing.

    Args:
        text: The line.
        room: How wide it may be.
        size: The size of its type.
        bold: Whether it is bold.

    Returns:
        The line, or its beginning with an ellipsis.

    Raises:
        MissingExtra: The library that reads fonts is not installed.

    Example:
        >>> shortened("bone marrow mesenchymal stromal cell", 100, 10)
        'bone marrow mese…'
    """
    if text_width(text, size, bold=bold) <= room:
        return text
    room -= text_width(ELLIPSIS, size, bold=bold)
    end = 0
    while end < len(text) and text_width(text[: end + 1], size, bold=bold) <= room:
        end += 1
    return text[:end].rstrip() + ELLIPSIS


def wrapped(
    text: str, room: float, size: float, *, bold: bool = False, lines: int | None = None
) -> list[str]:
    """Break a text into lines that fit the room there is.

    Args:
        text: The text.
        room: How wide a line may be.
        size: The size of its type.
        bold: Whether it is bold.
        lines: How many lines there may be; the last of them is then shortened if it must be.

    Returns:
        The lines, at least one.

    Raises:
        MissingExtra: The library that reads fonts is not installed.

    Example:
        >>> wrapped("bone marrow mesenchymal stromal cell", 110, 10)
        ['bone marrow', 'mesenchymal stromal', 'cell']
    """
    found = [""]
    pieces = _PIECES.findall(text)
    for number, piece in enumerate(pieces):
        longer = found[-1] + piece
        if not found[-1].strip() or text_width(longer.strip(), size, bold=bold) <= room:
            found[-1] = longer
        elif len(found) == lines:
            found[-1] += "".join(pieces[number:])
            break
        else:
            found.append(piece)
    found = [" ".join(line.split()) for line in found]
    return [shortened(line, room, size, bold=bold) for line in found]


@cache
def _metrics(*, bold: bool) -> _Metrics:
    try:
        from fontTools.ttLib import TTFont
    except ImportError:
        raise MissingExtra("Drawing", "draw") from None
    with TTFont(font_folder() / _FILES[bold], lazy=True) as font:
        advances = {name: advance for name, (advance, _) in font["hmtx"].metrics.items()}
        widths = {code: advances[name] for code, name in font.getBestCmap().items()}
        return _Metrics(widths, max(widths[ord(each)] for each in "MWm@—"), font["head"].unitsPerEm)
