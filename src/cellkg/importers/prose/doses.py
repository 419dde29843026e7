"""Doses: amounts of cells, with what they are counted per."""

from __future__ import annotations

import re
from functools import lru_cache

from cellkg.importers.prose.amounts import amounts_in
from cellkg.importers.prose.found import GroundedDose, quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.vocabulary import CKG, TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal
    from typing import Final

    from cellkg.importers.prose.amounts import Amount
    from cellkg.importers.prose.texts import Passage

_CELLS: Final = (
    r"(?:cells?|[\w+/-]*MSCs?|[\w-]*ASCs?|MPCs?|[\w-]*SCs|[\w-]*MNCs?|TNCs?|HSCs?|NKs?|TILs?|DCs?"
    r"|Tregs?|CIKs?|(?:mono)?nucleated|lymphocytes?|keratinocytes?|chondrocytes?|fibroblasts?"
    r"|hepatocytes?|myoblasts?|melanocytes?|CD\d+\+?|CAR[ -]?T|CARs?\+(?:g?d?T)?|BMMNCs?"
    r"|progenitors?"
    r"|cardiomyocytes?|osteoblasts?|PBMCs?|EPCs?|CDCs?|AMDCs?|neurons?|SVF|BMACs?|NPs?|hMSCs?"
    r"|splenocytes?|stromal|stem|mesenchymal)"
)
_PER_KILOGRAM: Final = r"(?:/\s?kg\b|per\s+(?:kg|kilogram)|/\s?kilogram|kg\s?\^?-1|\bkg-1)"
_WORDS: Final = (
    r"(?:(?!\bor\b|\band\b(?! per)|\bin\b|\bwith\b|\bto\b)(?!\d)[\w'+/%-]++[\s,]*+){0,7}?"
)
_COUNTED: Final = re.compile(
    rf"^\s?(?:\([^()]{{1,24}}\)\s?)?(?:of\s|x\s|viable\s|total\s)*{_WORDS}\b{_CELLS}(?![\w])",
    re.IGNORECASE,
)
_PER: Final = re.compile(
    rf"^(?:\s?(?:\([^()]{{1,24}}\)|[\w'+%]++)[\s-]*+){{0,9}}?\s?(?:(?P<kg>{_PER_KILOGRAM})"
    r"|(?P<cm>(?:/\s?|per\s(?:square\s)?)(?:cm\s?(?:\^?2|\(2\))|sq\.? ?cm|square cent|centimet"
    r"|cm squared))"
    r"|(?P<m2>(?:/\s?|per\s)m\s?\^?2)"
    r"|(?P<ml>(?:/\s?|per\s)(?:1\s?)?(?:m\s?l\b|cc\b|millilit|[\u00B5\u03BC]l\b|cm3|mm\^?3"
    r"|l\b|min(?:ute)?\b|hour\b)))",
    re.IGNORECASE,
)
_OTHER_THING: Final = re.compile(
    r"^\s?(?:-?\s?(?:IU|international|units?\b(?! of)|U\b|UI\b|copies|vp\b|vg\b|pfu|cfu|particles"
    r"|platelets"
    r"|exosomes|vesicles|EVs|mg|[\u00B5\u03BC]g|ug\b|g\b|ml\b|cc\b|%|years?|months?|days?|weeks?"
    r"|patients|people|dollars|viral|viable particles|TCID|m\b|mm\b|cm\b|nm\b|Da\b|Hz|rpm|IEQ"
    r"|islet eq|lumens|colony|vector|plaque|virus|bacteria|genomes?|ng\b|K\b|red blood"
    r"|meters|steps|subjects|participants|times\b)|/\s?(?:L\b|mm3|[\u00B5\u03BC]l|uL|mcl|liter"
    r"|litre)"
    r"|per (?:liter|litre|microlit))",
    re.IGNORECASE,
)
_COUNT_BEFORE: Final = re.compile(
    r"\b(?:ANC|neutrophils?|platelets?|WBC|leukocytes?|counts?|harvest(?:ed|ing)?|collect(?:ed"
    r"|ion)?"
    r"|viral load)[^.;,]{0,30}$",
    re.IGNORECASE,
)
_DOSE_BEFORE: Final = re.compile(
    r"\b(?:dos(?:es?|age|ing|ed)|level|inject\w*|infus\w*|administ\w*|receiv\w*|cells?|MSCs?|given"
    r"|cohort|group|transplant\w*|treat\w*|total|number)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_PER_PLACE: Final = re.compile(
    r"^\s?(?:/\s?|(?:per|each|for each)\s)(?:\w+\s)?(?:limb|eye|knee|joint|dis[ck]|leg|lesion|site"
    r"|person|patient|subject|vial|dose|injection|infusion)s?\b",
    re.IGNORECASE,
)
_PER_ADMINISTRATION: Final = re.compile(
    r"\b(?:per|each|every|at each)\s(?:single\s|individual\s)?(?:injections?|infusions?|doses?"
    r"|administrations?|time|treatments?|session|transplantation|application|course|cycle)\b"
    r"|/\s?(?:dose|injection|infusion|time)\b",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"\b(?:total|in total|cumulative|altogether|overall|all together)\b(?! body| volume"
    r"| nucleated)",
    re.IGNORECASE,
)
_UNITS: Final = {
    "kg": TERM["cells-per-kilogram-body-weight"].value,
    "cm": TERM["cells-per-square-centimeter"].value,
    "m2": TERM["cells-per-square-meter-of-body-surface"].value,
}
_COUNT: Final = TERM["cells-count"].value
_READINGS_KEPT: Final = 1024
_WIDE: Final = 70


def doses_in(passages: Iterable[Passage]) -> tuple[GroundedDose, ...]:
    """List the amounts of cells that texts state, each once.

    Args:
        passages: The texts that tell what a cell product is and how it is given.

    Returns:
        The doses in the order of the texts. Concentrations, volumes, units of drugs, and counts of
        viruses, platelets or vesicles are none.

    Example:
        >>> from cellkg.importers.prose.texts import Passage
        >>> (dose,) = doses_in([Passage("/description", "1-2 x 10^6 MSC/kg of body weight")])
        >>> str(dose.minimum), str(dose.maximum), dose.printed.quote
        ('1000000', '2000000', '1-2 x 10^6 MSC/kg')
    """
    doses: dict[tuple[object, ...], GroundedDose] = {}
    for passage in passages:
        for dose in _in_passage(passage):
            key = (dose.value, dose.minimum, dose.maximum, dose.unit)
            doses.setdefault(key, dose)
    told = list(doses)
    doses = {key: dose for key, dose in doses.items() if not _sums_up(key, told)}
    per_kilogram = {key[:3] for key in doses if key[3] == _UNITS["kg"]}
    # "1 million MSC" in a label and "1 million MSC/kg" in its description are one dose.
    return tuple(
        dose for key, dose in doses.items() if key[3] != _COUNT or key[:3] not in per_kilogram
    )


def _sums_up(key: tuple[object, ...], told: Sequence[tuple[object, ...]]) -> bool:
    """Tell whether a range or bound only sums up amounts that are told one by one."""
    value, minimum, maximum, unit = key
    single = {each[0] for each in told if each[3] == unit}
    return value is None and {minimum, maximum} - {None} <= single


@lru_cache(_READINGS_KEPT)
def _in_passage(passage: Passage) -> tuple[GroundedDose, ...]:
    return tuple(_read(passage))


def _read(passage: Passage) -> Iterator[GroundedDose]:
    words = plain(passage.text)
    shared: tuple[int, str | None] = (0, None)
    for amount in reversed(list(amounts_in(words.text))):
        # From the end: in "1, 2 or 5 x 10^6 cells/kg" the last amount says what all count.
        unit, end, is_said = _unit(amount, words.text)
        if not is_said and shared[1] and _is_listed(words.text[amount.end : shared[0]]):
            unit = shared[1]
        shared = (amount.start, unit)
        if unit is None:
            continue
        span = words.origin(amount.start, end)
        printed = quoted(
            str(words.text[amount.start : end]).strip(),
            passage,
            span,
            "The fragment states an amount of cells.",
        )
        value = amount.minimum if amount.minimum == amount.maximum else None
        yield GroundedDose(
            unit=unit,
            printed=printed,
            value=_tidy(value),
            minimum=None if value is not None else _tidy(amount.minimum),
            maximum=None if value is not None else _tidy(amount.maximum),
            per=_per_what(words.text, amount.start, end),
        )


def _unit(amount: Amount, text: str) -> tuple[str | None, int, bool]:
    """Say what an amount counts, where the words end, and whether they say it themselves.

    It counts nothing of ours where it is no dose of cells.
    """
    after = text[amount.end : amount.end + _WIDE]
    before = text[max(0, amount.start - _WIDE) : amount.start]
    after = re.split(r"[;\n]|\.\s|,\s(?=\d)", after)[0]
    if _OTHER_THING.match(after) or _COUNT_BEFORE.search(before):
        return None, amount.end, True
    counted = _COUNTED.match(after)
    per = _PER.match(after)
    if per and per["ml"]:
        return None, amount.end, True
    kind = next((name for name in _UNITS if per and per[name]), None)
    end = amount.end + max(counted.end() if counted else 0, per.end() if per and kind else 0)
    if kind is not None:
        is_amount = counted or not amount.is_plain
        return (_UNITS[kind], end, True) if is_amount else (None, amount.end, True)
    if counted:
        return _COUNT, end, True
    is_all = not text[: amount.start].strip() and not text[amount.end :].strip(" .")
    is_dose = not amount.is_plain and (
        is_all or _DOSE_BEFORE.search(before) or _PER_PLACE.match(after)
    )
    return (_COUNT if is_dose else None), amount.end, False


def _is_listed(between: str) -> bool:
    return re.fullmatch(r"\s?(?:,|or|and|/|;|to|, and|, or|vs\.?|versus)\s?", between) is not None


def _per_what(text: str, start: int, end: int) -> str | None:
    after = text[end : end + 30]
    before = text[max(0, start - 40) : start]
    clause_before = re.split(r"[.;,\n]", before)[-1]
    if _PER_ADMINISTRATION.search(re.split(r"[.;\n]", after)[0]):
        return CKG["PerAdministration"].value
    if _PER_ADMINISTRATION.search(clause_before):
        return CKG["PerAdministration"].value
    if _TOTAL.search(clause_before) or re.match(r"\s?\(?(?:in )?total\b", after, re.IGNORECASE):
        return CKG["TotalDose"].value
    return None


def _tidy(number: Decimal | None) -> Decimal | None:
    """Write a number without the exponent and the zeros that its print happened to have."""
    if number is None:
        return None
    whole = number.to_integral_value()
    return whole.quantize(whole.__class__(1)) if number == whole else number.normalize()
