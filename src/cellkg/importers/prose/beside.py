"""The tissues that stand beside a mention of cells and belong to it."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from cellkg.importers.prose.mentions import Mention

_LINK: Final = r"[\s,/-]*+(?:\([^)]{1,30}\)[\s,/-]*+)?+"
_FILLER: Final = (
    r"(?:derived|tissue|tissues|origin|human|source|sourced|matrix|autologous|allogen\w+|expanded"
    r"|cultured|ex|vivo|adult|multipotent|culture|clinical|grade|fresh|purified|processed|enriched"
    r"|originated|isolated|concentrated|aspirate|aspirated|and|based|own|uncultured|primary|fetal"
    r"|neonatal|lining|lipoaspirate|mesenchymal|stem|stromal|mononuclear|total|in|blood|frozen"
    r"|cryopreserved|selected|mobilized|patient|patients|homologous|adherent|undifferentiated|young"
    r"|healthy|donor|donors|differentiated|of|product|new|stimulated|derivate|progenitor)"
)
_TISSUE_THEN_CELLS: Final = re.compile(rf"^{_LINK}(?:{_FILLER}{_LINK}){{0,6}}$", re.IGNORECASE)
_CELLS_THEN_TISSUE: Final = re.compile(
    rf"^{_LINK}(?:(?!and\b|or\b|with\b|into\b|in\b|to\b|plus\b)[\w'-]++{_LINK}){{0,6}}?"
    rf"(?:from|of|out of)\s(?!patients? with)(?:[\w']++[\s,-]++){{0,6}}$",
    re.IGNORECASE,
)
_LIST: Final = re.compile(r"(?:[\s-]*derived)?[\s,/]*(?:and|or|and/or)?\s*", re.IGNORECASE)
_FARTHEST: Final = 90
"""How many characters may stand between two words that are read together."""


def beside(mention: Mention, sources: list[Mention], text: str) -> list[Mention]:
    """Give the tissue that a mention of cells is joined to, with those listed beside it.

    Args:
        mention: The mention of cells.
        sources: The mentions of tissues in the same text, in its order.
        text: The plain text.

    Returns:
        The tissues; empty where none is joined to it.
    """
    for place, source in enumerate(sources):
        behind, ahead = mention.start - source.end, source.start - mention.end
        before = 0 <= behind <= _FARTHEST and _TISSUE_THEN_CELLS.match(
            text[source.end : mention.start]
        )
        after = 0 <= ahead <= _FARTHEST and _CELLS_THEN_TISSUE.match(
            text[mention.end : source.start]
        )
        if before or after:
            return _listed(sources, place, text)
    return []


def listed_before(mention: Mention, sources: list[Mention], text: str) -> list[Mention]:
    """Give the tissues of a list whose last one is part of the name of cells.

    Args:
        mention: The mention of cells.
        sources: The mentions of tissues in the same text, in its order.
        text: The plain text.

    Returns:
        The tissues before the last.
    """
    for place, source in enumerate(sources):
        if source.end <= mention.start and _LIST.fullmatch(text[source.end : mention.start]):
            return _listed(sources, place, text)
    return []


def _listed(sources: list[Mention], place: int, text: str) -> list[Mention]:
    """Give a tissue and the tissues that stand in one list with it."""
    listed = [sources[place]]
    for source in sources[place + 1 :]:
        if not _LIST.fullmatch(text[listed[-1].end : source.start]):
            break
        listed.append(source)
    for source in reversed(sources[:place]):
        if not _LIST.fullmatch(text[source.end : listed[0].start]):
            break
        listed.insert(0, source)
    return listed
