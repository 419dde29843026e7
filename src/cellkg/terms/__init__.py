"""Terms: from what people write to the concepts of the vocabulary.

A :class:`TermIndex` finds a term by label, synonym, compact IRI or IRI, and suggests one for a
near miss; :func:`find_terms` finds the terms that a text names; :func:`read_terms` reads them out
of the graphs. This room knows no store: it is given triples, or the JSON that it wrote before.
"""

from cellkg.terms.index import TermIndex
from cellkg.terms.term import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.terms.from_graph import read_terms
    from cellkg.terms.in_text import Match, find_terms

__all__ = ["Match", "Term", "TermIndex", "find_terms", "read_terms"]

_HOMES = {
    "Match": "cellkg.terms.in_text",
    "find_terms": "cellkg.terms.in_text",
    "read_terms": "cellkg.terms.from_graph",
}
"""Where each name comes from that is imported when it is first used: a question needs none."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'cellkg.terms' has no attribute '{name}'"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
