"""Which pairs of studies are worth comparing: those that share something rare, by indexes.

Studies are never all compared with each other: each index maps what may be shared to the studies
that have it, and a pair has to meet in one of them. Of the indexes only the meetings are kept, and
of the pairs only those of one study at a time: thousands of studies make millions of either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import ceil
from typing import TYPE_CHECKING, Final

from cellkg.linking.titles import NEAR_EQUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cellkg.linking.context import Context

    Index = dict[str, Sequence[str]]
    """From what may be shared to the names of the studies that have it."""

_CROWDED: Final = 60
"""What more studies share is no sign that two of them belong together."""


_CROWDED_PLACE: Final = 200
"""So many studies of one condition at one place are no sign either, and would be 20,000 pairs."""


def pairs_worth_comparing(context: Context) -> Iterator[tuple[str, str]]:
    """Find the pairs of studies that share something which few studies have.

    Args:
        context: All studies.

    Yields:
        The pairs of names, each once and in alphabetical order, as are the two in it.
    """
    meetings = _Meetings()
    for index in (
        _by_number(context),
        _by_publication(context),
        _by_acronym(context),
        _by_title(context),
    ):
        for names in index.values():
            if len(names) <= _CROWDED:
                meetings.among(names)
    _meet_by_product(context, meetings)
    _meet_by_place(context, meetings)
    return meetings.pairs()


class _Meetings:
    """Groups of studies, by each study that is in one."""

    def __init__(self) -> None:
        self._others: defaultdict[str, list[Sequence[str]]] = defaultdict(list)

    def among(self, names: Sequence[str]) -> None:
        """Let studies meet each other."""
        if len(names) > 1:
            self.between(names, names)

    def between(self, names: Sequence[str], others: Sequence[str]) -> None:
        """Let each of some studies meet each of others."""
        for name in names:
            self._others[name].append(others)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give those that meet, each pair once and in alphabetical order."""
        for name in sorted(self._others):
            others = {each for group in self._others[name] for each in group if each > name}
            for other in sorted(others):
                yield name, other


def _indexed(keys: Iterable[tuple[str, str]]) -> Index:
    index: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in keys:
        index[key].add(name)
    return {key: tuple(names) for key, names in index.items() if len(names) > 1}


def _by_number(context: Context) -> Index:
    """Index numbers: a study's own, those that its texts name, and those that these begin with."""
    return _indexed(
        (number, name)
        for name, profile in context.profiles.items()
        for number in _numbers_of(name, profile.numbers, context)
    )


def _numbers_of(name: str, numbers: Iterable[str], context: Context) -> Iterator[str]:
    traits = context.traits[name]
    yield from numbers
    yield from traits.named
    own = {part for each in traits.own_ids for part in _beginnings(each.key)}
    for part in (own & context.id_count.keys()) | traits.ids_in_titles:
        yield f"id {part}"


def _beginnings(key: str) -> set[str]:
    words = key.split()
    return {" ".join(words[:end]) for end in range(1, len(words) + 1)}


def _by_publication(context: Context) -> Index:
    return _indexed(
        (number, name)
        for name, profile in context.profiles.items()
        for number in profile.documents | profile.results
    )


def _by_acronym(context: Context) -> Index:
    keys = ((context.acronym_key(profile), name) for name, profile in context.profiles.items())
    return _indexed((key, name) for key, name in keys if key is not None)


def _by_title(context: Context) -> Index:
    """Index the rarest words of titles: nearly equal titles have one of them in common.

    Two sets of words that share a part p of all can differ in so few that among the rarest
    ``n - ceil(p n) + 1`` words of each at least one is in both (the prefix filter of set joins).
    """
    titles = {
        (name, words) for name, traits in context.traits.items() for _, words in traits.titles.words
    }
    count = Counter(word for _, words in titles for word in words)
    return _indexed(
        (word, name)
        for name, words in titles
        for word in sorted(words, key=lambda word: (count[word], word))[
            : len(words) - ceil(NEAR_EQUAL * len(words)) + 1
        ]
    )


def _meet_by_product(context: Context, meetings: _Meetings) -> None:
    """Let studies meet whose titles name one product."""
    index = _indexed(
        (product, name) for name in context.profiles for product in context.traits[name].products
    )
    for names in index.values():
        if len(names) <= _CROWDED_PLACE:
            meetings.among(names)


def _meet_by_place(context: Context, meetings: _Meetings) -> None:
    """Let studies meet that have an institution and a condition in common, or a broader one."""
    profiles, broader_than = context.profiles, context.background.broader
    places = _indexed(
        (place, name)
        for name, profile in profiles.items()
        for place in (*profile.institutions, *(f"word:{w}" for w in context.traits[name].kin))
    )
    for there in places.values():
        exact: defaultdict[str, set[str]] = defaultdict(set)
        broader: defaultdict[str, set[str]] = defaultdict(set)
        for name in there:
            for condition in profiles[name].conditions | profiles[name].printed_conditions:
                exact[condition].add(name)
                for term in broader_than.get(condition, ()):
                    broader[term].add(name)
        for condition, found in exact.items():
            names, wider = tuple(found), tuple(broader.get(condition, ()))
            if len(names) + len(wider) <= _CROWDED_PLACE:
                meetings.among(names)
                if wider:
                    meetings.between(names, wider)
                    meetings.between(wider, names)
