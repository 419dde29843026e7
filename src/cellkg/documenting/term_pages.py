"""Schemes of terms, each with its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cellkg.terms import read_terms
from cellkg.vocabulary import DCTERMS, SKOS, TERM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cellkg.documenting.statements import Statements
    from cellkg.terms import Term


class Branch(NamedTuple):
    """A term in the tree of its scheme, with those below it.

    Attributes:
        term: The term.
        branches: The narrower terms, by their labels.
    """

    term: Term
    branches: tuple[Branch, ...]

    def size(self) -> int:
        """Count the terms below, each as often as it stands there."""
        return sum(1 + each.size() for each in self.branches)


class Scheme(NamedTuple):
    """A scheme of terms.

    Attributes:
        iri: Its IRI.
        name: The kind of its terms, such as ``routes``.
        title: What people call it.
        terms: Its terms, by their labels.
        tree: Those without a broader term, with all below them.
        narrower: The terms below each, by IRI.
        made: What is made from each cell type, by IRI.
    """

    iri: str
    name: str
    title: str
    terms: tuple[Term, ...]
    tree: tuple[Branch, ...]
    narrower: Mapping[str, tuple[Term, ...]]
    made: Mapping[str, tuple[Term, ...]]


def read_schemes(statements: Statements) -> tuple[Scheme, ...]:
    """Read the schemes of terms.

    Args:
        statements: What the files of the terms say.

    Returns:
        The schemes, by their titles.

    Raises:
        SourceFileError: A term is not what it should be.
    """
    by_scheme: dict[str, list[Term]] = {}
    for term in read_terms(statements.triples()):
        by_scheme.setdefault(term.kind, []).append(term)
    schemes = [
        _scheme(
            each.value,
            statements.text(each, DCTERMS["title"]),
            by_scheme.get(each.value.removeprefix(TERM.iri), []),
        )
        for each in statements.named(SKOS["ConceptScheme"])
    ]
    return tuple(sorted(schemes, key=lambda scheme: scheme.title))


def _scheme(iri: str, title: str, terms: list[Term]) -> Scheme:
    ordered = tuple(sorted(terms, key=lambda term: (term.label.casefold(), term.iri)))
    narrower = {
        each.iri: tuple(term for term in ordered if each.iri in term.broader) for each in ordered
    }
    made = {
        each.iri: tuple(term for term in ordered if each.iri in term.derived_from)
        for each in ordered
    }

    def branch(term: Term) -> Branch:
        return Branch(term, tuple(map(branch, narrower[term.iri])))

    roots = (term for term in ordered if not term.broader)
    name = iri.removeprefix(TERM.iri)
    return Scheme(iri, name, title or name, ordered, tuple(map(branch, roots)), narrower, made)
