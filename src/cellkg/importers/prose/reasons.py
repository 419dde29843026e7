"""Why a study is not a cell therapy, in one of a few phrases."""

from __future__ import annotations

import re

from cellkg.importers.prose.plain_text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Final

    from cellkg.importers.prose.found import Given
    from cellkg.importers.prose.texts import GivenText, Passage

NO_INTERVENTION: Final = "the record names no intervention, only titles or groups"
UNSTATED: Final = "the kind of cells is not stated"
NO_CELLS: Final = "no intervention names cells"
PLATELETS: Final = "platelet product"
BLOOD: Final = "transfusion of blood"
PLASMA: Final = "plasma product"
MICROBIOTA: Final = "transfer of microbiota"
GAMETES: Final = "gametes or embryos"
TARGET: Final = "cells are only a target or measurement"
REASONS: Final = (
    NO_INTERVENTION, PLATELETS, BLOOD, PLASMA, MICROBIOTA, GAMETES, UNSTATED, TARGET, NO_CELLS
)  # fmt: skip

_PRODUCTS: Final = {
    PLATELETS: r"platelet[- ]rich|\bprp\b|\bprf\b|platelet (?:lysate|gel|transf)",
    BLOOD: r"(?:blood|red (?:blood )?cell|erythrocyte|platelet)s? transfusion|packed red",
    PLASMA: r"\bplasma\b(?!-?lyte)",
    MICROBIOTA: r"f[a]?ecal (?:microbiota|transplant)|microbiota",
    GAMETES: r"\b(?:oocytes?|embryo transfer|sperm|insemination|ivf)\b",
}
_SOME_CELLS: Final = re.compile(
    r"\bcell(?:ular|s)? (?:therap|product|infusion|injection|transplant|implant|treatment)",
    re.IGNORECASE,
)
_CELLS: Final = re.compile(r"\bcells?\b|\w+cytes?\b|\bMSCs?\b|transplant", re.IGNORECASE)


def why_not(givens: Sequence[Given], texts: Sequence[GivenText]) -> str | None:
    """Say why a study is not a cell therapy.

    Args:
        givens: What its interventions give.
        texts: The texts that this was read from.

    Returns:
        One of `REASONS`; nothing where it is a cell therapy.

    Example:
        >>> from cellkg.importers.prose.texts import GivenText, Passage
        >>> why_not([], [GivenText(intervention=(Passage("/name", "PRP injection"),))])
        'platelet product'
    """
    if any(given.products for given in givens):
        return None
    if not texts:
        return NO_INTERVENTION
    own = _joined(passage for text in texts for passage in text.intervention)
    for reason, pattern in _PRODUCTS.items():
        if re.search(pattern, own, re.IGNORECASE):
            return reason
    if _SOME_CELLS.search(own):
        return UNSTATED
    everything = _joined(passage for text in texts for passage in (*text.arm, *text.study))
    return TARGET if _CELLS.search(own + everything) else NO_CELLS


def _joined(passages: Iterable[Passage]) -> str:
    return "\n".join(plain(passage.text).text for passage in passages)
