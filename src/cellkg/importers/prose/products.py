"""Which cell products one intervention gives in one arm."""

from __future__ import annotations

import re
from dataclasses import replace

from cellkg.importers.prose.cells import CellReader
from cellkg.importers.prose.comparators import (
    gives_no_cells,
    is_description,
    is_generic,
    is_given_itself,
    is_of_controls,
    is_taking,
)
from cellkg.importers.prose.compositions import CELL_FREE
from cellkg.importers.prose.found import GroundedProduct, quoted
from cellkg.importers.prose.plain_text import plain
from cellkg.importers.prose.scope import is_transplanted
from cellkg.vocabulary import CKG, TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Final

    from cellkg.importers.prose.cells import Named, TextReading
    from cellkg.importers.prose.compositions import Compositions
    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.mentions import Mention
    from cellkg.importers.prose.texts import GivenText, Passage
    from cellkg.terms import Term

_ANY_CELLS: Final = TERM["cell-therapy-product"].value
_UNSPECIFIC: Final = {
    TERM[name].value
    for name in (
        "cell-therapy-product",
        "stem-or-progenitor-cell-product",
        "immune-cell-product",
        "mixed-cell-product",
        "adult-stem-cell",
    )
}
_STROMAL: Final = TERM["mesenchymal-stromal-cell"].value
_MIXTURES: Final = {
    TERM[name].value for name in ("bone-marrow-aspirate-concentrate", "stromal-vascular-fraction")
}
_OUT_OF: Final = re.compile(r"\b(?:from|out of|within)\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_INJECTED_BEFORE: Final = re.compile(
    r"(?:inject|infus|implant|receiv)\w*\s[^.;\n]{0,60}$", re.IGNORECASE
)
_INJECTED_AFTER: Final = re.compile(
    r"[^.;\n]{0,50}\b(?:re-?)?(?:inject|infus|implant)", re.IGNORECASE
)
_MARROW: Final = TERM["bone-marrow"].value
_CREST: Final = TERM["iliac-crest"].value
"""The bone that marrow is drawn from."""

_BLOOD_FORMING: Final = TERM["hematopoietic-stem-cell"].value
_OF_MARROW: Final = TERM["bone-marrow-stem-cell"].value
_ONLY_GROWN: Final = {
    TERM[name].value
    for name in ("induced-pluripotent-stem-cell", "pluripotent-stem-cell", "embryonic-stem-cell")
}
"""Nobody is given these as they are; what is grown from them is another cell type."""

_FROZEN: Final = re.compile(r"\b(?:cryo-?preserv\w+|frozen|thaw\w*|cryo-?stored)\b", re.IGNORECASE)
_FRESH: Final = re.compile(
    r"\b(?:freshly (?:isolated|prepared|harvested|cultured|obtained)|fresh(?=[\w\s-]{0,30}(?:cell"
    r"|msc)))",
    re.IGNORECASE,
)


class ProductReader:
    """Reads cell products.

    Args:
        mentions: The function that lists the mentions of a string.
        compositions: The vocabulary's cell types taken apart.
    """

    def __init__(
        self, mentions: Callable[[str], tuple[Mention, ...]], compositions: Compositions
    ) -> None:
        self._cells = CellReader(mentions, compositions)
        self._compositions = compositions

    def products(self, text: GivenText) -> tuple[GroundedProduct, ...]:
        """List the products that an intervention gives.

        Args:
            text: The texts of the intervention in one arm.

        Returns:
            One product for every distinct cell type; empty where it gives no cells.
        """
        introduced = self._cells.introduced((*text.intervention, *text.arm, *text.study))
        names = [each for each in text.intervention if not is_description(each)]
        told = [each for each in text.intervention if is_description(each)]
        levels = [
            self._cells.read(part, introduced) for part in (names, told, text.arm, text.study)
        ]
        names_cells, tells_cells = bool(levels[0].cells), bool(levels[1].cells)
        if gives_no_cells(text, names_cells=names_cells, tells_cells=tells_cells):
            return ()
        cells = self._chosen(text, levels)
        if not cells:
            return ()
        cells = self._with_tissues(self._without_sources(cells, levels), levels)
        if any(each.term.iri in _ONLY_GROWN for each in cells) and not is_given_itself(text):
            return ()
        kept = self._compositions.narrowest([each.term for each in cells])
        if any(term.iri == _BLOOD_FORMING for term in kept):
            # Stem cells of the marrow are these, where blood-forming cells are named beside them.
            kept = [term for term in kept if term.iri != _OF_MARROW]
        found = {each.term.iri: each for each in reversed(cells)}
        specific = [term for term in kept if term.iri != _ANY_CELLS]
        product = self._unnamed(levels, text, cells)
        donors = self._donors(levels, cells)
        if not specific:
            product = replace(product, donor=self._donor(donors, cells))
            # Of a product without any of these nothing is known.
            is_known = product.derived_from or product.tissues or product.donor
            return (product,) if is_known else ()
        return tuple(
            replace(
                product,
                cell_types=(_as_cell_type(found[term.iri]),),
                donor=self._donor(self._donors_of(term, donors), cells),
            )
            for term in specific
        )

    @staticmethod
    def _given(reading: TextReading) -> list[Named]:
        """Give the cells of a text; wide words count where no others stand."""
        specific = [each for each in reading.cells if each.term.iri not in _UNSPECIFIC]
        return specific or list(reading.cells)

    def _chosen(self, text: GivenText, levels: Sequence[TextReading]) -> list[Named]:
        """Choose the nearest texts that name cells, and let the others only narrow them."""
        named, told, arm, study = map(self._given, levels)
        if named or told:
            cells = self._narrowed(named, told, replace=True) if named else told
            cells = cells + self._mixtures(cells, (*told, *arm))
            return self._narrowed(self._narrowed(cells, arm, replace=False), study, replace=False)
        if not (is_generic(text) or self._cells.names_route(text) or is_taking(text)):
            return []
        if arm or is_taking(text):
            return self._narrowed(arm, study, replace=False)
        return [] if is_of_controls(text) else study

    def _mixtures(self, cells: list[Named], told: Iterable[Named]) -> list[Named]:
        """Give the mixtures that are injected where names tell only of stromal cells in them."""
        is_below = self._compositions.is_below
        if not cells or not all(is_below(each.term, _STROMAL) for each in cells):
            return []
        return [each for each in told if each.term.iri in _MIXTURES and _is_injected(each)]

    def _narrowed(self, cells: list[Named], by: list[Named], *, replace: bool) -> list[Named]:
        """Put a narrower cell type that farther texts name in the place of a wide one."""
        narrowed: list[Named] = []
        for each in cells:
            below = [
                other
                for other in by
                if other.term.iri != each.term.iri
                and self._compositions.is_below(other.term, each.term.iri)
            ]
            kinds = self._compositions.narrowest([other.term for other in below])
            is_unspecific = each.term.iri in _UNSPECIFIC
            is_sure = len(kinds) == 1 or _are_listed(below, kinds)
            if is_sure or (kinds and (is_unspecific or replace)):
                narrowed += [other for other in below if other.term in kinds]
            elif is_unspecific and all(other.term.iri not in _UNSPECIFIC for other in by) and by:
                narrowed += by
            else:
                narrowed.append(each)
        return narrowed

    def _without_sources(self, cells: list[Named], levels: Sequence[TextReading]) -> list[Named]:
        """Leave out the cells that the others are made from."""
        sources = [each.term for level in levels for each in level.made_from]

        def is_source(term: Term) -> bool:
            is_below = self._compositions.is_below
            return any(is_below(term, each.iri) or is_below(each, term.iri) for each in sources)

        others = [each for each in cells if not is_source(each.term)]
        made = [
            each
            for level in levels
            for each in level.made
            if not self._is_cell_free(each.term) and not is_source(each.term)
        ]
        return others or made or cells

    def _with_tissues(self, cells: list[Named], levels: Sequence[TextReading]) -> list[Named]:
        """Join cells with the nearest tissue that farther words name."""
        joined = []
        for each in cells:
            narrower = None
            for level in levels if each.origin is None else ():
                makes = {
                    found.iri: (found, tissue)
                    for tissue in level.tissues
                    if (found := self._compositions.of_tissue(each.term, tissue.term)) is not None
                }
                kinds = self._compositions.narrowest([found for found, _ in makes.values()])
                if len(kinds) == 1:
                    narrower = makes[kinds[0].iri]
                if makes:
                    break
            if narrower is None:
                joined.append(each)
            else:
                joined.append(each._replace(term=narrower[0], origin=narrower[1]))
        return joined

    def _unnamed(
        self, levels: Sequence[TextReading], text: GivenText, cells: list[Named]
    ) -> GroundedProduct:
        """Say of a product everything but what it is and whose."""
        given = {each.term.iri for each in cells}
        sources = [
            each for level in levels[:3] for each in level.made_from if each.term.iri not in given
        ] or [each for each in levels[3].made_from if each.term.iri not in given]
        if not sources and all(self._is_cell_free(each.term) for each in cells):
            # Nobody makes vesicles but from cells: the nearest that are named.
            named = (
                [each for each in level.cells if not self._is_cell_free(each.term)]
                for level in levels
            )
            sources = next(filter(None, named), [])
        for level in levels:
            by = [each for each in (*level.cells, *level.made_from) if each.term.iri not in given]
            sources = self._narrowed(list(sources), by, replace=False)
        tissues = self._fitting(levels, cells)
        tissues += tuple(
            each
            for level in levels
            for each in level.tissues
            if any(
                each.term.iri != near.term.iri
                and self._compositions.is_below(each.term, near.term.iri)
                for near in tissues
            )
        )
        if any(each.term.iri == _MARROW for each in tissues):
            tissues += tuple(
                each for level in levels for each in level.tissues if each.term.iri == _CREST
            )
        return GroundedProduct(
            cell_types=(),
            derived_from=self._each_once(sources, "it is made from"),
            tissues=self._each_once(tissues, "its cells were taken from"),
            preservation=_preservation((*text.intervention, *text.arm)),
        )

    def _is_cell_free(self, term: Term) -> bool:
        return self._compositions.is_below(term, CELL_FREE)

    def _fitting(self, levels: Sequence[TextReading], cells: list[Named]) -> tuple[Named, ...]:
        """Give the nearest tissues that the cells can be from."""
        origins = [self._compositions.origin_of(each.term) for each in cells]
        for level in levels:
            fitting = tuple(
                each
                for each in level.tissues
                if None in origins
                or any(
                    self._compositions.is_below(each.term, origin.iri)
                    or self._compositions.is_below(origin, each.term.iri)
                    for origin in origins
                    if origin is not None
                )
            )
            if fitting:
                return fitting
        return ()

    def _each_once(self, named: Iterable[Named], how: str) -> tuple[Found, ...]:
        first = {each.term.iri: each for each in reversed(list(named))}
        kept = self._compositions.narrowest([each.term for each in reversed(first.values())])
        return tuple(
            quoted(
                term.iri,
                first[term.iri].passage,
                _origin(first[term.iri]),
                f"'{first[term.iri].words}' says that {how} {term.label}.",
            )
            for term in kept
        )

    def _donors(self, levels: Sequence[TextReading], cells: list[Named]) -> list[Named]:
        """Give the donors of the nearest text that names any."""
        sought = [*cells, *(each for level in levels for each in level.made_from)]
        return next(filter(None, (self._of_these(level.donors, sought) for level in levels)), [])

    def _donors_of(self, product: Term, donors: list[Named]) -> list[Named]:
        """Give the donors of one of several products, as in "own BMNC and donated MSC"."""
        own = [
            each
            for each in donors
            if each.origin is not None
            and self._compositions.is_below(each.origin.term, product.iri)
        ]
        return own or donors

    def _of_these(self, donors: Sequence[Named], cells: Sequence[Named]) -> list[Named]:
        """Leave out the donors of a transplant of other cells, as in "MSC in allogeneic HSCT"."""
        is_below = self._compositions.is_below
        return [
            donor
            for donor in donors
            if donor.origin is None
            or not is_transplanted(donor.origin.words)
            or any(
                is_below(donor.origin.term, cell.term.iri)
                or is_below(cell.term, donor.origin.term.iri)
                for cell in cells
            )
        ]

    def _donor(self, donors: Sequence[Named], cells: list[Named]) -> Found | None:
        """Choose the donor that stands nearest before the cells, or the first."""
        if not donors:
            return None

        def distance(donor: Named) -> tuple[int, int]:
            behind = [
                cell.span[0] - donor.span[1]
                for cell in cells
                if cell.passage == donor.passage and cell.span[0] >= donor.span[1]
            ]
            return min(behind, default=10_000), donor.span[0]

        narrow = self._compositions.narrowest([each.term for each in donors])
        best = min((each for each in donors if each.term in narrow), key=distance)
        reasoning = f"'{best.words}' is a name of the donor type {best.term.label}."
        return quoted(best.term.iri, best.passage, _origin(best), reasoning)


def _is_injected(named: Named) -> bool:
    """Tell whether the words around cells say that these are put into people."""
    text = plain(named.passage.text).text
    before, after = text[: named.span[0]], text[named.span[1] :]
    if _OUT_OF.search(before):
        return False
    return bool(_INJECTED_BEFORE.search(before) or _INJECTED_AFTER.match(after))


def _are_listed(named: Iterable[Named], kinds: Sequence[Term]) -> bool:
    """Tell whether one place names all kinds, as in "umbilical cord/placenta-derived MSC"."""
    at_places: dict[tuple[str, tuple[int, int]], set[str]] = {}
    for each in named:
        at_places.setdefault((each.passage.pointer, each.span), set()).add(each.term.iri)
    return bool(kinds) and {kind.iri for kind in kinds} in at_places.values()


def _as_cell_type(named: Named) -> Found:
    start, end = named.span
    if named.origin is None:
        reasoning = f"'{named.words}' is a name of {named.term.label}."
    else:
        reasoning = f"'{named.words}' and '{named.origin.words}' name {named.term.label}."
        if named.origin.passage == named.passage:
            joined = min(start, named.origin.span[0]), max(end, named.origin.span[1])
            if joined[1] - joined[0] <= 100:  # noqa: PLR2004 - the longest quote
                start, end = joined
    span = plain(named.passage.text).origin(start, end)
    return quoted(named.term.iri, named.passage, span, reasoning)


def _origin(named: Named) -> tuple[int, int]:
    return plain(named.passage.text).origin(*named.span)


def _preservation(passages: Iterable[Passage]) -> Found | None:
    for passage in passages:
        text = plain(passage.text)
        for pattern, state in ((_FROZEN, "Frozen"), (_FRESH, "Fresh")):
            match = pattern.search(text.text)
            if match is not None:
                reasoning = f"'{match[0]}' says that the product is given {state.lower()}."
                return quoted(CKG[state].value, passage, text.origin(*match.span()), reasoning)
    return None
