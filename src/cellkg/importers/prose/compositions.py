"""Which narrower cell type two words make together: "umbilical cord" and "MSC"."""

from __future__ import annotations

import re

from cellkg.terms.folding import fold
from cellkg.vocabulary import TERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from cellkg.terms import Term, TermIndex

_BETWEEN: Final = re.compile(r"^(?:tissue )?(?:derived )?")
_ABBREVIATION: Final = re.compile(r"(?:SC|MNC|MC|RC|NC|NP)s?$")

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
        tissues = index.of_kind("tissues") if "tissues" in index.kinds else []
        self.cell_types = index.of_kind("cell-types") if "cell-types" in index.kinds else []
        self.sources = {term.iri for term in tissues if self.is_below(term, SOURCES)}
        self.sites = {term.iri for term in tissues if self.is_below(term, SITES)}
        donors = index.of_kind("donors") if "donors" in index.kinds else []
        self._donor_names = {
            fold(name): term for term in donors if term.broader for name in term.names
        }
        self._of_tissue: dict[tuple[str, str], Term] = {}
        self._tissue_of: dict[str, str] = {}
        self._without_tissue: dict[str, Term] = {}
        self._tissue_names = names = {
            fold(name): term
            for term in tissues
            if term.iri in self.sources and term.broader
            for name in term.names
        }
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
        return term.iri == iri or any(above.iri == iri for above in self.index.ancestors(term))

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
        spelled = f" {fold(name)} "
        stated = [each for each in self._tissue_names if f" {each} " in spelled]
        if stated:
            return self._tissue_names[max(stated, key=len)]
        iri = self._tissue_of.get(cell_type.iri)
        return self.index[iri] if iri is not None and _ABBREVIATION.search(name) else None

    def donor_in_name(self, name: str) -> Term | None:
        """Give the donor that a name states, as in "haploidentical stem cells"."""
        spelled = f" {fold(name)} "
        stated = [each for each in self._donor_names if f" {each} " in spelled]
        return self._donor_names[max(stated, key=len)] if stated else None

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
        above = {each.iri for term in terms for each in self.index.ancestors(term)}
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
