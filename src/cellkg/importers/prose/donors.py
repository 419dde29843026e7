"""Whose cells they were, as a text states it."""

from __future__ import annotations

import re

from cellkg.importers.prose.scope import is_denied
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from cellkg.importers.prose.mentions import Mention

_AUTOLOGOUS: Final = TERM["autologous"].value
_ALLOGENEIC: Final = TERM["allogeneic"].value
_NO_DONOR_AFTER: Final = re.compile(
    r"^[\s-]*(?:bone graft|serum|plasma|fat\b|blood\b|skin graft|tendon|platelet|prp|fibrin"
    r"|graft-?vs"
    r"|iliac|tooth|cartilage graft|control|bone block|hamstring|vein|nerve|conjunctiv|dentin"
    r"|saphen)",
    re.IGNORECASE,
)
_TRANSPLANTED_BEFORE: Final = re.compile(
    r"\b(?:after|following|post|prior|previous|before|undergoing|underwent|relapsed?)[\s-]+"
    r"(?:an?\s|their\s|the\s)?$",
    re.IGNORECASE,
)
_DONOR_CELLS: Final = re.compile(
    r"\bdonor(?=\s(?:ex[- ]?vivo|expanded|mscs?\b|mesenchymal|t[ -]cells?(?! chimer)|nk\b"
    r"|lymphocyte|cells))",
    re.IGNORECASE,
)
_TAKEN_FROM_PATIENTS: Final = re.compile(
    r"\b(?:obtained|harvested|taken|collected|isolated|derived|extracted|aspirated|removed"
    r"|retrieved)"
    r"\s(?:\w+\s){0,4}?from\s(?:(?:the\s)?(?:\w+\s){1,2}of\s)?(?:enrolled\s|the\s|each\s|all\s|these\s|individual\s)*(?:patients?|participants?"
    r"|subjects?)\b(?!['\u2019]s? (?:mother|relat|sibling|donor))"
    r"|\btheir (?:own )?(?:t[ -]cells|cells|blood|bone marrow|stem cells|immune cells)\b"
    r"|\b(?:undergo|undergoes|underwent|undergoing)\s(?:[\w-]+\s){0,4}?"
    r"(?:bone marrow (?:aspirat|harvest|collect|extract)|(?:mini-?)?liposuction|lipoaspirat"
    r"|(?:leuk)?apheresis|(?:fat|skin|muscle) biopsy)\w*"
    r"|\b(?:patients?|participants?|subjects?)\s(?:\w+\s){0,3}?(?:leuk)?apheresed\b"
    r"|\b(?:patients?|participants?|subjects?)['\u2019]s?\s(?:\w+\s)?(?:bone marrow|fat|adipose"
    r"|blood"
    r"|skin|cells|stem cells|tissue|iliac|marrow|peripheral blood)\b",
    re.IGNORECASE,
)


def donors_in(mentions: tuple[Mention, ...], text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """List the donors that a text states.

    Args:
        mentions: The mentions in the text.
        text: The plain text.

    Yields:
        The IRI of each donor, and where it stands in the plain text: first those that are named,
        then those that follow from where cells were taken.
    """
    for mention in mentions:
        terms = [term for term in mention.of_kind("donors") if term.broader]
        if not terms or is_denied(mention) or _NO_DONOR_AFTER.match(mention.after):
            continue
        is_past = (
            _TRANSPLANTED_BEFORE.search(mention.before) and "transplant" in mention.after.lower()
        )
        if not is_past:
            yield terms[0].iri, (mention.start, mention.end)
    for match in _DONOR_CELLS.finditer(text):
        if not _TRANSPLANTED_BEFORE.search(text[: match.start()]):
            yield _ALLOGENEIC, match.span()
    for match in _TAKEN_FROM_PATIENTS.finditer(text):
        yield _AUTOLOGOUS, match.span()
