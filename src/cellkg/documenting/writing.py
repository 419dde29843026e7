"""The pages: each one whole in itself, with nothing that is fetched and nothing that data can run.

A content security policy forbids every request and every script and style but those of cellkg,
which it names by their hash. The templates escape whatever comes from the vocabulary, and the data
of the search stand in a block of JSON that cannot end the block.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cellkg.documenting.diagram import class_diagram
from cellkg.documenting.site import (
    ONTOLOGY_PAGE,
    QUESTIONS_PAGE,
    SHAPES_PAGE,
    anchor,
    scheme_page,
)
from cellkg.errors import MissingExtra
from cellkg.version import __version__
from cellkg.vocabulary import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from cellkg.documenting.site import Documentation, Entry

FIRST_PAGE: Final = "index.html"
_ESCAPES: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def render_site(documentation: Documentation) -> dict[str, bytes]:
    """Make all pages.

    Args:
        documentation: What they tell.

    Returns:
        The pages in UTF-8 by the names of their files; the same documentation gives the same
        bytes.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    pages = {
        FIRST_PAGE: "Overview",
        ONTOLOGY_PAGE: "Ontology",
        SHAPES_PAGE: "Shapes",
        QUESTIONS_PAGE: "Questions",
        **{scheme_page(each.name): each.title for each in documentation.schemes},
    }
    common: dict[str, object] = {
        "documentation": documentation,
        "ontology": documentation.ontology,
        "counts": documentation.counts(),
        "pages": pages,
        "version": __version__,
    }
    found = {
        FIRST_PAGE: _rendered(
            FIRST_PAGE,
            common | {"diagram": class_diagram(documentation.ontology)},
            _for_script(map(_as_list, documentation.entries())),
        )
    }
    for page in (ONTOLOGY_PAGE, SHAPES_PAGE, QUESTIONS_PAGE):
        found[page] = _rendered(page, common)
    for scheme in documentation.schemes:
        page = scheme_page(scheme.name)
        found[page] = _rendered("terms.html", common | {"page": page, "scheme": scheme})
    return found


def _rendered(template: str, context: dict[str, object], entries: str = "") -> bytes:
    style, script = _asset("docs.css"), _asset("docs.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )
    known = {"page": template, "policy": policy, "style": style, "script": script}
    page = _environment().get_template(f"{template}.jinja")
    return page.render(known | {"entries": entries} | context).encode("utf-8", "replace")


def _as_list(entry: Entry) -> list[object]:
    return [entry.label, entry.kind, entry.address, list(entry.names)]


def _for_script(entries: Iterable[list[object]]) -> str:
    """Write JSON that can stand in a script element, whatever texts it holds."""
    written = json.dumps(list(entries), ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate cannot be written as UTF-8, but can be escaped.
    return written.translate(_ESCAPES).encode("utf-8", "backslashreplace").decode("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (_room() / "assets" / name).read_text("utf-8")


def _room() -> Path:
    return Path(str(files("cellkg.documenting")))


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("Writing the documentation", "docs") from None
    environment = Environment(
        loader=FileSystemLoader(_room() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["anchor"] = anchor
    environment.filters["short"] = shorten
    environment.filters["grouped"] = "{:,}".format
    return environment
