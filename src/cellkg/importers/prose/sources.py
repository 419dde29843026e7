"""Which of the cells that a text names are made from others that it names."""

from __future__ import annotations

import re
from itertools import pairwise

from cellkg.importers.prose.compositions import CELL_FREE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

    from cellkg.importers.prose.compositions import Compositions
    from cellkg.importers.prose.mentions import Mention
    from cellkg.terms import Term

    Named = tuple[Mention, Term]

_SOURCE_THEN_PRODUCT: Final = re.compile(
    r"^[\s-]*(?:\([^)]{1,30}\)[\s-]*)?derived[\s-]+(?:(?!from|and|or)[\w'+]++[\s-]++){0,4}$",
    re.IGNORECASE,
)
_SOURCE_THEN_CELL_FREE: Final = re.compile(
    r"^(?:'?s?)?[\s-]*(?:\([^)]{1,30}\)[\s-]*)?(?:(?:culture[\s-]*)?derived)?[\s-]*(?:(?!and\b"
    r"|or\b|plus\b|with\b)\w++[\s-]++){0,2}$",
    re.IGNORECASE,
)
_PRODUCT_THEN_SOURCE: Final = re.compile(
    r"^[\s)]*(?:\([^)]{1,30}\)\s*)?[,\s]*(?:[\w-]+\s){0,3}?(?:d[e]?rived|differentiated|generated"
    r"|induced|reprogrammed|produced|made)\s(?:from|by|of)\s(?:[\w'+]++[\s-]++){0,6}$"
    r"|^-like\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_SOURCE_INTO_PRODUCT: Final = re.compile(
    r"^\s*(?:\([^)]{1,30}\)\s*)?(?:[\w.-]+\s){0,9}?(?:(?:trans-?|pre-?)?differentiat\w+\s(?:in)?"
    r"(?:to|towards?)|induced\s(?:into|to(?:\s(?:adopt|become|form))?))\s(?:[\w'+]++[\s-]++){0,5}$"
    r"|^\s(?:(?:as|is|are) (?:a |the )?)?sources? (?:of|for)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_INTO: Final = re.compile(r"^\s(?:in)?to(?:wards)?\s(?:\w+\s){0,3}$", re.IGNORECASE)
_DIFFERENTIATION_OF: Final = re.compile(r"differentiation of\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_CELL_FREE_THEN_SOURCE: Final = re.compile(
    r"^\s?-\s?$|^[\s)]*(?:\([^)]{1,30}\)\s*)?(?:[\w-]+\s){0,4}?(?:from|of"
    r"|by)\s(?:[\w'+]++[\s-]++){0,6}$",
    re.IGNORECASE,
)
_ONLY_POSSIBLE: Final = re.compile(
    r"\b(?:can|could|may|might|able|capable|ability|capacity|potential\w*|known)\b", re.IGNORECASE
)
_NAME_OF_SOURCE: Final = re.compile(r"(.+?)[\s-]derived[\s-]|(\w+)-\w", re.IGNORECASE)
_FARTHEST: Final = 90
"""How many characters may stand between two words that are read together."""


def pairs_in(
    cells: Sequence[Named], text: str, compositions: Compositions
) -> Iterator[tuple[Named, Named]]:
    """Give the neighbours of which one is made from the other.

    Args:
        cells: The mentions of cells in a text, with what each means, in the order of the text.
        text: The plain text.
        compositions: The vocabulary's cell types taken apart.

    Yields:
        Product and source.
    """
    for first, second in pairwise(cells):
        between = text[first[0].end : second[0].start]
        if len(between) > _FARTHEST or _are_related(first[1], second[1], compositions):
            continue
        if compositions.is_below(second[1], CELL_FREE):
            if _SOURCE_THEN_CELL_FREE.match(between):
                yield second, first
        elif compositions.is_below(first[1], CELL_FREE):
            is_made = _PRODUCT_THEN_SOURCE, _CELL_FREE_THEN_SOURCE, _SOURCE_THEN_PRODUCT
            if any(pattern.match(between) for pattern in is_made):
                yield first, second
        elif _is_source_first(first[0], between):
            yield second, first
        elif _PRODUCT_THEN_SOURCE.match(between):
            yield first, second


def sources_in_name(
    mention: Mention, term: Term, compositions: Compositions
) -> Iterator[tuple[Term, tuple[int, int]]]:
    """Give the source that the very name of a product states, as in hESC-RPE.

    Args:
        mention: The mention of the product.
        term: What it means.
        compositions: The vocabulary's cell types taken apart.

    Yields:
        What it is made from, and where in the plain text that stands.
    """
    words = _NAME_OF_SOURCE.match(mention.text)
    if words is None:
        return
    name = words[1] or words[2]
    if compositions.index.named(name, {"tissues"}):
        return
    for source in compositions.index.named(name, {"cell-types"}):
        if not _are_related(source, term, compositions) and (
            source.iri in term.derived_from or name[:1].islower() or name.startswith("MSC")
        ):
            yield source, (mention.start, mention.start + len(name))


def _is_source_first(first: Mention, between: str) -> bool:
    if _SOURCE_THEN_PRODUCT.match(between):
        return True
    if _SOURCE_INTO_PRODUCT.match(between):
        return not _ONLY_POSSIBLE.search(between)
    return bool(_INTO.match(between) and _DIFFERENTIATION_OF.search(first.before))


def _are_related(one: Term, other: Term, compositions: Compositions) -> bool:
    is_below = compositions.is_below
    return is_below(one, other.iri) or (is_below(other, one.iri) and bool(one.broader))
