"""The statements that have to be understood to tell what changed: few, in a graph of thousands.

They are picked by their bytes: parsing all statements of a graph takes ten times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.comparing.sides import TOLD_BY
from cellkg.comparing.words import POINTERS
from cellkg.vocabulary import RDF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode

_POINTERS: Final = frozenset(str(each).encode() for each in POINTERS)
_TOLD_BY: Final = frozenset(str(each).encode() for each in (RDF["type"], *TOLD_BY))


def around(lines: Iterable[bytes], different: Collection[bytes], study: NamedNode) -> list[bytes]:
    """Pick what belongs to the statements that differ.

    Args:
        lines: One version of a graph, as N-Triples.
        different: The statements that only one of the versions has, of either version.
        study: The study of the graph, whose title is picked as well.

    Returns:
        Everything that is said of the things whose statements differ and of those that rest on
        them, with their evidence; and how other things point at them.
    """
    touched = {_parts(line)[0] for line in different}
    by_subject: dict[bytes, list[bytes]] = {}
    pointing: list[bytes] = []
    wanted = set(touched)
    for line in lines:
        subject, predicate, value = _parts(line)
        by_subject.setdefault(subject, []).append(line)
        if value in touched:
            pointing.append(line)
            if predicate in _POINTERS:
                wanted.add(subject)
    wanted |= set(_evidence_of(wanted, by_subject))
    picked = [line for subject in wanted for line in by_subject.get(subject, ())]
    about_study = by_subject.get(str(study).encode(), ())
    return [*picked, *pointing, *outline(about_study)]


def outline(lines: Iterable[bytes]) -> list[bytes]:
    """Pick what things are and what they are called; one statement of things that have neither."""
    found: list[bytes] = []
    others: dict[bytes, bytes] = {}
    outlined = set()
    for line in lines:
        subject, predicate, _ = _parts(line)
        if predicate in _TOLD_BY:
            outlined.add(subject)
            found.append(line)
        else:
            others[subject] = line
    return found + [line for subject, line in others.items() if subject not in outlined]


def _evidence_of(
    records: Iterable[bytes], by_subject: Mapping[bytes, list[bytes]]
) -> Iterator[bytes]:
    for each in records:
        for line in by_subject.get(each, ()):
            _, predicate, value = _parts(line)
            if predicate in _POINTERS:
                yield value


def _parts(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Part a line; no blank stands inside the IRIs of a subject and a predicate."""
    subject, predicate, value = line.split(b" ", 2)
    return subject, predicate, value.removesuffix(b" .\n")
