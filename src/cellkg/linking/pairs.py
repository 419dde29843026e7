"""Which pairs of studies are worth comparing: those that share something rare, by indexes.

Studies are never all compared with each other: each index maps what may be shared to the studies
that have it, and a pair has to meet in one of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, product
from math import ceil
from typing import TYPE_CHECKING, Final

from cellkg.linking.titles import NEAR_EQUAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cellkg.linking.context import Context

    Index = defaultdict[str, set[str]]

_CROWDED: Final = 60
"""What more studies share is no sign that two of them belong together."""


_CROWDED_PLACE: Final = 200
"""So many studies of one condition at one place are no sign either, and would be 20,000 pairs."""


def pairs_worth_comparing(context: Context) -> list[tuple[str, str]]:
    """Find the pairs of studies that share something which few studies have.

    Args:
        context: All studies.

    Returns:
        The pairs of names, each once and in alphabetical order, as are the two in it.
    """
    found: set[tuple[str, str]] = set()
    for index in (_by_number(context), _by_publication(context), _by_acronym(context)):
        for names in index.values():
            if len(names) <= _CROWDED:
                found.update(combinations(sorted(names), 2))
    found |= _by_place(context)
    found |= _by_title(context)
    return sorted(found)


def _indexed(keys: Iterable[tuple[str, str]]) -> Index:
    index: Index = defaultdict(set)
    for key, name in keys:
        index[key].add(name)
    return index


def _by_number(context: Context) -> Index:
    """Index numbers: a study's own, those that its texts name, and those that these begin with."""
    keys: list[tuple[str, str]] = []
    for name, profile in context.profiles.items():
        traits = context.traits[name]
        keys += [(number, name) for number in profile.numbers | traits.named]
        own = {part for each in traits.own_ids for part in _beginnings(each.key)}
        keys += [(f"id {part}", name) for part in own & context.id_count.keys()]
        keys += [(f"id {part}", name) for part in traits.ids_in_titles]
    return _indexed(keys)


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


def _by_place(context: Context) -> set[tuple[str, str]]:
    """Find pairs with an institution and a condition in common, or a product."""
    exact: Index = defaultdict(set)
    broader: Index = defaultdict(set)
    for name, profile in context.profiles.items():
        places = profile.institutions | {f"word:{word}" for word in context.traits[name].kin}
        for product_name in context.traits[name].products:
            exact[f"product:{product_name}"].add(name)
        for condition in profile.conditions | profile.printed_conditions:
            above = context.background.broader.get(condition, ())
            for place in places:
                exact[f"{place} {condition}"].add(name)
                for term in above:
                    broader[f"{place} {term}"].add(name)
    found: set[tuple[str, str]] = set()
    for key, names in exact.items():
        wider = broader.get(key, ())
        if len(names) + len(wider) > _CROWDED_PLACE:
            continue
        found.update(combinations(sorted(names), 2))
        met = product(names, wider)
        found.update((min(pair), max(pair)) for pair in met if pair[0] != pair[1])
    return found


def _by_title(context: Context) -> set[tuple[str, str]]:
    """Find pairs with nearly equal titles: such have one of their rarest words in common.

    Two sets of words that share a part p of all can differ in so few that among the rarest
    ``n - ceil(p n) + 1`` words of each at least one is in both (the prefix filter of set joins).
    """
    titles = {
        (name, words) for name, traits in context.traits.items() for _, words in traits.titles.words
    }
    count = Counter(word for _, words in titles for word in words)
    index: Index = defaultdict(set)
    for name, words in titles:
        rarest = sorted(words, key=lambda word: (count[word], word))
        for word in rarest[: len(words) - ceil(NEAR_EQUAL * len(words)) + 1]:
            index[word].add(name)
    found: set[tuple[str, str]] = set()
    for names in index.values():
        if len(names) <= _CROWDED:
            found.update(combinations(sorted(names), 2))
    return found
