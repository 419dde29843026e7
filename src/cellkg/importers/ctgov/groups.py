"""The groups that results tables count, and the arms they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cellkg.importers.ctgov.arms import NO_LABEL
from cellkg.importers.ctgov.item import FieldError
from cellkg.importers.ctgov.wording import tidy
from cellkg.records import ResultGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import NamedNode

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.records import Arm

    Groups = Mapping[str, NamedNode]
    """From the id of a group inside its table to its record."""

_ID: Final = re.compile(r"[A-Z]{2}[0-9]{3,6}")
_WORD: Final = re.compile(r"\w+")
_NO_PART_OF_A_LABEL: Final = frozenset({"arm", "group", "the", "cohort"})


class ArmLinker:
    """Tells which arm of the plan a group of a results table is, where that is certain.

    The registry ties the two nowhere together. A group is taken for an arm where its title has
    the same words as the label of one arm only, or where there is one arm and the table counts one
    group.

    Args:
        arms: The arms of the study.
    """

    def __init__(self, arms: Sequence[Arm]) -> None:
        self._arms = arms
        self._by_words: dict[tuple[str, ...], list[Arm]] = {}
        for arm in arms:
            for label in set(arm.printed_terms) - {NO_LABEL}:
                self._by_words.setdefault(_words(label), []).append(arm)

    def arm_of(self, title: str, groups: int) -> tuple[NamedNode, str] | None:
        """Find the arm that a group is.

        Args:
            title: The title of the group.
            groups: How many groups the table counts.

        Returns:
            The arm and why it is the one; None where that is not certain.
        """
        words = _words(title)
        named = self._by_words.get(words, []) if words else []
        if len(named) == 1:
            return named[0].iri, f"The title has the words of the label of one arm, {title!r}."
        if len(self._arms) == 1 and groups == 1:
            return self._arms[0].iri, "The study has one arm, and the table counts one group."
        return None


def _words(label: str) -> tuple[str, ...]:
    words = _WORD.findall(tidy(label).casefold())
    return tuple(word for word in words if word not in _NO_PART_OF_A_LABEL) or tuple(words)


def groups_of(
    items: Sequence[Item], label: str, table: NamedNode, linker: ArmLinker, recorder: Recorder
) -> tuple[ResultGroup, ...]:
    """Take in the groups of one table.

    Args:
        items: The groups.
        label: What their names begin with, the same for no two tables of a record.
        table: Which table it is.
        linker: Tells the arms.
        recorder: Names and evidence of this record.

    Returns:
        The groups, in the order of the table.

    Raises:
        FieldError: A group has no id, or two have the same.
    """
    seen: set[str] = set()
    groups = []
    for item in items:
        group_id = item["id"].text() or ""
        if not _ID.fullmatch(group_id) or group_id in seen:
            problem = "A group of a results table has an id of its own, such as EG000."
            raise FieldError(item["id"].pointer, problem, group_id)
        seen.add(group_id)
        groups.append(_group(item, f"{label}-{group_id}", table, len(items), linker, recorder))
    return tuple(groups)


def _group(
    item: Item,
    label: str,
    table: NamedNode,
    groups: int,
    linker: ArmLinker,
    recorder: Recorder,
) -> ResultGroup:
    title = item["title"].text() or item["id"].text() or ""
    quoted = item["title"] if item["title"].text() else item["id"]
    values: dict[str, Any] = {"results_table": table, "printed_terms": (title,)}
    name = recorder.name(label, "title")
    evidence = [recorder.stated(name, ResultGroup, values, item, quoted=quoted)]
    arm = linker.arm_of(title, groups)
    if arm is not None:
        values["in_arms"] = (arm[0],)
        evidence.append(
            recorder.concluded(recorder.name(label, "arm"), ResultGroup, ("in_arms",), item, arm[1])
        )
    return ResultGroup(
        iri=recorder.name(label), evidence=tuple(evidence), principal_evidence=name, **values
    )


def group_named(groups: Groups, item: Item) -> NamedNode:
    """Find a group by its id.

    Args:
        groups: The groups of the table.
        item: The id, as a number or an analysis of the table gives it.

    Returns:
        The IRI of the group.

    Raises:
        FieldError: The table has no such group.
    """
    group_id = item.text()
    if group_id is None or group_id not in groups:
        raise FieldError(item.pointer, "The table has no group of this id.", group_id)
    return groups[group_id]


def by_id(groups: Sequence[ResultGroup]) -> dict[str, NamedNode]:
    """Give the groups of one table by their ids, which end their names."""
    return {group.iri.value.rpartition("-")[2]: group.iri for group in groups}
