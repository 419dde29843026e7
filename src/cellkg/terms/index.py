"""From a label, synonym, compact IRI or IRI to a term, and through the tree of terms."""

from __future__ import annotations

from functools import cached_property

from cellkg.errors import UserInputError
from cellkg.terms.folding import first_word, fold, singulars
from cellkg.terms.tables import Tables, note, tabulate
from cellkg.terms.term import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator


class TermIndex:
    """All terms, found by any of their names.

    Loading one makes no terms: each is made when somebody asks for it, because a stored question
    needs two or three of them.

    Args:
        tables: The look-up tables; see `from_terms` and `from_json`.

    Example:
        >>> from cellkg.vocabulary import TERM
        >>> terms = TermIndex.from_terms(
        ...     [
        ...         Term(
        ...             "https://w3id.org/cellkg/term/fever",
        ...             "adverse-events",
        ...             "fever",
        ...             ("pyrexia",),
        ...         ),
        ...         Term(
        ...             "https://w3id.org/cellkg/term/intrathecal", "routes", "intrathecal", ("IT",)
        ...         ),
        ...     ]
        ... )
        >>> terms.resolve("Pyrexia").label
        'fever'
        >>> terms.resolve("fevr", kind="adverse-events")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: 'fevr' is not an adverse event known here; did you mean
        'fever'? `cellkg terms fevr` searches them all.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @classmethod
    def from_terms(cls, terms: Iterable[Term]) -> TermIndex:
        """Make an index.

        Args:
            terms: The terms, no IRI twice, with the parents of each.
        """
        return cls(tabulate(terms))

    @classmethod
    def from_json(cls, text: str) -> TermIndex:
        """Load what `to_json` wrote.

        Args:
            text: The JSON.

        Raises:
            StoreError: It was written by another version, or is damaged.
        """
        return cls(Tables.from_json(text))

    def to_json(self) -> str:
        """Write everything that look-up needs as lines of JSON."""
        return self._tables.to_json()

    def __len__(self) -> int:
        return len(self._tables.rows)

    def __iter__(self) -> Iterator[Term]:
        return map(self._term, range(len(self)))

    def __contains__(self, iri: object) -> bool:
        return iri in self._place_of

    def __getitem__(self, iri: str) -> Term:
        """Give the term with an IRI of ours; raises ``KeyError`` where there is none."""
        return self._term(self._place_of[iri])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of terms, in the order in which they first come."""
        return tuple(self._tables.kinds)

    def of_kind(self, kind: str) -> list[Term]:
        """List the terms of a kind.

        Args:
            kind: One of `kinds`.

        Raises:
            UserInputError: There is no such kind; the message names those that exist.
        """
        self._check_kind(kind)
        return [self._term(place) for place in self._tables.kinds[kind]]

    def resolve(self, text: str, kind: str | None = None) -> Term:
        """Find the one term that a person means.

        Case, hyphens, accents and the plural make no difference, unless they decide between two
        terms of a kind: then the name as printed wins, and after it the preferred label.

        Args:
            text: A label, a synonym, a compact IRI or an IRI; those of other vocabularies lead to
                the term that is their exact match.
            kind: The kind of term wanted; any kind where it is left out.

        Returns:
            The term.

        Raises:
            UserInputError: There is none, or there are several, or the kind does not exist; the
                message says what to type instead.
        """
        if kind is not None:
            self._check_kind(kind)
        meant = _sharpest(text, self.named(text, None if kind is None else {kind}))
        if len(meant) == 1:
            return meant[0]
        from cellkg.terms.explanations import explain_several, explain_unknown

        if meant:
            raise explain_several(text, meant)
        candidates = list(self) if kind is None else self.of_kind(kind)
        raise explain_unknown(text, kind, candidates, of_other_kinds=self.named(text))

    def named(self, text: str, kinds: Container[str] | None = None) -> list[Term]:
        """List every term that a name may stand for.

        Args:
            text: A label or a synonym in any case, singular or plural, or an IRI or compact IRI.
            kinds: The kinds of terms wanted; all kinds where it is left out.

        Returns:
            The terms, those with the very name first; empty where there is none.
        """
        for places in self._readings(text):
            terms = map(self._term, places)
            found = [term for term in terms if kinds is None or term.kind in kinds]
            if found:
                return sorted(found, key=lambda term: (text != term.label, text not in term.names))
        return []

    def has_name(self, folded: str) -> bool:
        """Tell whether a folded text, or what it is the plural of, is the name of a term.

        Args:
            folded: What `cellkg.terms.folding.fold` gave.
        """
        return any(self._readings_of_name(folded))

    def longest_name_from(self, word: str) -> int:
        """Tell how long a name can be that begins with a word: what to look for in a text.

        Args:
            word: The first word of a folded text, or the sign that stands there.

        Returns:
            How many characters the longest such name has when folded; 0 where there is none.
        """
        lengths = self._longest_from
        return max(lengths.get(word, 0), *(lengths.get(each, 0) for each in singulars(word)), 0)

    def parents(self, term: Term) -> tuple[Term, ...]:
        """List the terms right above."""
        return tuple(self[iri] for iri in term.broader)

    def narrower(self, term: Term) -> tuple[Term, ...]:
        """List the terms right below, by label."""
        return tuple(self._term(place) for place in self._children.get(term.iri, ()))

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """List every term above, the nearest first, each once."""
        found: dict[str, Term] = {}
        above = list(self.parents(term))
        for each in above:  # grows while it is read
            if each.iri not in found:
                found[each.iri] = each
                above += self.parents(each)
        return tuple(found.values())

    def path(self, term: Term) -> tuple[Term, ...]:
        """Give the way from the root of the tree down to a term, along first parents.

        Returns:
            The root first, the term itself last.
        """
        way = [term]
        while way[-1].broader:
            way.append(self[way[-1].broader[0]])
        return tuple(reversed(way))

    def search(self, text: str, kind: str | None = None) -> list[Term]:
        """Find terms by a name, a part of a name, or a name with typing errors.

        Args:
            text: What to look for.
            kind: The kind of term; any kind where it is left out.

        Returns:
            The terms, best first; near misses only where nothing else is found.

        Raises:
            UserInputError: The kind does not exist.
        """
        from cellkg.terms.searching import near_misses, ranked

        candidates = list(self) if kind is None else self.of_kind(kind)
        named = self.named(text, None if kind is None else {kind})
        found = dict.fromkeys([*named, *ranked(text, candidates)])
        return list(found) or near_misses(text, candidates)

    def _check_kind(self, kind: str) -> None:
        if kind not in self.kinds:
            raise UserInputError(
                f"There is no kind of term '{kind}'; the kinds are {', '.join(self.kinds)}.",
                value=kind,
                suggestions=self.kinds,
            )

    def _readings(self, text: str) -> Iterator[list[int]]:
        """Read a text as an IRI, then as a name: the places of the terms, by reading."""
        iri = _as_iri(text)
        if iri is not None:
            yield [self._place_of[iri]] if iri in self._place_of else []
            yield self._tables.elsewhere.get(iri, [])
        yield from self._readings_of_name(fold(text))

    def _readings_of_name(self, folded: str) -> Iterator[list[int]]:
        names, singular_names = self._tables.names, self._tables.singular_names
        yield names.get(folded, [])
        inflected = dict.fromkeys(singular_names.get(folded, []))
        for singular in singulars(folded):
            inflected |= dict.fromkeys(names.get(singular, []))
        yield list(inflected)

    def _term(self, place: int) -> Term:
        row = self._tables.rows[place]
        if isinstance(row, str):
            row = self._tables.rows[place] = _from_json(row)
        return row

    @cached_property
    def _longest_from(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for name in (*self._tables.names, *self._tables.singular_names):
            word = first_word(name)
            longest[word] = max(longest.get(word, 0), len(name))
        return longest

    @cached_property
    def _place_of(self) -> dict[str, int]:
        return {term.iri: place for place, term in enumerate(self)}

    @cached_property
    def _children(self) -> dict[str, list[int]]:
        children: dict[str, list[int]] = {}
        for term in sorted(self, key=lambda term: term.label.casefold()):
            for parent in term.broader:
                note(children, parent, self._place_of[term.iri])
        return children


def _from_json(row: str) -> Term:
    import json

    fields = (tuple(field) if isinstance(field, list) else field for field in json.loads(row))
    term = Term._make(fields)
    return term._replace(mappings=tuple((relation, iri) for relation, iri in term.mappings))


def _as_iri(text: str) -> str | None:
    bare = text.strip().removeprefix("<").removesuffix(">")
    if "://" in bare:
        return bare
    if ":" not in bare:
        return None
    from cellkg.identifiers import curie_to_iri

    try:
        return curie_to_iri(bare)
    except UserInputError:
        return None  # a name that has a colon in it


def _sharpest(text: str, terms: list[Term]) -> list[Term]:
    """Choose between terms of one kind by the case, then by the preferred label."""
    if len({term.kind for term in terms}) > 1:
        return terms
    for sharper in (
        [term for term in terms if text in term.names],
        [term for term in terms if fold(term.label) == fold(text)],
    ):
        if len(sharper) == 1:
            return sharper
    return terms
