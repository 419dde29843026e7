"""Arms, and what each receives: products, routes and doses out of the prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.importers.ctgov import registry_words
from cellkg.importers.ctgov.given_records import intervention_of
from cellkg.importers.prose import GivenText, Passage
from cellkg.records import Arm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder
    from cellkg.importers.prose import Given, ProseReader
    from cellkg.records import Intervention

NO_LABEL: Final = "[no label printed]"


class Treatments(NamedTuple):
    """What a record says that people receive.

    Attributes:
        arms: The arms, with what each receives.
        unassigned: What the record ties to no arm.
        texts: The texts that tell of each intervention of each arm.
        givens: What was found in each of these texts.
    """

    arms: tuple[Arm, ...]
    unassigned: tuple[Intervention, ...]
    texts: tuple[GivenText, ...]
    givens: tuple[Given, ...]


def treatments_of(protocol: Item, reader: ProseReader, recorder: Recorder) -> Treatments:
    """Take in the arms and, for each arm, the interventions that the record ties to it.

    An intervention of two arms is two records, since its dose or route may differ between them.

    Args:
        protocol: The section ``protocolSection``.
        reader: Finds cells, routes and doses in texts.
        recorder: Names and evidence of this record.

    Returns:
        The arms, what is tied to none, and the texts that were read.

    Raises:
        FieldError: A field is not what the registry's description says.
    """
    module = protocol["armsInterventionsModule"]
    titles = protocol["identificationModule"]
    study = _passages(titles["briefTitle"], titles["officialTitle"])
    interventions = module["interventions"].items()
    texts: list[GivenText] = []
    givens: list[Given] = []
    assigned: set[int] = set()

    def intervention(place: int, label: str, arm: Item | None) -> Intervention:
        item = interventions[place]
        text = GivenText(
            intervention=(
                *_passages(item["name"]),
                *_passages(*item["otherNames"].items()),
                *_passages(item["description"]),
            ),
            arm=() if arm is None else _passages(arm["label"], arm["description"]),
            study=study,
            intervention_type=item["type"].text(),
            arm_type=None if arm is None else arm["type"].text(),
        )
        given = reader.given(text)
        texts.append(text)
        givens.append(given)
        return intervention_of(item, given, label, recorder)

    arms = []
    for number, item in enumerate(module["armGroups"].items()):
        received = []
        for place in _places_in(item, interventions):
            assigned.add(place)
            received.append(intervention(place, f"arm-{number}-intervention-{place}", item))
        arms.append(_arm(item, number, tuple(received), recorder))
    unassigned = tuple(
        intervention(place, f"intervention-{place}", None)
        for place in range(len(interventions))
        if place not in assigned
    )
    return Treatments(tuple(arms), unassigned, tuple(texts), tuple(givens))


def _passages(*items: Item) -> tuple[Passage, ...]:
    return tuple(Passage(item.pointer, item.raw()) for item in items if item.text())


def _places_in(arm: Item, interventions: Sequence[Item]) -> Iterator[int]:
    """Find the interventions of an arm: each side of the record may name the other."""
    label = arm["label"].text()
    named = {text for _, text in arm["interventionNames"].texts()}
    for place, item in enumerate(interventions):
        arms = {text for _, text in item["armGroupLabels"].texts()}
        kind = registry_words.words_of(item["type"].text() or "").title()
        if (label in arms) or (f"{kind}: {item['name'].text() or ''}" in named):
            yield place


def _arm(item: Item, number: int, received: tuple[Intervention, ...], recorder: Recorder) -> Arm:
    label = item["label"]
    printed = label.text()
    words = (printed or NO_LABEL,)
    name = recorder.name("arm", number, "label")
    quoted = label if printed else None
    evidence = [recorder.stated(name, Arm, {"printed_terms": words}, item, quoted=quoted)]
    role = recorder.listed(item["type"], registry_words.ARM_ROLES)
    if role is not None:
        record = recorder.name("arm", number, "record")
        evidence.append(recorder.stated(record, Arm, {"arm_role": role}, item["type"]))
    return Arm(
        iri=recorder.name("arm", number),
        arm_role=role,
        receives=received,
        evidence=tuple(evidence),
        principal_evidence=name,
        printed_terms=words,
    )
