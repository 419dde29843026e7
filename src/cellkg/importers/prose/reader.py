"""The reader of a registry's prose: what is given, for what, and what was measured."""

from __future__ import annotations

import re
from functools import lru_cache

from cellkg.importers.prose.compositions import Compositions
from cellkg.importers.prose.doses import doses_in
from cellkg.importers.prose.found import Given
from cellkg.importers.prose.measures import measure_reader
from cellkg.importers.prose.mentions import mention_finder
from cellkg.importers.prose.plain_text import plain
from cellkg.importers.prose.products import ProductReader
from cellkg.importers.prose.reasons import why_not
from cellkg.importers.prose.routes import RouteReader
from cellkg.importers.prose.schedules import schedule_in
from cellkg.importers.prose.texts import Passage
from cellkg.importers.prose.whole_names import name_reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

    from cellkg.importers.prose.found import Found
    from cellkg.importers.prose.texts import GivenText
    from cellkg.terms import TermIndex

_READINGS_KEPT: Final = 1024
_LIKE_A_PRODUCT: Final = re.compile(
    r"(?:[\w+/-]+[ -]){0,3}(?:cells?|progenitors?|lymphocytes?|vaccine|fraction)\b|[\w-]+cel\b",
    re.IGNORECASE,
)
_LIKE_A_ROUTE: Final = re.compile(
    r"\b(?:intra|trans|sub|peri|epi|endo)-?[a-z]+(?:al|ar|ous|ally|arly|ously)\b", re.IGNORECASE
)


class ProseReader:
    """Reads the prose of registry records; made once, then asked for every record.

    Args:
        index: All terms.

    Example:
        >>> from cellkg.importers.prose.texts import GivenText
        >>> from cellkg.terms import Term, TermIndex
        >>> from cellkg.vocabulary import TERM
        >>> index = TermIndex.from_terms(
        ...     [
        ...         Term(
        ...             TERM["mesenchymal-stromal-cell"].value,
        ...             "cell-types",
        ...             "mesenchymal stromal cell",
        ...             ("mesenchymal stem cell",),
        ...         ),
        ...     ]
        ... )
        >>> name = Passage("/interventions/0/name", "Mesenchymal Stem Cells")
        >>> (product,) = ProseReader(index).given(GivenText(intervention=(name,))).products
        >>> product.cell_types[0].quote
        'Mesenchymal Stem Cells'
    """

    def __init__(self, index: TermIndex) -> None:
        self._mentions = mention_finder(index)
        compositions = Compositions(index)
        self._ungrounded_once = lru_cache(_READINGS_KEPT)(self._ungrounded_in)
        self._products = ProductReader(self._mentions, compositions)
        self._routes = RouteReader(self._mentions, compositions)
        self._condition = name_reader(index, "conditions")
        self._adverse_event = name_reader(index, "adverse-events")
        self._outcome_measure = measure_reader(index)

    def given(self, text: GivenText) -> Given:
        """Find what one intervention gives in one arm.

        Args:
            text: The texts that tell of it.

        Returns:
            Its cell products with routes, doses and schedule; nothing of these where it gives no
            cells.
        """
        products = self._products.products(text)
        if not products:
            return Given(ungrounded=tuple(self._ungrounded(text)))
        near = (*text.intervention, *text.arm)
        return Given(
            products=products,
            routes=self._routes.routes((*text.intervention, *text.study), text.arm),
            sites_of_delivery=self._routes.sites((*near, *text.study)),
            doses=doses_in(near),
            ungrounded=tuple(self._ungrounded(text)),
            **schedule_in(near)._asdict(),
        )

    def condition(self, passage: Passage) -> Found | None:
        """Read a condition of the registry: the whole string is a name of the term.

        Args:
            passage: The string.
        """
        return self._condition(passage)

    def adverse_event(self, passage: Passage) -> Found | None:
        """Read an adverse event as printed: the whole string is a name of the term.

        Args:
            passage: The string. Plural, spelling and the order of words make no difference.
        """
        return self._adverse_event(passage)

    def outcome_measure(self, passage: Passage) -> Found | None:
        """Find the one measure that the title of an outcome names.

        Args:
            passage: The title.
        """
        return self._outcome_measure(passage)

    def why_not_cell_therapy(
        self, givens: Sequence[Given], texts: Sequence[GivenText]
    ) -> str | None:
        """Say why a study is not a cell therapy; nothing where it is one.

        Args:
            givens: What its interventions give.
            texts: The texts that this was read from.
        """
        return why_not(givens, texts)

    def _ungrounded(self, text: GivenText) -> Iterator[Passage]:
        """Give the stretches of an intervention that read like a product or route and are none."""
        for passage in text.intervention:
            yield from self._ungrounded_once(passage)

    def _ungrounded_in(self, passage: Passage) -> tuple[Passage, ...]:
        found: list[Passage] = []
        words = plain(passage.text)
        taken = [(mention.start, mention.end) for mention in self._mentions(passage.text)]
        for pattern in (_LIKE_A_PRODUCT, _LIKE_A_ROUTE):
            for match in pattern.finditer(words.text):
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    start, end = words.origin(*match.span())
                    found.append(Passage(passage.pointer, passage.text[start:end]))
        return tuple(found)
