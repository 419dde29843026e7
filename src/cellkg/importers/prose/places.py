"""Routes that a text tells by saying where something is put, without their names."""

from __future__ import annotations

import re

from cellkg.importers.prose.found import quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final

    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.texts import Passage

_SURGICAL: Final = TERM["surgical-implantation"].value
_NOT_CELLS: Final = re.compile(
    r"\b(?:saline|placebo|\w+mab|cyclophosphamide|fludarabine|contrast|an[a]?esthetic\w*"
    r"|hyaluron\w+ acid alone|antibiotics?|insulin|heparin)\b",
    re.IGNORECASE,
)
_PLACES: Final = {
    "coronary": (
        "intracoronary",
        r"coronary arter(?:y|ies)|infarct[- ]related (?:artery|(?:blood )?vessels?)",
    ),
    "artery": ("intra-arterial", r"arter(?:y|ies)"),
    "ventricle": (
        "intracerebroventricular",
        r"ventricular system|(?:lateral|cerebral|brain) ventricles?|ommaya \w+",
    ),
    "cavity": ("intracavitary", r"(?:resection|surgical|resected|tumou?r) cavit(?:y|ies)"),
    "canal": ("intracanal", r"root canals?"),
    "airway": ("endotracheal-intratracheal", r"bronchoscop\w+|airways?|trachea|bronch(?:us|i)"),
    "pleura": ("intrapleural", r"pleural (?:cavity|space|catheter)"),
    "portal": ("intraportal", r"portal (?:vein|circulation)"),
    "vein": ("intravenous", r"veins?|venous(?! (?:leg )?ulcer)"),
    "disc": ("intradiscal", r"dis[ck]s?|nucleus pulposus"),
    "joint": ("intra-articular", r"knees?(?: joints?)?|joints?|articular cavity"),
    "nerve": ("perineural-intraneural", r"nerves?(?! block| root)"),
    "muscle": ("intramuscular", r"muscles?(?! flap)"),
    "heart": (
        "intramyocardial",
        r"(?:myo|endo|epi)cardium|heart muscle|infarct\w* (?:region|area|zone)|ventricular wall",
    ),
    "penis": ("intracavernous", r"penis|corp(?:us|ora) cavern\w+"),
    "ovary": ("intraovarian", r"ovar(?:y|ies|ian tissues?)"),
    "testis": ("intratesticular", r"test(?:is|es|icles?|icular \w+)"),
    "tendon": ("intratendinous", r"tendons?|footprint"),
    "bone": (
        "intraosseous",
        (
            r"(?:non-?union|fracture) site|sites? of (?:the )?(?:fracture|non-?union)|callus"
            r"|bone(?! marrow| graft| tissue)|femoral (?:head|neck)"
        ),
    ),
    "brain": ("intracerebral-intraparenchymal-brain", r"brain|striatum|putamen"),
    "cord": ("intraspinal-intramedullary", r"spinal (?:cord|medulla)"),
    "lesion": ("intralesional", r"lesions?|fistula(?:s|e| tracts?)?|wounds?|ulcers?"),
    "liver": (
        "intrahepatic",
        r"liver|(?:caudate|hepatic|liver) lobes?|(?:lateral|medial|anterior|posterior) segments?",
    ),
}
"""Places, the narrower before the wider, with the route that an injection into each is."""

_PLACE: Final = "|".join(f"(?P<{name}>{pattern})" for name, (_, pattern) in _PLACES.items())
_OTHER_PLACE: Final = re.compile(
    rf"\s?(?:,|/|or|and|as well as)\s?(?:the\s)?(?:{_PLACE})\b", re.IGNORECASE
)
_INTO: Final = re.compile(
    r"\b(?:(?:inject|infus|deliver|administ|instil|transfus)\w*\s[^.;\n]{0,110}?"
    r"\b(?:into|in|through|via|inside|within|around|by|to)"
    r"|(?:transplant|implant)\w*\s[^.;\n]{0,110}?\b(?:into|through|via)"
    r"|receiv\w*\s[^.;\n]{0,80}?\binto"
    r"|\binto(?=\s[^.;\n]{0,60}\b(?:inject|infus)))\s"
    rf"(?:(?!patients|order|total|combination)[\w'()%-]+\s){{0,4}}?(?:{_PLACE})\b"
    r"(?![\s-](?:cirrhosis|disease|failure|osteo|degenerat|injur|transplant|cancer|donor))",
    re.IGNORECASE,
)
_TOPICAL: Final = TERM["topical-cutaneous"].value
_APPLYING: Final = re.compile(
    r"\b(?:appl(?:y|ied|ying|ication)|spray(?:ed|ing)?|dressings?|cover(?:ed|ing)|eye drops?)\b"
    r"(?! only| one| once)[^.;\n]{0,60}?"
    r"\b(?:wounds?|ulcers?|skin|burns?|surface|eyes?|face|scars?)\b"
    r"|\b(?:wounds?|ulcers?|burns?)\b[^.;\n]{0,60}?\b(?:applied|apply|sprayed|covered)\b"
    r"|\beye drops?\b",
    re.IGNORECASE,
)
_DRILLING: Final = re.compile(r"\bcore decompression\b", re.IGNORECASE)
_IMPLANT: Final = (
    r"(?:(?<!dental )implant(?:ed|ation|ing)?|graft(?:ed|ing)|engraft\w*|seeded|transplanted|placed"
    r"|placement|coated|sutured|loaded)"
)
_CARRIER: Final = (
    r"(?:scaffolds?|matri(?:x|ces)|membranes?|plugs?|patch(?:es)?|surgical(?:ly)?|surgery|operation"
    r"|biomaterials?|ceramics?|constructs?|sponges?|hydroxyapatite|tricalcium|cell sheets?|collagen"
    r"|arthrotomy|spinal fusion|tissue[- ]engineered|bone substitutes?|granules?|fibrin glue)"
)
_IMPLANTING: Final = re.compile(
    rf"\b{_IMPLANT}\b(?!\s(?:dental|cardio))[^.;\n]{{0,70}}?\b{_CARRIER}\b"
    rf"|\b{_CARRIER}\b[^.;\n]{{0,70}}?\b{_IMPLANT}\b",
    re.IGNORECASE,
)


def routes_of_places(passages: Iterable[Passage]) -> tuple[Found, ...]:
    """List the routes of the places that something is put into, or on.

    Args:
        passages: Texts of an intervention that names no route.

    Returns:
        The routes of what is injected into places; else topical application; else implantation.
    """
    texts = tuple(passages)
    for read in (_into_places, _applied, _drilled, _implanted):
        found = tuple(read(texts))
        if found:
            return found
    return ()


def _applied(passages: Iterable[Passage]) -> Iterator[Found]:
    """Give topical application where something is applied to a surface."""
    for passage in passages:
        text = plain(passage.text)
        match = _APPLYING.search(text.text)
        if match is not None:
            reasoning = f"'{match[0]}' says that it is applied to a surface."
            yield quoted(_TOPICAL, passage, text.origin(*match.span()), reasoning)
            return


def _into_places(passages: Iterable[Passage]) -> Iterator[Found]:
    """Give the routes of places that something is injected into."""
    seen: set[str] = set()
    for passage in passages:
        text = plain(passage.text)
        for match in _with_lists(text.text):
            name = next(name for name, value in match.groupdict().items() if value)
            route = TERM[_PLACES[name][0]].value
            if route not in seen and not _NOT_CELLS.search(match[0]):
                seen.add(route)
                reasoning = f"'{match[0]}' says where it is given, which is the route."
                yield quoted(route, passage, text.origin(*match.span()), reasoning)


def _with_lists(text: str) -> Iterator[re.Match[str]]:
    """Give the places that something is put into, and those listed behind them."""
    for match in _INTO.finditer(text):
        other: re.Match[str] | None = match
        while other is not None:
            yield other
            other = _OTHER_PLACE.match(text, other.end())


def _drilled(passages: Iterable[Passage]) -> Iterator[Found]:
    """Give the way into bone where a core is drilled out of it."""
    for passage in passages:
        text = plain(passage.text)
        match = _DRILLING.search(text.text)
        if match is not None:
            reasoning = f"'{match[0]}' opens the bone that it is given into."
            yield quoted(TERM["intraosseous"].value, passage, text.origin(*match.span()), reasoning)
            return


def _implanted(passages: Iterable[Passage]) -> Iterator[Found]:
    """Give surgical implantation where a sentence tells of implanting and of a solid carrier."""
    for passage in passages:
        text = plain(passage.text)
        match = _IMPLANTING.search(text.text)
        if match is not None:
            reasoning = "The fragment tells of implanting by an operation or on a solid carrier."
            yield quoted(_SURGICAL, passage, text.origin(*match.span()), reasoning)
            return
