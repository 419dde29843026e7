"""Records with anything in any place: taken in whole, or refused with the place named."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.importers.ctgov.evidence_rules import broken_rules, triples_of
from tests.importers.ctgov.made_up_records import STUDIES
from tests.importers.ctgov.one_record import import_one, parsed, prose_reader

from cellkg.errors import SourceFileError
from cellkg.importers.ctgov import import_study, version_of
from cellkg.importers.reading import RefusedRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]


def places_in(value: object, path: Path = ()) -> Iterator[Path]:
    """Every place below the whole record."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, each in inside:
        yield (*path, key)
        yield from places_in(each, (*path, key))


PLACES = [(number, path) for number, record in STUDIES.items() for path in places_in(record)]
KINDS_OF_PLACES = {
    tuple("" if isinstance(step, int) else step for step in path): (number, path)
    for number, path in PLACES
}
"""One place of each kind: members of a list are alike."""

NUMBER_OF_PLACES = 600
NUMBER_OF_KINDS = 230
EXAMPLES = 200

ODD_TEXTS = st.sampled_from(
    [
        *("", " ", "\u200b", "\x00", "\x85", "&amp;nbsp;", "\\", "#", 'a b/c<>"{}|^`%', "\ufeff"),
        *("NA", "-", "NaN", "Infinity", "1e99", "-0", "9" * 5000, "1e400", "\u0663", "0x1", "1_0"),
        *("2021-02-30", "0000", "2020-13", "2020-1-1", "2020-01-01T00:00", "10000"),
        *(
            "EG000",
            "OG000",
            "EG999",
            "PHASE9",
            "ACTUAL",
            "\u5e72\u7ec6\u80de",
            "x" * 3000,
            "\U0001f600",
        ),
        *("PARTICIPANTS", "None", "Standard Deviation", "MEAN", "10.1000/<x>", "NCT00000001"),
    ]
)
NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([2**63 - 1, -(2**63)]),
    st.sampled_from([1.5, -0.0, 1e300, 1e-300, 0.1]),
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | ODD_TEXTS | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "type", "date", "value", "name", "a/b~"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def at(record: Any, path: Path) -> Any:  # noqa: ANN401 - JSON
    for step in path:
        record = record[step]
    return record


def with_value(record: Any, path: Path, value: object) -> Any:  # noqa: ANN401 - JSON
    changed = copy.deepcopy(record)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def import_or_refuse(record: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether a record is taken in; where it is not, the message names a place in it."""
    try:
        found = import_one(record)
    except RefusedRecordError:
        return False  # what is no study at all is refused before
    except SourceFileError as error:
        refused = error
    else:
        assert broken_rules(parsed(record), found) == []
        assert triples_of(found)
        return True
    assert (refused.field or "").startswith("/")
    assert str(refused).startswith("made-up.json, record NCT9000000")
    assert len(str(refused)) < 500
    return False


def test_there_are_enough_places() -> None:
    assert len(PLACES) >= NUMBER_OF_PLACES
    assert len(KINDS_OF_PLACES) >= NUMBER_OF_KINDS


def test_without_any_one_of_its_parts_a_record_is_still_taken_in_or_refused() -> None:
    taken_in = 0
    for number, path in KINDS_OF_PLACES.values():
        record = copy.deepcopy(STUDIES[number])
        del at(record, path[:-1])[path[-1]]
        taken_in += import_or_refuse(record)
    assert taken_in > NUMBER_OF_KINDS * 0.8  # few parts are needed: the ids of groups above all


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(PLACES), JSON)
@example((1, ("resultsSection", "adverseEventsModule", "eventGroups", 0, "id")), "record")
@example((1, ("resultsSection", "outcomeMeasuresModule", "outcomeMeasures", 0, "title")), None)
@example((7, ("protocolSection", "referencesModule", "references", 2, "pmid")), "000")
def test_anything_in_any_place_is_taken_in_or_refused(
    place: tuple[int, Path], value: object
) -> None:
    number, path = place
    import_or_refuse(with_value(STUDIES[number], path, value))


@settings(max_examples=EXAMPLES // 2)
@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_any_part_in_the_place_of_any_other_is_taken_in_or_refused(
    one: tuple[int, Path], other: tuple[int, Path]
) -> None:
    value = copy.deepcopy(at(STUDIES[other[0]], other[1]))
    import_or_refuse(with_value(STUDIES[one[0]], one[1], value))


@settings(max_examples=EXAMPLES // 4)
@given(
    st.sampled_from(PLACES),
    st.sampled_from([Decimal("NaN"), Decimal("Infinity"), Decimal("1E+400"), 10**40, -1]),
)
def test_numbers_that_no_json_file_holds_are_refused_as_well(
    place: tuple[int, Path], value: object
) -> None:
    number, path = place
    record = with_value(STUDIES[number], path, value)
    if path[:3] == ("protocolSection", "identificationModule", "nctId")[: len(path[:3])]:
        return  # without a number it is no study
    try:
        import_study(record, prose_reader(), "here", ("", "", "0" * 64))
        version_of(record, "here")
    except SourceFileError as error:
        refused = error
    else:
        return
    assert (refused.field or "").startswith("/")
