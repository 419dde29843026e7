"""By which way a cell product is given, and where to."""

from __future__ import annotations

import re
from functools import lru_cache

from cellkg.importers.prose.compositions import SITES
from cellkg.importers.prose.found import quoted
from cellkg.importers.prose.places import routes_of_places
from cellkg.importers.prose.plain_text import plain
from cellkg.importers.prose.scope import is_denied
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Final

    from cellkg.importers.prose.compositions import Compositions
    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.mentions import Mention
    from cellkg.importers.prose.texts import Passage
    from cellkg.terms import Term

_NO_ROUTES: Final = {
    TERM[name].value for name in ("parenteral", "route-of-administration", "route-not-stated")
}
_SURGICAL: Final = TERM["surgical-implantation"].value
_ARTERIAL: Final = TERM["intra-arterial"].value
_ARTICULAR: Final = TERM["intra-articular"].value
_SPINAL: Final = TERM["intraspinal-intramedullary"].value
_LESIONAL: Final = TERM["intralesional"].value

_GIVING: Final = (
    r"(?:inject|infus|administ|deliver|implant|transplant|transfus|given|giving|dose|bolus|drip"
    r"|route|catheter|push|puncture|application|treatment|instill|perfus|approach|deposit|spray"
    r"|graft|interven|placed|apply|applied|therapy|cells?|mscs?|stem|drops?)"
)
_ADJECTIVE: Final = re.compile(
    r"^(?:intra|trans|sub|peri|epi|endo|retro|supra|into|via|by|through|under|onto|inside|i\.|s\.|iv\b"
    r"|inhal|nebul|aerosol|topical|systemic|surgical)",
    re.IGNORECASE,
)
_TO_BEFORE: Final = re.compile(
    r"\b(?:into|in|to|via|through|within|inside|at|around|onto|by|along|near|across)\s(?:the\s|a\s"
    r"|an\s|each\s|left\s|right\s|affected\s|main\s|proper\s|common\s|internal\s|patients?\s|both\s"
    r"|their\s|of\s|edge\s)*$",
    re.IGNORECASE,
)
_GIVEN_AFTER: Final = re.compile(
    rf"^[\s,/-]*(?:\([^)]*\)\s?)?(?:(?:and|or|the|of|plus)\s)?(?:[\w-]+\s){{0,2}}{_GIVING}",
    re.IGNORECASE,
)
_GIVEN_BEFORE: Final = re.compile(rf"{_GIVING}\w*[^.;]{{0,40}}$", re.IGNORECASE)
_CONDITION_AFTER: Final = re.compile(
    r"^[\s/-]*(?:h[a]?emorrh|bleed|pressure|degenerat|diseas|herniat|tumou?r|fistul|ulcer"
    r"|h[a]?ematom"
    r"|mapping|thrombo|steno|occlu|lesions?\b(?! inject)|space narrow|border|disc\b|fracture|nail"
    r"|adhesion|aneurysm|ultraso|oxygen|immunoglob|fluid|antibiot|antifung|contrast|hydration"
    r"|steroid|methylpred|chemo|drugs?\b|medicat|an[a]?esth|sedat|heparin|insulin|corticost|saline"
    r"|cyclophos|glucose|vitamin|biops|resection|abscess|hypertension|catheter lock|bone graft"
    r"|valve|invasion|metast|surgery|echo|gas\b|tissue expan|defects?\b|blood flow|imaging|iron"
    r"|rehydr"
    r"|progesterone|interleukin|rituximab|busulfan|fludarabine|melphalan|thiotepa|solumedrol)",
    re.IGNORECASE,
)
_OTHER_DRUG: Final = re.compile(
    r"\b(?:cyclophosphamide|fludarabine|rituximab|busulfan|melphalan|thiotepa|\w+mab|\w+mycin"
    r"|\w+cillin|prednis\w+|methylprednis\w+|dexamethasone|heparin|g-?csf|filgrastim|antibiotics?"
    r"|chemotherapy|an[a]?esth\w+|sedation|interleukin|il-2|insulin|tacrolimus"
    r"|cyclosporin\w*|hydrocortisone|diphenhydramine|antihistamine\w*|benadryl|paracetamol"
    r"|acetaminophen|aldesleukin|mesna|\w+tinib|\w+platin|erythropoietin|furosemide|mannitol"
    r"|nimodipine|tranexamic|contrast|midazolam|propofol|fentanyl|riluzole|vitamin|atg"
    r"|thymoglobulin|pentostatin|\w+[rt]abine|\w+taxel|\w+parin|etoposide|vincristine|treosulfan"
    r"|plerixafor|zoledronic|lidocaine|bupivacaine|medication"
    r"|pegfilgrastim|granulocyte[ -]colony|blood sampl\w+|steroids?|corticosteroids?|immunoglobulin"
    r"|methotrexate|temozolomide|ketamine|sevoflurane|alteplase|rtpa|remdesivir|tocilizumab)\b",
    re.IGNORECASE,
)
_GIVING_OF: Final = re.compile(
    r"^[\s\w-]{0,20}?\b(?:application|infusion|injection|administration"
    r"|use)s? of (?!(?:the )?(?:same|study|product|investigational|cells?))",
    re.IGNORECASE,
)
_CELLS: Final = re.compile(
    r"cells?\b|msc|[a-z]sc\b|svf|\bmncs?\b|progenitor|product|\bcar\b|car-?t|exosom|vesicle"
    r"|leucel|lymphocyte|stem\b|\b\w{4,}cel\b|study (?:agent|drug)|investigational",
    re.IGNORECASE,
)
_NO_ROUTE_NUMERAL: Final = re.compile(
    r"(?:\b(?:phase|stage|grade|class|type|level|arm|group|cohort|part|factor|nyha|gold|step|vi)"
    r"|\b[IVX]+[\s,/&-]*|[/-]|\bor|\band|\bto)[\s-]*$",
    re.IGNORECASE,
)
_JOINTS: Final = re.compile(r"knee|joint|articul|arthr|hip\b|cartilage|menisc", re.IGNORECASE)
_SPINE: Final = re.compile(r"spin(?:e|al)|myelo", re.IGNORECASE)
_READINGS_KEPT: Final = 1024
_SHORT_TEXT: Final = 200
"""A text of so few characters tells of one thing."""

_ABBREVIATION: Final = re.compile(r"[A-Za-z]{2,3}")


_INTO_PLACE: Final = re.compile(r"(?:in|into|to|via|through|inside)\s(?:the\s)?", re.IGNORECASE)


class RouteReader:
    """Reads routes and sites of delivery.

    Args:
        mentions: The function that lists the mentions of a string.
        compositions: The vocabulary's cell types taken apart.
    """

    def __init__(
        self, mentions: Callable[[str], tuple[Mention, ...]], compositions: Compositions
    ) -> None:
        self._mentions = mentions
        self._compositions = compositions
        self._named_once = lru_cache(_READINGS_KEPT)(self._named_in)

    def routes(self, near: Iterable[Passage], far: Iterable[Passage]) -> tuple[Found, ...]:
        """List the routes that texts state for the cells.

        Args:
            near: Texts that tell of the cells: those of the intervention and the titles.
            far: Texts that may tell of other things too: those of the arm.

        Returns:
            The narrowest, each once.
        """
        found: dict[str, tuple[Term, Found]] = {}
        passages = [(passage, False) for passage in near] + [(passage, True) for passage in far]
        about_joints = any(_JOINTS.search(passage.text) for passage, _ in passages)
        for passage, has_others in passages:
            for term, fact in self._named_once(passage, has_others, about_joints):
                found.setdefault(term.iri, (term, fact))
        if not found:
            return routes_of_places([passage for passage, _ in passages])
        kept = self._compositions.narrowest([term for term, _ in found.values()])
        return tuple(found[term.iri][1] for term in kept)

    def _named_in(
        self,
        passage: Passage,
        has_others: bool,  # noqa: FBT001 - a key of the cache, as the next
        about_joints: bool,  # noqa: FBT001 - likewise
    ) -> tuple[tuple[Term, Found], ...]:
        named = []
        for mention in self._mentions(passage.text):
            term = self._route(mention, passage, has_others=has_others, about_joints=about_joints)
            if term is not None:
                reasoning = f"'{mention.text}' is a name of the route {term.label}."
                span = plain(passage.text).origin(mention.start, mention.end)
                named.append((term, quoted(term.iri, passage, span, reasoning)))
        return tuple(named)

    def sites(self, passages: Iterable[Passage]) -> tuple[Found, ...]:
        """List the places that texts say the cells are given into."""
        found: dict[str, Found] = {}
        for passage in passages:
            for mention in self._mentions(passage.text):
                is_into = _INTO_PLACE.match(mention.text)
                if is_denied(mention) or not (is_into or _TO_BEFORE.search(mention.before)):
                    continue
                for place in (
                    self._mentions(mention.text[is_into.end() :]) if is_into else [mention]
                ):
                    start = mention.start + (is_into.end() + place.start if is_into else 0)
                    span = plain(passage.text).origin(start, start + len(place.text))
                    reasoning = f"'{place.text}' is where the cells are given."
                    for term in filter(self._is_site, place.of_kind("tissues")):
                        found.setdefault(term.iri, quoted(term.iri, passage, span, reasoning))
        return tuple(found.values())

    def _is_site(self, term: Term) -> bool:
        return term.iri in self._compositions.sites and term.iri != SITES

    def _route(
        self, mention: Mention, passage: Passage, *, has_others: bool, about_joints: bool
    ) -> Term | None:
        terms = [term for term in mention.of_kind("routes") if term.iri not in _NO_ROUTES]
        if not terms or is_denied(mention) or _CONDITION_AFTER.match(mention.after):
            return None
        text = plain(passage.text).text
        if not self._is_way(mention, text, terms[0]) or _is_of_other_drug(
            mention, text, has_others=has_others
        ):
            return None
        if has_others and not _tells_of_cells(mention, text):
            return None
        return _meant(terms, text, about_joints=about_joints)

    @staticmethod
    def _is_way(mention: Mention, text: str, term: Term) -> bool:
        """Tell the name of a way from the name of a place or of something else."""
        name = mention.text
        if _ABBREVIATION.fullmatch(name):
            if _NO_ROUTE_NUMERAL.search(text[: mention.start]):
                return False
            is_given = _GIVEN_AFTER.match(mention.after) or _GIVEN_BEFORE.search(mention.before)
            return bool(is_given) or name == "IV" or mention.before.endswith((", ", "("))
        if term.iri == _SURGICAL:
            return name.lower() not in {"graft", "patch", "grafts", "patches"}
        if any(map(name.lower().__contains__, ("inject", "infusion", "puncture", "drip"))):
            return True
        if _ADJECTIVE.match(name):
            return True
        return bool(_TO_BEFORE.search(mention.before) or _GIVEN_AFTER.match(mention.after))


def _is_of_other_drug(mention: Mention, text: str, *, has_others: bool) -> bool:
    """Tell whether a drug stands nearer to a route than cells do."""
    begin = max(text.rfind(end, 0, mention.start) for end in (". ", ";", "\n")) + 1
    before = text[begin : mention.start]
    after = re.split(r"[;\n]|\.\s", text[mention.end : mention.end + 100])[0]
    drugs = [mention.start - begin - match.end() for match in _OTHER_DRUG.finditer(before)]
    cells = [mention.start - begin - match.end() for match in _CELLS.finditer(before)]
    drugs += [match.start() for match in _OTHER_DRUG.finditer(after)]
    cells += [match.start() for match in _CELLS.finditer(after)]
    of_what = _GIVING_OF.match(after)
    if has_others and of_what and not cells and not _CELLS.search(after[of_what.end() :]):
        return bool(re.match(r"[a-z]{5,}", after[of_what.end() :]))
    nearest_drug = min(drugs, default=None)
    return nearest_drug is not None and nearest_drug < min(cells, default=1000)


def _tells_of_cells(mention: Mention, text: str) -> bool:
    begin = max(text.rfind(end, 0, mention.start) for end in (". ", "\n")) + 1
    sentence = text[begin : mention.end + 120]
    is_short = len(text) < _SHORT_TEXT
    return bool(_CELLS.search(sentence) or _GIVEN_AFTER.match(mention.after) or is_short)


def _meant(terms: list[Term], text: str, *, about_joints: bool) -> Term:
    """Choose between the routes that share an abbreviation or a name."""
    by_iri = {term.iri: term for term in terms}
    if len(by_iri) == 1:
        return terms[0]
    if _ARTICULAR in by_iri and _ARTERIAL in by_iri:
        return by_iri[_ARTICULAR if about_joints else _ARTERIAL]
    if _SPINAL in by_iri and _LESIONAL in by_iri:
        return by_iri[_SPINAL if _SPINE.search(text) else _LESIONAL]
    return terms[0]
