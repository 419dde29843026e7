"""The cells, tissues and donors that a text names, in the sense in which it names them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from cellkg.importers.prose.compositions import CELL_FREE, MIXED
from cellkg.importers.prose.donors import donors_in
from cellkg.importers.prose.plain_text import plain
from cellkg.importers.prose.scope import is_denied, is_out
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
_SOURCE_THEN_PRODUCT: Final = re.compile(
    r"^[\s-]*(?:\([^)]{1,30}\)[\s-]*)?derived[\s-]+(?:(?!from|and|or)[\w'+]++[\s-]++){0,4}$",
    re.IGNORECASE,
)
_SOURCE_THEN_CELL_FREE: Final = re.compile(
    r"^(?:'?s?)?[\s-]*(?:\([^)]{1,30}\)[\s-]*)?(?:derived)?[\s-]*(?:(?!and\b|or\b|plus\b"
    r"|with\b)\w++[\s-]++){0,2}$",
    re.IGNORECASE,
)
_PRODUCT_THEN_SOURCE: Final = re.compile(
    r"^[\s)]*(?:\([^)]{1,30}\)\s*)?[,\s]*(?:[\w-]+\s){0,3}?(?:d[e]?rived|differentiated|generated"
    r"|induced"
    r"|reprogrammed|produced|made)\s(?:from|by|of)\s(?:[\w'+]++[\s-]++){0,6}$",
    re.IGNORECASE,
)
_SOURCE_INTO_PRODUCT: Final = re.compile(
    r"^\s*(?:\([^)]{1,30}\)\s*)?(?:[\w-]+\s){0,3}?(?:trans-?|pre-?)?differentiat\w+\s(?:in)?"
    r"(?:to|towards?)\s(?:[\w'+]++[\s-]++){0,5}$"
    r"|^\s(?:as|is|are) (?:a |the )?sources? (?:of|for)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_INTO: Final = re.compile(r"^\s(?:in)?to(?:wards)?\s(?:\w+\s){0,3}$", re.IGNORECASE)
_DIFFERENTIATION_OF: Final = re.compile(r"differentiation of\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_CELL_FREE_THEN_SOURCE: Final = re.compile(
    r"^\s?-\s?$|^[\s)]*(?:\([^)]{1,30}\)\s*)?(?:[\w-]+\s){0,4}?(?:from|of"
    r"|by)\s(?:[\w'+]++[\s-]++){0,6}$",
    re.IGNORECASE,
)
_ORIGIN_AFTER: Final = re.compile(
    r"^[\s-]*(?:\([^)]{1,20}\)[\s-]*)?(?:tissue[\s-]*)?(?:derived|origin|biops|sourced|obtained"
    r"|cell|stem|mesenchymal|stromal|fibro|kerat|progenitor|myobl|epithel)",
    re.IGNORECASE,
)
_ORIGIN_BEFORE: Final = re.compile(
    r"\b(?:from|obtained|harvested|isolated|extracted|taken|biops\w+)\s(?:(?:of|from|out|the|a|an"
    r"|own"
    r"|autologous|allogeneic|human|patients?|patient's|donor|healthy|adult|small|piece|by|sample"
    r"|their|his|her|subcutaneous|abdominal|full|term|fresh|upper|left|right|posterior)[\s-]+)*$",
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


_LIST: Final = re.compile(r"(?:[\s-]*derived)?[\s,/]*(?:and|or|and/or)?\s*", re.IGNORECASE)
_STEM_CELL: Final = TERM["stem-or-progenitor-cell-product"].value
_MOST_SOURCES: Final = 3
_FARTHEST: Final = 90
"""How many characters may stand between two words that are read together."""


class Named(NamedTuple):
    """A term that a passage names.

    Attributes:
        term: The term.
        passage: The passage.
        span: Where in the plain text of the passage.
        words: The words there.
        origin: The tissue or cell type that the words join to it, and its words.
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
        made_from: The cell types that those are made from.
        tissues: Where cells were taken.
        donors: Whose they were.
    """

    cells: tuple[Named, ...]
    made_from: tuple[Named, ...]
    tissues: tuple[Named, ...]
    donors: tuple[Named, ...]


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

    def introduced(self, passages: Iterable[Passage]) -> frozenset[str]:
        """List the IRIs of cell types that texts name in full, and of those above and below.

        An abbreviation is taken for one of these only.

        Args:
            passages: All texts of a record that count.
        """
        known: set[str] = set()
        for passage in passages:
            for mention in self._mentions(passage.text):
                for term in mention.of_kind("cell-types"):
                    if not _ABBREVIATION.fullmatch(mention.text):
                        known.add(term.iri)
                        known.update(
                            above.iri for above in self._compositions.index.ancestors(term)
                        )
        return frozenset(known)

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
        parts = [self._read_one(passage, introduced) for passage in passages]
        cells, made_from, tissues, donors = (
            tuple(each for part in parts for each in part[place]) for place in range(4)
        )
        return TextReading(cells, made_from, tissues, donors)

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
        made_from: list[Named] = []
        given: list[Named] = []
        mixtures: list[Named] = []
        used: set[int] = set()
        for product, source in self._pairs(cells, text):
            origin = _named(source, passage)
            if not self._compositions.is_below(source[1], MIXED):
                made_from.append(origin)
            mixtures.append(origin)
            used |= {product[0].start, source[0].start}
            narrower = self._compositions.made_from(product[1], source[1])
            if not is_out(product[0]):
                given.append(
                    _named(product, passage)._replace(
                        term=narrower or product[1], origin=origin if narrower else None
                    )
                )
        for mention, term in cells:
            if mention.start not in used and not is_out(mention):
                given.extend(self._with_tissues(mention, term, sources, passage))
                made_from.extend(self._in_name(mention, term, passage))
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
        donors = [
            Named(self._compositions.index[iri], passage, span, text[slice(*span)])
            for iri, span in donors_in(mentions, text)
        ]
        donors += [
            each._replace(term=donor)
            for each in given
            if (donor := self._compositions.donor_in_name(each.words)) is not None
        ]
        return TextReading(tuple(given), tuple(made_from), tuple(tissues), tuple(donors))

    def _cell_type(self, mention: Mention, introduced: frozenset[str]) -> Term | None:
        """Say which cell type a mention means, none where it may mean something else."""
        terms = mention.of_kind("cell-types")
        if not terms or (mention.of_kind("tissues") and not _GIVEN_AFTER.match(mention.after)):
            return None
        is_abbreviation = _ABBREVIATION.fullmatch(mention.text) is not None
        if not is_abbreviation or mention.text in _NEEDS_NO_INTRODUCTION:
            return terms[0]
        return _spelled_out(mention, terms, introduced)

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

    def _pairs(
        self, cells: list[tuple[Mention, Term]], text: str
    ) -> Iterator[tuple[tuple[Mention, Term], tuple[Mention, Term]]]:
        """Give the neighbours of which one is made from the other: product, then source."""
        for first, second in pairwise(cells):
            between = text[first[0].end : second[0].start]
            if len(between) > _FARTHEST:
                continue
            if self._are_related(first[1], second[1]):
                continue
            if self._compositions.is_below(second[1], CELL_FREE):
                if _SOURCE_THEN_CELL_FREE.match(between):
                    yield second, first
            elif (
                _SOURCE_THEN_PRODUCT.match(between)
                or _SOURCE_INTO_PRODUCT.match(between)
                or (_INTO.match(between) and _DIFFERENTIATION_OF.search(first[0].before))
            ):
                yield second, first
            elif _PRODUCT_THEN_SOURCE.match(between) or (
                self._compositions.is_below(first[1], CELL_FREE)
                and _CELL_FREE_THEN_SOURCE.match(between)
            ):
                yield first, second

    def _are_related(self, one: Term, other: Term) -> bool:
        is_below = self._compositions.is_below
        return is_below(one, other.iri) or (is_below(other, one.iri) and bool(one.broader))

    def _in_name(self, mention: Mention, term: Term, passage: Passage) -> Iterator[Named]:
        """Give the source that the very name of a product states, as in hESC-RPE."""
        words = re.match(r"(.+?)[\s-]derived[\s-]|(\w+)-\w", mention.text, re.IGNORECASE)
        if words is None:
            return
        name = words[1] or words[2]
        if self._compositions.index.named(name, {"tissues"}):
            return
        for source in self._compositions.index.named(name, {"cell-types"}):
            if not self._are_related(source, term) and (
                source.iri in term.derived_from or name[:1].islower() or name.startswith("MSC")
            ):
                end = mention.start + len(name)
                yield Named(source, passage, (mention.start, end), name)

    def _with_tissues(
        self, mention: Mention, term: Term, sources: list[Mention], passage: Passage
    ) -> Iterator[Named]:
        """Join a mention of cells with the tissue, or the list of tissues, beside it."""
        cells = _named((mention, term), passage)
        text = plain(passage.text).text
        beside = _beside(mention, sources, text)
        for source in beside:
            tissue = self._tissue(source, text)
            if tissue is not None:
                narrower = self._compositions.of_tissue(term, tissue) or term
                origin = _named((source, tissue), passage)
                yield cells._replace(term=narrower, origin=origin)
        if not beside:
            yield cells


def _named(found: tuple[Mention, Term], passage: Passage) -> Named:
    mention, term = found
    return Named(term, passage, (mention.start, mention.end), mention.text)


def _beside(mention: Mention, sources: list[Mention], text: str) -> list[Mention]:
    """Give the tissue that a mention of cells is joined to, with those listed beside it."""
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
