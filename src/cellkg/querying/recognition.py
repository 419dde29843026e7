"""What a sentence names: terms of the vocabulary, studies, documents and institutions."""

from __future__ import annotations

import re
from typing import NamedTuple

from cellkg.querying.named_things import THINGS, list_things
from cellkg.querying.sentence import FUNCTION_WORDS, GENERAL_WORDS, NEGATIONS, words_of
from cellkg.terms import find_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

    from cellkg.store import GraphStore
    from cellkg.terms import Term, TermIndex

_SHORT: Final = 4
"""Names of so few letters, such as KI, are only taken as they are written."""


class Meaning(NamedTuple):
    """One thing that words may name.

    Attributes:
        kind: Its kind, as parameters have them.
        iri: Its IRI.
        label: What people call it.
    """

    kind: str
    iri: str
    label: str


class Mention(NamedTuple):
    """Words of a sentence that name something.

    Attributes:
        text: The words as written.
        start: Where they begin in the sentence, in code points.
        end: Where they end.
        meanings: What they may name: several things where the words are ambiguous.
    """

    text: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def of_kind(self, kind: str | None) -> tuple[Meaning, ...]:
        """Give the meanings of one kind."""
        return tuple(meaning for meaning in self.meanings if meaning.kind == kind)


def mentions_in(sentence: str, terms: TermIndex, store: GraphStore | None) -> tuple[Mention, ...]:
    """Find everything that a sentence names; the longer of two overlapping names holds.

    Args:
        sentence: The sentence.
        terms: The terms of the vocabulary.
        store: The graphs whose studies, documents and institutions are looked for; None for none.

    Returns:
        The mentions in the order of the sentence.
    """
    found: dict[tuple[int, int], list[Meaning]] = {}
    for match in find_terms(sentence, terms):
        found[match.start, match.end] = [_meaning(term) for term in match.terms]
    if store is not None:
        for start, end, meaning in _named_things(sentence, store):
            found.setdefault((start, end), []).append(meaning)
    kept: list[Mention] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
        if all(end <= other.start or start >= other.end for other in kept):
            kept.append(Mention(sentence[start:end], start, end, tuple(found[start, end])))
    kept.extend(_loosely_named(sentence, terms, kept))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _meaning(term: Term) -> Meaning:
    return Meaning(term.kind, term.iri, term.label)


def _loosely_named(sentence: str, terms: TermIndex, known: Sequence[Mention]) -> Iterator[Mention]:
    """Find terms that only a question names so: "msc" in small letters, and "intrathecally".

    In running text that would find "it" and "aids", but few words of a question are left over.
    """
    for word in words_of(sentence):
        is_plain = word.stem in FUNCTION_WORDS | GENERAL_WORDS | NEGATIONS
        if is_plain or any(word.start < each.end and word.end > each.start for each in known):
            continue
        meant = terms.named(word.text) or terms.named(word.text.removesuffix("ly"))
        if meant:
            yield Mention(word.text, word.start, word.end, tuple(map(_meaning, meant)))


def _named_things(sentence: str, store: GraphStore) -> Iterator[tuple[int, int, Meaning]]:
    for kind in THINGS:
        for thing in list_things(kind, store):
            for name in {thing.short_name, *thing.names}:
                flags = re.NOFLAG if len(name) <= _SHORT else re.IGNORECASE
                for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence, flags):
                    yield *match.span(), Meaning(kind, thing.iri, thing.short_name)
