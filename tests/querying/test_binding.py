from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions
from rdflib.plugins.sparql import prepareQuery

from cellkg.errors import UserInputError
from cellkg.querying import list_questions, load_question
from cellkg.querying.binding import ANY, bind, with_values
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, INSTITUTION, STUDY, TERM, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cellkg.querying import StoredQuestion
    from cellkg.querying.binding import Value
    from cellkg.terms import TermIndex

    Questions = Mapping[str, StoredQuestion]
MAIN: dict[str, Value] = {"cellType": "MSC", "route": "intrathecal", "event": "fever"}


@pytest.fixture(scope="session")
def answers(questions: Questions) -> StoredQuestion:
    return questions["event-answers"]


@pytest.fixture(scope="session")
def typed(questions: Questions) -> StoredQuestion:
    return questions["typed-values"]


def nodes_of(
    question: StoredQuestion, values: Mapping[str, Value | list[Value] | None],
    terms: TermIndex, store: LocalStore,
) -> dict[str, tuple[NamedNode | Literal, ...]]:  # fmt: skip
    return {each.parameter.name: each.terms for each in bind(question, values, terms, store)}


def test_terms_come_from_labels_synonyms_and_iris(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    expected = {
        "cellType": (TERM["mesenchymal-stromal-cell"],),
        "relation": (CKG["IsA"],),
        "route": (TERM["intrathecal"],),
        "event": (TERM["fever"],),
    }
    for fever in ("fever", "Pyrexia", "term:fever", TERM["fever"].value, TERM["fever"]):
        assert nodes_of(answers, {**MAIN, "event": fever}, terms, store) == expected


def test_several_values_are_bound_each_once(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    bound = bind(answers, {**MAIN, "event": ["fever", "headache", "pyrexia"]}, terms, store)
    event = bound[-1]
    assert event.given == ("fever", "headache", "pyrexia")
    assert event.terms == (TERM["fever"], TERM["headache"])
    text = with_values(answers, bound)
    assert f"\n  VALUES (?_event_iri) {{ ({TERM['fever']}) ({TERM['headache']}) }}\n" in text


def test_values_stand_right_below_the_where_line(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    lines = with_values(answers, bind(answers, MAIN, terms, store)).split("\n")
    place = lines.index("WHERE {")
    assert lines.pop(place + 1) == (
        "  VALUES (?_cellType_iri ?__relation_iri ?_route_iri ?_event_iri)"
        f" {{ ({TERM['mesenchymal-stromal-cell']} {CKG['IsA']} {TERM['intrathecal']}"
        f" {TERM['fever']}) }}"
    )
    assert "\n".join(lines) == answers.text


def test_a_default_stands_until_something_or_any_is_given(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    default = bind(answers, MAIN, terms, store)[1]
    assert (default.given, default.terms, default.is_default) == (("is a",), (CKG["IsA"],), True)
    given = bind(answers, {**MAIN, "relation": "derived from"}, terms, store)[1]
    assert (given.terms, given.is_default) == ((CKG["DerivedFrom"],), False)
    opened = bind(answers, {**MAIN, "relation": ANY}, terms, store)
    assert (opened[1].terms, opened[1].given, opened[1].is_default) == ((), (ANY,), False)
    assert "  VALUES (?_cellType_iri ?_route_iri ?_event_iri) {" in with_values(answers, opened)
    assert bind(answers, {**MAIN, "relation": None}, terms, store)[1].is_default
    assert bind(answers, {**MAIN, "relation": []}, terms, store)[1].is_default


def test_what_is_missing_is_told_with_what_to_type(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    with pytest.raises(UserInputError) as caught:
        bind(answers, {"route": "intrathecal", "event": None}, terms, store)
    assert str(caught.value) == (
        "The question event-answers needs the cell type and event; add for example"
        "  --cell-type 'mesenchymal stromal cell' --event fever"
    )
    assert caught.value.suggestions == ("--cell-type", "--event")


def test_what_is_required_cannot_be_left_open(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    with pytest.raises(UserInputError, match=r"--route cannot be left open.* --route intrathecal"):
        bind(answers, {**MAIN, "route": ANY}, terms, store)


def test_examples_are_there_for_every_kind(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    with pytest.raises(UserInputError, match="add for example  --study one-reported"):
        bind(questions["findings-of-study"], {}, terms, store)
    with pytest.raises(UserInputError, match="--study NAME"):
        bind(questions["findings-of-study"], {}, terms, LocalStore())


def test_a_required_value_has_an_example_of_its_type(
    tmp_path: Path, terms: TermIndex, store: LocalStore
) -> None:
    file = tmp_path / "after.rq"
    file.write_text(
        '#+ summary: "?"\n#+ question: "After {day}?"\n#+ keywords: ["x"]\n#+ tags: ["x"]\n'
        '#+ parameters:\n#+   day: {"help": "a day"}\n#+ columns:\n#+   s: {"meaning": "it"}\n'
        "SELECT ?s\nWHERE {\n  ?s ?p ?_day_date\n}\n",
        "utf-8",
    )
    with pytest.raises(UserInputError, match="add for example  --day 2024-12-31"):
        bind(load_question(file), {}, terms, store)


def test_a_name_that_does_not_exist_is_told_with_near_misses(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore
) -> None:
    with pytest.raises(UserInputError, match="no parameter 'cell_type'; did you mean 'cellType'"):
        bind(answers, {"cell_type": "MSC"}, terms, store)
    with pytest.raises(UserInputError, match=r"^--route: .*did you mean 'intrathecal'") as caught:
        bind(answers, {**MAIN, "route": "intratecal"}, terms, store)
    assert caught.value.suggestions[0] == "intrathecal"
    with pytest.raises(UserInputError, match="--event: 'intrathecal' is a route"):
        bind(answers, {**MAIN, "event": "intrathecal"}, terms, store)


def test_studies_and_institutions_are_found_by_what_people_call_them(
    questions: Questions, terms: TermIndex, store: LocalStore
) -> None:
    study = STUDY["one-reported"]
    for name in (
        "one-reported", "study:one-reported", study.value, str(study), "one", "NCT00000001",
    ):  # fmt: skip
        found = nodes_of(questions["findings-of-study"], {"study": name}, terms, store)
        assert found == {"study": (study,)}, name
    for name in ("karolinska-institutet", "Karolinska Institutet", "ki", "karo"):
        found = nodes_of(questions["institution-names"], {"institution": name}, terms, store)
        assert found == {"institution": (INSTITUTION["karolinska-institutet"],)}, name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two", "'two' could be 2 of them; did you mean 'two-denied' or 'two-silent'"),
        ("one-reportd", "There is no study 'one-reportd'; did you mean 'one-reported'"),
        ("zzz", "There is no study 'zzz'; type  cellkg query studies  to see"),
        ("", "There is no study ''"),
        ("source:one", "There is no study 'source:one'"),
        ("https://example.org/x", "There is no study 'https://example.org/x'"),
        ("one reported> { } <", "There is no study"),
    ],
)
def test_a_study_that_is_not_there_is_told_with_near_misses(
    questions: Questions, terms: TermIndex, store: LocalStore, name: str, said: str
) -> None:
    with pytest.raises(UserInputError, match=re.escape(said)):
        bind(questions["findings-of-study"], {"study": name}, terms, store)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("count", "3", Literal("3", datatype=XSD["integer"])),
        ("count", 3, Literal("3", datatype=XSD["integer"])),
        ("count", "-007", Literal("-7", datatype=XSD["integer"])),
        ("count", Literal(3), Literal("3", datatype=XSD["integer"])),
        ("ratio", "0.50", Literal("0.50", datatype=XSD["decimal"])),
        ("ratio", 2, Literal("2", datatype=XSD["decimal"])),
        ("ratio", Decimal("1.5"), Literal("1.5", datatype=XSD["decimal"])),
        ("ratio", 1e6, Literal("1000000.0", datatype=XSD["decimal"])),
        ("ratio", "1e6", Literal("1e6", datatype=XSD["double"])),
        ("serious", "Yes", Literal("true", datatype=XSD["boolean"])),
        ("serious", False, Literal("false", datatype=XSD["boolean"])),
        ("after", "2024-02-29", Literal("2024-02-29", datatype=XSD["date"])),
        ("after", date(2024, 2, 29), Literal("2024-02-29", datatype=XSD["date"])),
        ("text", " as it is ", Literal(" as it is ")),
        ("text", "any", None),
    ],
)
def test_values_become_literals_of_their_type(
    typed: StoredQuestion, terms: TermIndex, store: LocalStore,
    name: str, value: Value, expected: Literal | None,
) -> None:  # fmt: skip
    found = nodes_of(typed, {name: value}, terms, store)
    assert found == {name: (expected,) if expected is not None else ()}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("count", "three", "--count: 'three' is no whole number; write it as 3."),
        ("count", "3.0", "no whole number"),
        ("count", "٣", "no whole number"),
        ("count", "3 ", "no whole number"),
        ("count", str(2**63), "no whole number"),
        ("count", "9" * 5000, "no whole number"),
        ("ratio", "0,5", "no number; write it as 0.5"),
        ("ratio", "nan", "no number"),
        ("ratio", "1e999", "no number"),
        ("ratio", "1" * 19, "no number"),
        ("ratio", "0." + "1" * 19, "no number"),
        ("serious", "maybe", "no boolean; write it as true"),
        ("after", "2023-02-29", "no date; write it as 2024-12-31"),
        ("after", "20240229", "no date"),
        ("after", "2024-W09-4", "no date"),
        ("text", "", "no text"),
        ("text", "\ud800", "no text"),
    ],
)
def test_a_value_of_another_type_is_refused(
    typed: StoredQuestion, terms: TermIndex, store: LocalStore, name: str, value: str, said: str
) -> None:
    with pytest.raises(UserInputError, match=re.escape(said)):
        bind(typed, {name: value}, terms, store)


def algebra_of(text: str, put_back: str) -> str:
    """The algebra of a query, with one literal replaced by a mark."""
    return str(prepareQuery(text).algebra).replace(put_back, "MARK")


HOSTILE = st.text(min_size=1) | st.text(alphabet="\"'\\{}<>?$#.;: \n\r\tu0123456789Uab", min_size=1)


@settings(max_examples=60)
@given(HOSTILE)
@example('" } } DROP ALL #')
@example("'''\n} UNION { ?s ?p ?o")
@example('"""')
@example("\\")
@example("\\u0022 } \\U00000022")
@example("> } <")
@example("\x00\x85\u2028")
def test_a_text_never_changes_the_query(
    typed: StoredQuestion, terms: TermIndex, store: LocalStore, text: str
) -> None:
    assume(text != ANY)
    try:
        text.encode()
    except UnicodeEncodeError:
        with pytest.raises(UserInputError):
            bind(typed, {"text": text}, terms, store)
        return
    query = with_values(typed, bind(typed, {"text": text}, terms, store))
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    assert [tuple(row) for row in rows] == [(None, None, None, None, Literal(text))]
    assert query.count("\n") == typed.text.count("\n") + 1
    # rdflib, which is asked for the algebra, takes any \u for a code point, \\u in a string too.
    if re.search(r"\\[uU]", text):
        return
    harmless = with_values(typed, bind(typed, {"text": "harmless"}, terms, store))
    mark = repr(prepareQuery(f"SELECT * {{ BIND({Literal(text)} AS ?x) }}").algebra.p.p.expr)
    plain = repr(prepareQuery('SELECT * { BIND("harmless" AS ?x) }').algebra.p.p.expr)
    assert algebra_of(query, mark) == algebra_of(harmless, plain)


@settings(max_examples=60)
@given(st.sampled_from(["route", "event", "cellType", "relation"]), HOSTILE)
@example("route", "<https://w3id.org/cellkg/term/intrathecal> } #")
@example("route", "https://w3id.org/cellkg/term/intrathecal> <x")
@example("route", "term:intrathecal } UNION { ?s ?p ?o")
def test_a_term_never_changes_the_query(
    answers: StoredQuestion, terms: TermIndex, store: LocalStore, name: str, text: str
) -> None:
    try:
        bound = bind(answers, {**MAIN, name: text}, terms, store)
    except UserInputError:
        return
    for each in bound:
        assert all(isinstance(node, NamedNode) and node.value in terms for node in each.terms)


@settings(max_examples=60)
@given(HOSTILE)
def test_a_study_never_changes_the_query(
    questions: Questions, terms: TermIndex, store: LocalStore, text: str
) -> None:
    try:
        (bound,) = bind(questions["findings-of-study"], {"study": text}, terms, store)
    except UserInputError:
        return
    assert isinstance(bound.terms[0], NamedNode)
    assert bound.terms[0].value in STUDY


def test_every_shipped_question_is_sparql_with_and_without_values(
    project: Path, terms: TermIndex, store: LocalStore
) -> None:
    for question in list_questions(project / "queries"):
        assert isinstance(store.query(question.text), QuerySolutions)
        values: dict[str, Value] = {}
        for parameter in question.parameters:
            if parameter.kind in {"study", "source"}:
                values[parameter.name] = "one"
            elif parameter.kind is not None and parameter.kind != "institution":
                values[parameter.name] = terms.of_kind(parameter.kind)[0].label
        text = with_values(question, bind(question, values, terms, store))
        found = store.query(text)
        assert isinstance(found, QuerySolutions)
        assert [each.value for each in found.variables] == [each.name for each in question.columns]
