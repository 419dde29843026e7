"""One self-contained page: it works offline, and nothing in it can run but the scripts of cellkg.

A content security policy (https://www.w3.org/TR/CSP3/) forbids every request and every script and
style but those written here, which it names by their hash. Text from data is escaped by the
template; data for the scripts stand in a block of JSON that cannot end the block.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.errors import MissingExtra
from cellkg.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment

    from cellkg.overview import StudyOverview

_ESCAPES: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


class Stamp(NamedTuple):
    """What a picture was made from: enough to make it again.

    Attributes:
        data_version: Which data.
        studies: How many studies, by their origin.
        cellkg_version: Which cellkg.
    """

    data_version: str
    studies: Mapping[str, int]
    cellkg_version: str = __version__

    def __str__(self) -> str:
        """One line for people."""
        counts = " + ".join(f"{number:,} {origin}" for origin, number in self.studies.items())
        total = sum(self.studies.values())
        noun = "study" if total == 1 else "studies"
        return f"{counts or 0} {noun}; data {self.data_version}, cellkg {self.cellkg_version}"


def stamp_of(data_version: str, studies: Iterable[StudyOverview]) -> Stamp:
    """Make the stamp of a picture.

    Args:
        data_version: Which data, as `cellkg.Graph.data_version` gives it.
        studies: The studies that were looked at.

    Returns:
        The stamp, with the origins in alphabetical order.

    Example:
        >>> str(stamp_of("4f2a", [])).startswith("0 studies; data 4f2a, cellkg ")
        True
    """
    counts = Counter(each.origin or "of unknown origin" for each in studies)
    return Stamp(data_version, dict(sorted(counts.items())))


def asset(name: str) -> str:
    """Read a file that is built into pages.

    Args:
        name: Its path below ``assets``.

    Returns:
        Its text.
    """
    return (_assets() / name).read_text("utf-8")


def json_for_script(data: object) -> str:
    r"""Write data as JSON that can stand in a script element, whatever texts it holds.

    Args:
        data: What JSON can hold; the order of mappings is kept.

    Returns:
        JSON without ``<``, ``>``, ``&`` and the line ends of JavaScript, which are escaped.

    Example:
        >>> json_for_script({"label": "</script>"})
        '{"label":"\\u003c/script\\u003e"}'
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate cannot be written as UTF-8, but can be escaped.
    safe = written.translate(_ESCAPES).encode("utf-8", "backslashreplace")
    return safe.decode("utf-8")


def render_page(  # noqa: PLR0913 - the parts of a page are passed by name
    template: str,
    *,
    title: str,
    caption: str,
    stamp: Stamp,
    data: object = None,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    inserted_styles: Sequence[str] = (),
    **context: object,
) -> bytes:
    """Make a page.

    Args:
        template: The file of its template below ``assets``; it extends ``page.html.jinja``.
        title: What the page shows.
        caption: What was selected.
        stamp: What it was made from.
        data: What the scripts read, by ``cellkgPage.data``.
        scripts: The files of its scripts below ``assets``; ``page.js`` runs before them.
        styles: The files of its style sheets below ``assets``; ``page.css`` stands before them.
        inserted_styles: The exact texts of the style sheets that a script inserts.
        **context: What else the template takes.

    Returns:
        The page in UTF-8.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    written_scripts = [asset(name) for name in ("page.js", *scripts)]
    written_styles = [asset(name) for name in ("page.css", *styles)]
    policy = {
        "default-src": ["'none'"],
        "script-src": list(map(_hash, written_scripts)),
        "style-src": list(map(_hash, [*written_styles, *inserted_styles])),
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    text = (
        _environment()
        .get_template(template)
        .render(
            context
            | {
                "title": title,
                "caption": caption,
                "stamp": stamp,
                "policy": "; ".join(" ".join([name, *each]) for name, each in policy.items()),
                "styles": written_styles,
                "scripts": written_scripts,
                "data": json_for_script(data),
            }
        )
    )
    return text.encode("utf-8", "replace")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _assets() -> Path:
    return Path(str(files("cellkg.drawing"))) / "assets"


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("Drawing a page", "draw") from None
    environment = Environment(
        loader=FileSystemLoader(_assets()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["grouped"] = "{:,}".format
    return environment
