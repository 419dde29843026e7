"""What a page tells of each study: its facts with their words, for the table and the details."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cellkg.drawing.palette import SOURCE_LOOKS, best_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.overview import Relation, StudyOverview


class Fact(NamedTuple):
    """One thing that is said of a study.

    Attributes:
        name: What it tells of.
        value: What it says.
        words: The words it rests on, each with its status, which may be empty.
    """

    name: str
    value: str
    words: tuple[tuple[str, str], ...]


def study_facts(
    study: StudyOverview, relations: Iterable[Relation], names: dict[str, str]
) -> list[Fact]:
    """List what a page tells of a study.

    Args:
        study: The study.
        relations: What it says on what the picture is about.
        names: What the kinds of relations are called.

    Returns:
        The facts; what its sources are silent about is told as "not stated".
    """
    facts = [
        Fact("origin", study.origin or "not known", ()),
        Fact("kinds of sources", _listed(study.source_kinds), ()),
        Fact("peer reviewed", "yes" if study.peer_reviewed else "not stated", ()),
        Fact("identifiers", _listed(study.identifiers), ()),
        Fact("phase", _listed(study.phases), ()),
        Fact("status", study.status or "not stated", ()),
        Fact(
            "dates", f"{study.start_date or 'not stated'} to {study.end_date or 'not stated'}", ()
        ),
    ]
    facts += [
        Fact(each.role, f"{each.number:,}", ((each.quote, ""),) if each.quote else ())
        for each in study.people
    ]
    if not study.people:
        facts.append(Fact("people", "not stated", ()))
    said = list(relations)
    for kind, name in names.items():
        here = [each for each in said if each.kind == kind]
        facts += [
            Fact(
                name,
                f"{each.label} ({each.answer})" if each.answer else each.label,
                tuple((words.quote, words.status) for words in each.words if words.quote),
            )
            for each in here
        ]
        if not here:
            facts.append(Fact(name, "not stated", ()))
    return facts


def study_data(
    studies: Sequence[StudyOverview], facts: Sequence[Sequence[Fact]]
) -> list[dict[str, object]]:
    """Give the studies as plain values, for the scripts of a page."""
    return [
        {
            "name": study.name,
            "title": study.title,
            "described": study.described,
            "facts": [[each.name, each.value, list(map(list, each.words))] for each in told],
        }
        for study, told in zip(studies, facts, strict=True)
    ]


def origin_choices(studies: Iterable[StudyOverview]) -> list[tuple[str, str, int]]:
    """List the origins for a filter: value, label, number of studies."""
    return _counted((study.origin or "not known" for study in studies), {})


def source_choices(studies: Iterable[StudyOverview]) -> list[tuple[str, str, int]]:
    """List the best kinds of sources for a filter, in the order of the ranking."""
    labels = {key: look.name for key, look in SOURCE_LOOKS.items()}
    found = _counted(map(source_of, studies), labels)
    return sorted(found, key=lambda choice: list(labels).index(choice[0]))


def status_choices(studies: Iterable[StudyOverview]) -> list[tuple[str, str, int]]:
    """List the statuses for a filter."""
    return _counted((study.status or "not stated" for study in studies), {})


def phase_choices(studies: Iterable[StudyOverview]) -> list[tuple[str, str, int]]:
    """List the phases for a filter."""
    return _counted((" and ".join(study.phases) or "not stated" for study in studies), {})


def source_of(study: StudyOverview) -> str:
    """Give the best kind of source of a study, a key of `SOURCE_LOOKS`."""
    return best_source(study.source_kinds, peer_reviewed=study.peer_reviewed)


def _counted(values: Iterable[str], labels: dict[str, str]) -> list[tuple[str, str, int]]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return [(value, labels.get(value, value), counts[value]) for value in sorted(counts)]


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values) or "not stated"
