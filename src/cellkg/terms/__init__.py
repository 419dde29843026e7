"""Terms: from what people write to the concepts of the vocabulary.

A :class:`TermIndex` finds a term by label, synonym, compact IRI or IRI, and suggests one for a
near miss; :func:`find_terms` finds the terms that a text names; :func:`read_terms` reads them out
of the graphs. This room knows no store: it is given triples, or the JSON that it wrote before.
"""

from cellkg.terms.from_graph import read_terms
from cellkg.terms.in_text import Match, find_terms
from cellkg.terms.index import TermIndex
from cellkg.terms.term import Term

__all__ = ["Match", "Term", "TermIndex", "find_terms", "read_terms"]
