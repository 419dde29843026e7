"""Which narrower cell type two words make together: "umbilical cord" and "MSC"."""

from __future__ import annotations

import re
from functools import lru_cache

from cellkg.terms.folding import fold
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Final

    from cellkg.terms import Term, TermIndex

_BETWEEN: Final = re.compile(r"^(?:tissue )?(?:derived )?")
_ABBREVIATION: Final = re.compile(r"(?:SC|MNC|MC|RC|NC|NP)s?$")

_NAMES_KEPT: Final = 4096
SITES: Final = TERM["target-site"].value
SOURCES: Final = TERM["anatomical-source"].value
MIXED: Final = TERM["mixed-cell-product"].value
CELL_FREE: Final = TERM["cell-derived-cell-free-product"].value
PLATELET_RICH_PLASMA: Final = TERM["platelet-rich-plasma"].value
"""Not a cell therapy; in the vocabulary as what others are compared with."""


class Compositions:
    """The cell types of the vocabulary, taken apart into what they are and where they are from.

    Args:
        index: All terms.

    Attributes:
        index: The same.
        sources: The IRIs of the tissues that cells are taken from.
        sites: The IRIs of the places that cells are given into.
    """

    def __init__(self, index: TermIndex) -> None:
        self.index = index
        self._above: dict[str, frozenset[str]] = {}
        tissues = index.of_kind("tissues") if "tissues" in index.kinds else []
        self.cell_types = index.of_kind("cell-types") if "cell-types" in index.kinds else []
        self.sources = {term.iri for term in tissues if self.is_below(term, SOURCES)}
        self.sites = {term.iri for term in tissues if self.is_below(term, SITES)}
        donors = index.of_kind("donors") if "donors" in index.kinds else []
        self._donor_names = {
            fold(name): term for term in donors if term.broader for name in term.names
        }
        self._donor_stated = _finder(self._donor_names)
        self._of_tissue: dict[tuple[str, str], Term] = {}
        self._tissue_of: dict[str, str] = {}
        self._without_tissue: dict[str, Term] = {}
        names = {
            fold(name): term
            for term in tissues
            if term.iri in self.sources and term.broader
            for name in term.names
        }
        self._tissue_stated = _finder(names)
        for cell_type in self.cell_types:
            for name, base, tissue in self._taken_apart(cell_type, names):
                self._of_tissue.setdefault((base.iri, tissue.iri), cell_type)
                if name == fold(cell_type.label):
                    self._tissue_of[cell_type.iri] = tissue.iri
                    self._without_tissue[cell_type.iri] = base
        for cell_type in self.cell_types:
            begins = [name for name in names if fold(cell_type.label).startswith(f"{name} ")]
            if begins:
                self._tissue_of.setdefault(cell_type.iri, names[max(begins, key=len)].iri)
        self._made_from = {
            (parent, source): term
            for term in self.cell_types
            for parent in term.broader
            for source in term.derived_from
        }

    def is_below(self, term: Term, iri: str) -> bool:
        """Tell whether a term is another one, or narrower than it."""
        return term.iri == iri or iri in self.above(term)

    def above(self, term: Term) -> frozenset[str]:
        """Give the IRIs of all terms above a term."""
        found = self._above.get(term.iri)
        if found is None:
            found = frozenset(each.iri for each in self.index.ancestors(term))
            self._above[term.iri] = found
        return found

    def of_tissue(self, cell_type: Term, tissue: Term) -> Term | None:
        """Give the narrower cell type that a cell type taken from a tissue is."""
        for origin in (tissue, *self.index.ancestors(tissue)):
            found = self._of_tissue.get((cell_type.iri, origin.iri))
            if found is not None:
                return found
        return None

    def made_from(self, cell_type: Term, source: Term) -> Term | None:
        """Give the narrower cell type that a cell type made from another one is."""
        return self._made_from.get((cell_type.iri, source.iri))

    def tissue_in_name(self, cell_type: Term, name: str) -> Term | None:
        """Give the tissue that a name of a cell type states, such as the BM in BM-MSC.

        Args:
            cell_type: The cell type.
            name: Its name as printed; a brand states no tissue.
        """
        stated = self._tissue_stated(name)
        if stated is not None:
            return stated
        iri = self._tissue_of.get(cell_type.iri)
        return self.index[iri] if iri is not None and _ABBREVIATION.search(name) else None

    def donor_in_name(self, name: str) -> Term | None:
        """Give the donor that a name states, as in "haploidentical stem cells"."""
        return self._donor_stated(name)

    def origin_in_name(self, cell_type: Term) -> Term | None:
        """Give the cell type without the tissue, where the label of one begins with a tissue."""
        return self._without_tissue.get(cell_type.iri)

    def origin_of(self, cell_type: Term) -> Term | None:
        """Give the tissue that a cell type is taken from by its definition."""
        for each in (cell_type, *self.index.ancestors(cell_type)):
            if each.iri in self._tissue_of:
                return self.index[self._tissue_of[each.iri]]
        return None

    def narrowest(self, terms: list[Term]) -> list[Term]:
        """Leave out terms that only say less exactly what another one says."""
        above = frozenset[str]().union(*map(self.above, terms))
        return [term for term in dict.fromkeys(terms) if term.iri not in above]

    def _taken_apart(
        self, cell_type: Term, tissue_names: dict[str, Term]
    ) -> Iterator[tuple[str, Term, Term]]:
        for name in map(fold, cell_type.names):
            words = name.split(" ")
            for place in range(1, len(words)):
                tissue = tissue_names.get(" ".join(words[:place]))
                rest = _BETWEEN.sub("", " ".join(words[place:]))
                if tissue is None:
                    continue
                for base in self.index.named(rest, {"cell-types"}):
                    if base.iri != cell_type.iri and self.is_below(cell_type, base.iri):
                        yield name, base, tissue


def _finder(names: Mapping[str, Term]) -> Callable[[str], Term | None]:
    """Make the function that gives the term with the longest name inside another name."""
    padded = sorted(((f" {name} ", term) for name, term in names.items()), key=_length)

    @lru_cache(_NAMES_KEPT)
    def find(name: str) -> Term | None:
        spelled = f" {fold(name)} "
        return next((term for part, term in padded if part in spelled), None)

    return find


def _length(named: tuple[str, Term]) -> int:
    return -len(named[0])
