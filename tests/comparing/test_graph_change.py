"""One study in two versions, changed at random and on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from cellkg.comparing.changed_graphs import GraphPair
from cellkg.comparing.graph_change import change_of
from cellkg.store.graph_files import GraphFileReader
from cellkg.store.packed_lines import n_triples
from cellkg.vocabulary import CKG, STUDY, TERM, study_graph

if TYPE_CHECKING:
    from cellkg.comparing import GraphChange, RecordChange

THREE_ANSWERS = Path(__file__).parents[1] / "data" / "three-answers"
NAME = study_graph(STUDY["reported"].value).value
LINES = frozenset(
    n_triples(
        quad.triple for quad in GraphFileReader().quads(THREE_ANSWERS / "reported.ttl")
    ).splitlines(keepends=True)
)
EVIDENCE = b"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/cellkg/ontology#Evidence>"
PIECES = {line.split(b" ")[0] for line in LINES if EVIDENCE in line}
FACTS = [
    line
    for line in sorted(LINES)
    if line.split(b" ")[0] not in PIECES and not line.split(b" ")[1].lower().endswith(b"evidence>")
]


def changed(old: str, new: str, lines: frozenset[bytes] = LINES) -> frozenset[bytes]:
    found = frozenset(line.replace(old.encode(), new.encode()) for line in lines)
    assert found != lines
    return found


def change(before: frozenset[bytes], after: frozenset[bytes]) -> GraphChange:
    return change_of(GraphPair(NAME, before, after))


def only(found: GraphChange) -> RecordChange:
    (record,) = found.records
    return record


def mirrored(found: GraphChange) -> GraphChange:
    opposite = {"added": "withdrawn", "withdrawn": "added", "changed": "changed"}
    records = [
        each._replace(
            name=each.former or each.name,
            former=each.name if each.former else None,
            kind=None,
            about=None,
            change=opposite[each.change],
            values=tuple(
                value._replace(
                    before=value.after,
                    after=value.before,
                    words_before=value.words_after,
                    words_after=value.words_before,
                )
                for value in each.values
            ),
        )
        for each in found.records
    ]
    return found._replace(
        change=opposite[found.change],
        title=None,
        records=tuple(sorted(records, key=str)),
        renamed=tuple(sorted(((after, before) for before, after in found.renamed), key=str)),
        added=found.withdrawn,
        withdrawn=found.added,
    )


def in_any_order(found: GraphChange) -> GraphChange:
    records = sorted((each._replace(kind=None, about=None) for each in found.records), key=str)
    renamed = sorted(found.renamed, key=str)
    return found._replace(title=None, records=tuple(records), renamed=tuple(renamed))


class Edit(NamedTuple):
    """What is done to the study.

    Attributes:
        gone: The places of statements that are taken out.
        renamed: Records that get another name.
        added: What is added to every count of 4.
    """

    gone: set[int]
    renamed: set[str]
    added: int

    def apply(self) -> frozenset[bytes]:
        """Make the edited study."""
        lines = {line for place, line in enumerate(sorted(LINES)) if place not in self.gone}
        for record in sorted(self.renamed):
            old, new = f"#{record}>".encode(), f"#{record}-2>".encode()
            lines = {line.replace(old, new) for line in lines}
        return frozenset(line.replace(b'"4"', f'"{4 + self.added}"'.encode()) for line in lines)


EDITS = st.builds(
    Edit,
    st.sets(st.integers(0, len(LINES) - 1), max_size=8),
    st.sets(st.sampled_from(("fever", "encephalopathy", "dose", "people", "fever-count"))),
    st.integers(0, 3),
)


@settings(max_examples=50)
@given(EDITS, EDITS)
def test_the_way_back_is_the_mirror_image(one: Edit, other: Edit) -> None:
    before, after = one.apply(), other.apply()
    assert mirrored(change(before, after)) == in_any_order(change(after, before))


@settings(max_examples=40)
@given(EDITS)
def test_the_same_twice_is_no_news(edit: Edit) -> None:
    lines = edit.apply()
    found = change(lines, lines)
    assert (found.records, found.renamed, found.moved) == ((), (), 0)


@settings(max_examples=60)
@given(st.sampled_from(FACTS))
def test_one_fact_less_is_one_changed_record(line: bytes) -> None:
    assert len(FACTS) == 56
    subject, predicate = line.split(b" ")[:2]
    record = only(change(LINES, LINES - {line}))
    assert (str(record.name).encode(), record.change) == (subject, "changed")
    (value,) = record.values
    assert str(value.property).encode() == predicate
    assert (len(value.before), value.after) == (1, ())


def test_a_changed_value_is_told_with_the_old_and_the_new_one() -> None:
    record = only(change(LINES, changed('#count> "4"', '#count> "5"')))
    (value,) = record.values
    assert (record.name, record.kind, record.change) == (
        STUDY["reported#fever"],
        CKG["AdverseEventFinding"],
        "changed",
    )
    assert [each.value for each in (*value.before, *value.after) if isinstance(each, Literal)] == [
        "4",
        "5",
    ]
    assert (value.property, value.kept, value.words_before, value.words_after) == (
        CKG["count"],
        0,
        (),
        (),
    )


def test_changed_words_are_told_for_every_property_that_rests_on_them() -> None:
    record = only(change(LINES, changed('"Fever 4"', '"Fever four"')))
    assert [each.property for each in record.values] == [
        CKG["event"],
        CKG["reporting"],
        CKG["count"],
    ]
    for value in record.values:
        assert (value.before, value.after) == ((), ())
        assert [words.quote for words in value.words_before] == ["Fever 4"]
        assert [words.quote for words in value.words_after] == ["Fever four"]


def test_changed_reasoning_is_news() -> None:
    record = only(change(LINES, changed("The table has 24 rows.", "Rows were counted.")))
    ((before,), (after,)) = record.values[0].words_before, record.values[0].words_after
    assert (before.reasoning, after.reasoning) == ("The table has 24 rows.", "Rows were counted.")


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ('#start> "100"', '#start> "101"', 1),
        ("#fever-count>", "#e17>", 1),
        ('"2026-11-21"', '"2026-11-22"', 2),
    ],
)
def test_evidence_that_moved_is_counted_and_no_news(old: str, new: str, moved: int) -> None:
    found = change(LINES, changed(old, new))
    assert (found.records, found.moved) == ((), moved)


def test_another_principal_quote_is_news() -> None:
    old = "principalEvidence> <https://w3id.org/cellkg/study/reported#fever-count>"
    new = "principalEvidence> <https://w3id.org/cellkg/study/reported#fever-at-risk>"
    (value,) = only(change(LINES, changed(old, new))).values
    assert value.property == CKG["principalEvidence"]
    assert [each.quote for each in value.words_after] == ["MSC in 28 patients"]


def test_a_record_with_another_name_is_counted_and_no_news() -> None:
    found = change(LINES, changed("#fever>", "#event-2>"))
    assert found.records == ()
    assert found.renamed == ((STUDY["reported#fever"], STUDY["reported#event-2"]),)


def test_rows_that_were_numbered_anew_are_one_row_more() -> None:
    before = changed("#fever>", "#event-1>", changed("#encephalopathy>", "#event-0>"))
    shifted = changed("#event-0>", "#event-1>", changed("#event-1>", "#event-2>", before))
    study, event = STUDY["reported"], STUDY["reported#event-0"]
    new = {
        f"{study} {CKG['adverseEventFinding']} {event} .\n".encode(),
        f"{event} {CKG['event']} {TERM['headache']} .\n".encode(),
    }
    found = change(before, shifted | new)  # event-1 was fever, and is encephalopathy now
    assert [(each.name, each.change) for each in found.records] == [
        (STUDY["reported#event-0"], "added")
    ]
    assert len(found.renamed) == 2


def test_what_others_point_at_is_known_by_its_name() -> None:
    found = change(LINES, changed("#rows-24>", "#rows>"))
    assert found.renamed == ()
    assert [(each.name, each.change) for each in found.records] == [
        (STUDY["reported#people"], "changed"),  # it concerns the rows
        (STUDY["reported#rows-24"], "withdrawn"),
        (STUDY["reported#rows"], "added"),
    ]


def test_a_record_that_goes_is_told_by_itself_and_with_its_words() -> None:
    after = frozenset(line for line in LINES if b"#no-serious" not in line)
    record = only(change(LINES, after))
    assert (record.name, record.change) == (STUDY["reported#no-serious"], "withdrawn")
    properties = {each.property: each for each in record.values}
    assert properties[CKG["denies"]].before == (
        NamedNode("https://w3id.org/cellkg/term/serious-adverse-event"),
    )
    assert properties[CKG["denies"]].words_before[0].quote == "no serious side effects"


def test_a_study_that_comes_or_goes_is_told_by_its_records() -> None:
    added, withdrawn = change(frozenset(), LINES), change(LINES, frozenset())
    assert (added.change, withdrawn.change) == ("added", "withdrawn")
    assert len(added.records) == len(withdrawn.records) == 12
    assert {each.values for each in added.records} == {()}
    assert isinstance(added.title, Literal)
    assert added.title.value == "Repeated intrathecal MSC in multiple sclerosis"


def test_one_value_of_several_goes_and_the_others_stay() -> None:
    more = frozenset(
        {*LINES, f"{STUDY['reported']} {CKG['condition']} {TERM['stroke']} .\n".encode()}
    )
    (value,) = only(change(more, LINES)).values
    assert (len(value.before), value.after, value.kept) == (1, (), 1)


def test_axioms_without_a_name_are_told_by_what_they_say() -> None:
    axiom = (
        "_:a <http://www.w3.org/2002/07/owl#members> _:l0 .\n"
        "_:l0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <urn:A> .\n"
        "_:l0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l1 .\n"
        "_:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <urn:B> .\n"
        "_:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n"
        '<urn:A> <http://www.w3.org/2000/01/rdf-schema#label> "a" .\n'
    )
    before = frozenset(axiom.encode().splitlines(keepends=True))
    after = frozenset(line.replace(b"<urn:B>", b"<urn:C>") for line in before)
    found = change(before, after)
    assert [(each.name, each.change) for each in found.records] == [
        (Literal("[owl:members (urn:A urn:B)]"), "withdrawn"),
        (Literal("[owl:members (urn:A urn:C)]"), "added"),
    ]
