"""Fold things that few studies share into broader ones, so that what is drawn stays readable."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cellkg.terms import TermIndex

Role = Literal["one", "broader", "rest", "silent"]

MOST: Final = {
    "condition": 36,
    "cell-type": 13,
    "route": 11,
    "adverse-event": 10,
    "institution": 10,
    "source": 5,
    "tissue": 12,
    "donor": 6,
    "derived-from": 8,
    "outcome-measure": 14,
}
"""How many things of a kind are drawn at most, the rest and the silent aside."""

PLURALS: Final = {
    "condition": "conditions",
    "cell-type": "cell types",
    "route": "routes of administration",
    "adverse-event": "adverse events",
    "institution": "institutions",
    "source": "sources",
    "tissue": "tissues",
    "donor": "donors",
    "derived-from": "parent cells",
    "outcome-measure": "outcome measures",
}
"""What several things of a kind are called."""


SILENT: Final = {
    "condition": "condition not recognised or not stated",
    "cell-type": "cell type not recorded",
    "route": "route not recorded",
    "adverse-event": "adverse events not recorded",
    "institution": "institution not recorded",
    "source": "source not recorded",
    "tissue": "tissue not recorded",
    "donor": "donor not recorded",
    "derived-from": "parent cells not recorded",
    "outcome-measure": "outcome measures not recorded",
}
"""What is said of studies that name nothing of a kind: silence, and never that there is none."""


class Group(NamedTuple):
    """One thing that is drawn, or several that are drawn as one.

    Attributes:
        id: The IRI of the thing, or of the broader term that several are drawn as; "rest:" or
            "silent:" and the kind for those below.
        kind: The kind of relation.
        label: What it is called.
        role: "one" thing; a "broader" term that narrower ones are folded into; the "rest" that no
            broader term holds; or the studies that are "silent" about the kind.
        things: The IRIs of what it stands for, those of most studies first.
        studies: The IRIs of the studies, in order.
    """

    id: str
    kind: str
    label: str
    role: Role
    things: tuple[str, ...]
    studies: tuple[str, ...]

    @property
    def folded(self) -> int:
        """How many things are drawn as another one."""
        return 0 if self.role == "silent" else len(set(self.things) - {self.id})


def fold(
    kind: str,
    shared: Mapping[str, Collection[str]],
    labels: Mapping[str, str],
    terms: TermIndex,
    everyone: Iterable[str],
) -> list[Group]:
    """Choose what is drawn of a kind.

    Where there are more things than `MOST`, those of the fewest studies are folded into the next
    broader term, the deepest first, and again until few enough are left; what has no broader term
    but the root of all becomes the rest. Nothing is dropped: every thing is in one group.

    Args:
        kind: The kind of relation.
        shared: The studies of each thing.
        labels: What the things are called.
        terms: The terms, for the tree.
        everyone: All studies of the picture: those that share nothing are silent.

    Returns:
        The groups: those of most studies first, then the rest, then the silent, if there are any.
    """
    sizes = sorted((len(set(studies)) for studies in shared.values()), reverse=True)
    least = 1 if len(sizes) <= MOST[kind] else sizes[MOST[kind]] + 1
    kept = _folded(shared, terms, least)
    while len(kept) - ("" in kept) > MOST[kind]:
        least += 1
        kept = _folded(shared, terms, least)
    rest = kept.pop("", [])
    groups = [
        _group(thing, kind, _label(thing, labels, terms), things, shared)
        for thing, things in kept.items()
    ]
    groups.sort(key=lambda group: (-len(group.studies), group.label, group.id))
    if len(rest) == 1:
        groups.append(_group(rest[0], kind, labels[rest[0]], rest, shared))
    elif rest:
        label = f"other {PLURALS[kind]}" if groups else PLURALS[kind]
        groups.append(_group(f"rest:{kind}", kind, label, rest, shared))
    silent = sorted(set(everyone) - {study for several in shared.values() for study in several})
    if silent:
        groups.append(Group(f"silent:{kind}", kind, SILENT[kind], "silent", (), tuple(silent)))
    return groups


def _folded(
    shared: Mapping[str, Collection[str]], terms: TermIndex, least: int
) -> dict[str, list[str]]:
    """Fold what fewer than `least` studies share; "" holds what has nowhere to go."""
    at_depth: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for thing in shared:
        at_depth[_depth(thing, terms)][thing] = [thing]
    kept: dict[str, list[str]] = {}
    for depth in range(max(at_depth, default=0), -1, -1):
        for thing, things in at_depth[depth].items():
            if len({study for each in things for study in shared[each]}) >= least:
                kept[thing] = things
                continue
            broader = _broader(thing, terms)
            into = at_depth[depth - 1] if broader else kept
            into.setdefault(broader, []).extend(things)
    return kept


def _depth(thing: str, terms: TermIndex) -> int:
    """Count the terms above, along first parents: what is broader lies one step less deep."""
    return len(terms.path(terms[thing])) if thing in terms else 0


def _broader(thing: str, terms: TermIndex) -> str:
    """Name the next broader term, or nothing where that is the root of all."""
    if thing not in terms or not terms[thing].broader:
        return ""
    broader = terms[terms[thing].broader[0]]
    return broader.iri if broader.broader else ""


def _label(thing: str, labels: Mapping[str, str], terms: TermIndex) -> str:
    return labels[thing] if thing in labels else terms[thing].label


def _group(
    id_: str, kind: str, label: str, things: list[str], shared: Mapping[str, Collection[str]]
) -> Group:
    role: Role = "one" if things == [id_] else "rest" if id_.startswith("rest:") else "broader"
    return Group(
        id_,
        kind,
        label,
        role,
        tuple(sorted(things, key=lambda thing: (-len(shared[thing]), thing))),
        tuple(sorted({study for thing in things for study in shared[thing]})),
    )
