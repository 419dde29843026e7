"""The cells, tissues and donors that a text names, in the sense in which it names them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from cellkg.importers.prose.beside import beside, listed_before
from cellkg.importers.prose.compositions import MIXED, PLATELET_RICH_PLASMA
from cellkg.importers.prose.donors import donors_in
from cellkg.importers.prose.plain_text import plain
from cellkg.importers.prose.scope import is_denied, is_out
from cellkg.importers.prose.sources import pairs_in, sources_in_name
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Final

    from cellkg.importers.prose.compositions import Compositions
    from cellkg.importers.prose.mentions import Mention
    from cellkg.importers.prose.texts import GivenText, Passage
    from cellkg.terms import Term

_ABBREVIATION: Final = re.compile(r"[A-Za-z]{0,2}[A-Z]{2,5}s?(?:\+)?")
_CELLS_AFTER: Final = re.compile(
    r"^[\s-]*(?:cells?|vaccin|therap|infusion|inject|transplant|derived|treat|group|enriched)",
    re.IGNORECASE,
)
_GIVEN_AFTER: Final = re.compile(
    r"^[\s-]*(?:\([^)]{1,12}\)\s?)?(?:cells?\b|therap|infusion|inject|transplant|treat|unit|graft)",
    re.IGNORECASE,
)
_NEEDS_NO_INTRODUCTION: Final = frozenset({"MSC", "MSCs", "HSCT"})
_ORIGIN_AFTER: Final = re.compile(
    r"^[\s-]*(?:\([^)]{1,20}\)[\s-]*)?(?:tissue[\s-]*)?(?:derived|origin|biops|sourced|obtained"
    r"|cell|stem|mesenchymal|stromal|fibro|kerat|progenitor|myobl|epithel)",
    re.IGNORECASE,
)
_ORIGIN_BEFORE: Final = re.compile(
    r"\b(?:from|obtained|harvested|isolated|extracted|taken|biops\w+)\s(?:(?:of|from|out|the|a|an"
    r"|own"
    r"|autologous|allogeneic|human|patients?|patient's|donor|healthy|adult|small|piece|by|sample"
    r"|their|his|her|subcutaneous|abdominal|full|term|fresh|upper|left|right|posterior|anterior|superior|inferior)[\s-]+)*$",
    re.IGNORECASE,
)
_WEAK_NAMES: Final = frozenset({"cord", "dental", "blood", "amniotic", "umbilical", "jelly"})
_ALWAYS_SOURCES: Final = frozenset(
    {"adipose-tissue", "bone-marrow", "umbilical-cord", "umbilical-cord-blood", "whartons-jelly",
     "placenta", "dental-pulp", "menstrual-blood", "amniotic-membrane", "amniotic-fluid",
     "umbilical-cord-lining", "peripheral-blood", "infrapatellar-fat-pad", "fetal-liver"}
)  # fmt: skip
_NO_SOURCE_AFTER: Final = re.compile(
    r"^[\s-]*(?:transplant(?! of)|failure|suppress|involve|relapse|blast|biops|edema|oedema|lesion"
    r"|function|toxicity|counts?\b|samples?\b|donation|clamp|milking|pressure|micro|express|disease"
    r"|stimulation|aplasia|examin|necrosis|cycle|period|bleeding)",
    re.IGNORECASE,
)
_POSSIBLE_BEFORE: Final = re.compile(
    r"\b(?:can|may|could|might) be (?:\w+\s){0,3}(?:from|in)\b|\b(?:found|exist\w*|present) in\b",
    re.IGNORECASE,
)


_COMPONENT_BEFORE: Final = re.compile(
    r"\b(?:contain(?:s|ing)?|rich in|enriched (?:in|with))\s(?:[\w-]+\s){0,4}$", re.IGNORECASE
)
_STEM_CELL: Final = TERM["stem-or-progenitor-cell-product"].value
_READINGS_KEPT: Final = 1024
_MOST_SOURCES: Final = 3
_NEAR: Final = 30


class Named(NamedTuple):
    """A term that a passage names.

    Attributes:
        term: The term.
        passage: The passage.
        span: Where in the plain text of the passage.
        words: The words there.
        origin: The tissue or cell type that the words join to it, and its words; with a donor,
            the cells that follow it.
    """

    term: Term
    passage: Passage
    span: tuple[int, int]
    words: str
    origin: Named | None = None


class TextReading(NamedTuple):
    """What a group of passages names.

    Attributes:
        cells: The cell types that are given.
        made: Those of them that are made from others.
        made_from: The cell types that those are made from.
        tissues: Where cells were taken.
        donors: Whose they were.
    """

    cells: tuple[Named, ...] = ()
    made: tuple[Named, ...] = ()
    made_from: tuple[Named, ...] = ()
    tissues: tuple[Named, ...] = ()
    donors: tuple[Named, ...] = ()


class CellReader:
    """Reads cells, tissues and donors.

    Args:
        mentions: The function that lists the mentions of a string.
        compositions: The vocabulary's cell types taken apart.
    """

    def __init__(
        self, mentions: Callable[[str], tuple[Mention, ...]], compositions: Compositions
    ) -> None:
        self._mentions = mentions
        self._compositions = compositions
        self._introduced_once = lru_cache(_READINGS_KEPT)(self._introduced_in)
        self._read_once = lru_cache(_READINGS_KEPT)(self._read_one)

    def introduced(self, passages: Iterable[Passage]) -> frozenset[str]:
        """List the IRIs of cell types that texts name in full, and of those above and below.

        An abbreviation is taken for one of these only.

        Args:
            passages: All texts of a record that count.
        """
        return frozenset[str]().union(
            *(self._introduced_once(passage.text) for passage in passages)
        )

    def _introduced_in(self, text: str) -> frozenset[str]:
        terms = [
            term
            for mention in self._mentions(text)
            if not _ABBREVIATION.fullmatch(mention.text)
            for term in mention.of_kind("cell-types")
        ]
        above = map(self._compositions.above, terms)
        return frozenset(term.iri for term in terms).union(*above)

    def names_route(self, text: GivenText) -> bool:
        """Tell whether the name of an intervention is the way in which something is given."""
        name = text.intervention[0].text if text.intervention else ""
        return any(mention.of_kind("routes") for mention in self._mentions(name))

    def read(self, passages: Sequence[Passage], introduced: frozenset[str]) -> TextReading:
        """Read a group of passages.

        Args:
            passages: The passages.
            introduced: What abbreviations may stand for; see `introduced`.
        """
        parts = [self._read_once(passage, introduced) for passage in passages]
        return TextReading(*(tuple(chain.from_iterable(each)) for each in zip(*parts, strict=True)))

    def _read_one(self, passage: Passage, introduced: frozenset[str]) -> TextReading:
        mentions = self._mentions(passage.text)
        text = plain(passage.text).text
        cells = [
            (mention, term)
            for mention in mentions
            if (term := self._cell_type(mention, introduced)) is not None
        ]
        sources = [each for each in mentions if self._tissue(each, text) is not None]
        if len({each.terms for each in sources}) > _MOST_SOURCES:
            sources = []  # a paragraph on where such cells are found
        made: list[Named] = []
        made_from: list[Named] = []
        given: list[Named] = []
        mixtures: list[Named] = []
        used: set[int] = set()
        for product, source in pairs_in(cells, text, self._compositions):
            origin = _named(source, passage)
            if not self._compositions.is_below(source[1], MIXED):
                made_from.append(origin)
            mixtures.append(origin)
            used |= {product[0].start, source[0].start}
            narrower = self._compositions.made_from(product[1], source[1])
            if not is_denied(product[0]):
                made.append(
                    _named(product, passage)._replace(
                        term=narrower or product[1], origin=origin if narrower else None
                    )
                )
        given += made
        for mention, term in cells:
            if mention.start in used or is_out(mention):
                continue
            if not self._is_component(mention, given):
                given.extend(self._with_tissues(mention, term, sources, passage))
                for kind, span in sources_in_name(mention, term, self._compositions):
                    made_from.extend(
                        each._replace(span=span, words=text[slice(*span)])
                        for each in self._with_tissues(mention, kind, sources, passage)
                    )
        tissues = [
            _named((mention, tissue), passage)
            for mention in sources
            if (tissue := self._tissue(mention, text)) is not None
        ]
        tissues += [
            each._replace(term=tissue)
            for each in (*given, *mixtures)
            if (tissue := self._compositions.tissue_in_name(each.term, each.words)) is not None
        ]
        donors = self._donors(mentions, cells, given, passage)
        return TextReading(*map(tuple, (given, made, made_from, tissues, donors)))

    def _donors(
        self,
        mentions: tuple[Mention, ...],
        cells: list[tuple[Mention, Term]],
        given: list[Named],
        passage: Passage,
    ) -> list[Named]:
        """Give the donors that a text names, each with the cells that follow it."""
        text = plain(passage.text).text
        donors = [
            Named(
                self._compositions.index[iri],
                passage,
                span,
                text[slice(*span)],
                _following(cells, span[1], passage),
            )
            for iri, span in donors_in(mentions, text)
        ]
        donors += [
            each._replace(term=donor, origin=each)
            for each in given
            if (donor := self._compositions.donor_in_name(each.words)) is not None
        ]
        return donors

    def _cell_type(self, mention: Mention, introduced: frozenset[str]) -> Term | None:
        """Say which cell type a mention means, none where it may mean something else."""
        terms = mention.of_kind("cell-types")
        if (
            not terms
            or terms[0].iri == PLATELET_RICH_PLASMA
            or (mention.of_kind("tissues") and not _GIVEN_AFTER.match(mention.after))
        ):
            return None
        is_abbreviation = _ABBREVIATION.fullmatch(mention.text) is not None
        if not is_abbreviation or mention.text in _NEEDS_NO_INTRODUCTION:
            return terms[0]
        if mention.before.endswith("-") and mention.after.startswith("-"):
            return None  # letters of a code state nothing
        return _spelled_out(mention, terms, introduced)

    def _is_component(self, mention: Mention, given: list[Named]) -> bool:
        """Tell whether cells are named as what a mixture holds that was named before."""
        return _COMPONENT_BEFORE.search(mention.before) is not None and any(
            self._compositions.is_below(each.term, MIXED) for each in given
        )

    def _tissue(self, mention: Mention, text: str) -> Term | None:
        """Say which tissue a mention names as a source of cells."""
        tissues = [
            term
            for term in mention.of_kind("tissues")
            if term.iri in self._compositions.sources and term.broader
        ]
        if not tissues or is_denied(mention) or _NO_SOURCE_AFTER.match(mention.after):
            return None
        if _POSSIBLE_BEFORE.search(mention.before):
            return None
        if mention.text.isupper() and mention.text in tissues[0].ambiguous_labels:
            is_joined = text[mention.end : mention.end + 1] == "-" or _ORIGIN_AFTER.match(
                mention.after
            )
            return tissues[0] if is_joined else None
        name = tissues[0].iri.rpartition("/")[2]
        if name in _ALWAYS_SOURCES and mention.text.lower() not in _WEAK_NAMES:
            return tissues[0]
        is_origin = _ORIGIN_AFTER.match(mention.after) or _ORIGIN_BEFORE.search(mention.before)
        return tissues[0] if is_origin else None

    def _with_tissues(
        self, mention: Mention, term: Term, sources: list[Mention], passage: Passage
    ) -> Iterator[Named]:
        """Join a mention of cells with the tissue, or the list of tissues, beside it."""
        cells = _named((mention, term), passage)
        text = plain(passage.text).text
        joined = beside(mention, sources, text)
        own = self._compositions.origin_in_name(term)
        if own is not None:
            # "umbilical cord/placenta-derived MSC" names two products, and "umbilical cord MSC
            # from Wharton's jelly" a narrower one.
            made = (self._made_of(own, source, term, text) for source in joined)
            yield cells._replace(term=next(filter(None, made), term))
            joined = listed_before(mention, sources, text)
            term = own
        for source in joined:
            tissue = self._tissue(source, text)
            if tissue is not None:
                narrower = self._compositions.of_tissue(term, tissue)
                origin = _named((source, tissue), passage)
                if narrower is not None or own is None:
                    yield cells._replace(term=narrower or term, origin=origin)
        if not joined and own is None:
            yield cells

    def _made_of(self, base: Term, source: Mention, within: Term, text: str) -> Term | None:
        """Give what a tissue makes of cells, if that is narrower than another cell type."""
        tissue = self._tissue(source, text)
        made = None if tissue is None else self._compositions.of_tissue(base, tissue)
        if made is None or not self._compositions.is_below(made, within.iri):
            return None
        return made


def _named(found: tuple[Mention, Term], passage: Passage) -> Named:
    mention, term = found
    return Named(term, passage, (mention.start, mention.end), mention.text)


def _following(cells: list[tuple[Mention, Term]], end: int, passage: Passage) -> Named | None:
    """Give the cells that follow a place at a short distance."""
    for each in cells:
        if 0 <= each[0].start - end <= _NEAR:
            return _named(each, passage)
    return None


def _spelled_out(
    mention: Mention, terms: tuple[Term, ...], introduced: frozenset[str]
) -> Term | None:
    """Say what an abbreviation means: one sense, or the one that the record spells out."""
    letters = mention.text.removesuffix("s")
    marked = (label.removesuffix("s") for term in terms for label in term.ambiguous_labels)
    if letters not in marked:
        return terms[0]
    if mention.of_kind("routes"):
        return None
    known = [term for term in terms if term.iri in introduced]
    if len(known) == 1:
        return known[0]
    is_stem_cell = letters.endswith("SC") and _STEM_CELL in introduced
    is_sure = is_stem_cell or _CELLS_AFTER.match(mention.after)
    return terms[0] if len(mention.terms) == 1 and is_sure else None
