"""Terms in running text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.terms import Match, Term, TermIndex, find_terms
from cellkg.terms.folding import fold, singulars
from cellkg.vocabulary import TERM, shorten

WORDS = [
    *("fever", "Fevers", "MSC", "MSCs", "multiple sclerosis", "intrathecal", "IT", "it", "SC"),
    *("stem cell", "bone marrow", "CD34+", "phase 1", "phase 1/2", "%", "é", "Crohn's disease"),
    *(" ", "-", ".", ",", "/", "'", "(", ")", "\n", "1", "2", "s", "and"),
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text(max_size=40)


def found(text: str, index: TermIndex) -> dict[str, set[str]]:
    return {
        match.text: {shorten(term.iri).removeprefix("term:") for term in match.terms}
        for match in find_terms(text, index)
    }


def first(text: str, index: TermIndex) -> Match:
    return find_terms(text, index)[0]


def test_the_main_question(index: TermIndex) -> None:
    kinds = {"routes", "cell-types", "adverse-events", "study-designs"}
    matches = find_terms("which intrathecal MSC trials reported fever", index, kinds)
    assert [(match.start, match.end, match.text) for match in matches] == [
        (6, 17, "intrathecal"),
        (18, 21, "MSC"),
        (22, 28, "trials"),
        (38, 43, "fever"),
    ]
    assert [match.terms[0].label for match in matches] == [
        "intrathecal",
        "mesenchymal stromal cell",
        "clinical trial",
        "fever",
    ]


@pytest.mark.parametrize(
    ("text", "words", "meanings"),
    [
        # the longer name wins, wherever it begins
        ("in progressive MS", "progressive MS", "progressive-multiple-sclerosis"),
        (
            "MSC-derived neural progenitor",
            "MSC-derived neural progenitor",
            "msc-derived-neural-progenitor",
        ),
        ("MSC-derived vesicles", "MSC", "mesenchymal-stromal-cell"),
        ("phase 1/2", "phase 1/2", "phase-1-2"),
        # hyphens, spaces, line ends, accents, apostrophes
        ("bone-marrow stem\ncells", "bone-marrow stem\ncells", "bone-marrow-stem-cell"),
        (
            "Crohn\N{RIGHT SINGLE QUOTATION MARK}s disease",
            "Crohn\N{RIGHT SINGLE QUOTATION MARK}s disease",
            "crohn-disease",
        ),
        ("no 'fever'.", "fever", "fever"),
        ("(fe\N{SOFT HYPHEN}ver)", "fe\N{SOFT HYPHEN}ver", "fever"),
        # plurals
        ("headaches", "headaches", "headache"),
        ("spinal cord injuries", "spinal cord injuries", "spinal-cord-injury"),
        ("one patient", "patient", "patients"),
        ("MSCs", "MSCs", "mesenchymal-stromal-cell"),
        # names that end in something else than a letter
        ("CD34+ selected", "CD34+", "cd34-positive-cell"),
        ("given i.v. twice", "i.v.", "intravenous"),
        # one name, several kinds of thing
        ("after stroke", "stroke", "stroke, stroke-as-adverse-event"),
        ("SC injected", "SC", "schwann-cell, stem-or-progenitor-cell-product, subcutaneous"),
        ("Cord blood", "Cord blood", "umbilical-cord-blood, umbilical-cord-blood-mononuclear-cell"),
        # printed as it is known, or a word at the beginning of a sentence
        ("IT", "IT", "intrathecal"),
        ("Fat was taken", "Fat", "adipose-tissue"),
        ("EDSS", "EDSS", "expanded-disability-status-scale"),
        ("edss", "edss", "expanded-disability-status-scale"),
        ("SHED", "SHED", "dental-pulp-stem-cell"),
    ],
)
def test_a_name_is_found(index: TermIndex, text: str, words: str, meanings: str) -> None:
    assert found(text, index)[words] == set(meanings.split(", "))


@pytest.mark.parametrize(
    "text",
    [
        "it was given",
        "its site",
        "It was on all of them",
        "feverish",
        "unfever",
        "blood was shed",
        "type 1/25",
        "a msc",
        "vertigo",
        "the Schwann",
        "escs",
        "",
    ],
)
def test_what_is_no_name_is_passed_over(index: TermIndex, text: str) -> None:
    kinds = {"routes", "cell-types", "adverse-events", "conditions", "study-designs"}
    assert find_terms(text, index, kinds) == []


@pytest.mark.parametrize("text", ["phase 1/25", "phase 1.5", "phase 1-3", "phase 10"])
def test_a_longer_number_is_another_number(index: TermIndex, text: str) -> None:
    assert found(text, index) == {"phase": {"trial-phase"}}


def test_names_of_other_kinds_hide_nothing(index: TermIndex) -> None:
    text = "no serious adverse events"
    assert first(text, index).text == text
    (match,) = find_terms(text, index, {"adverse-events"})
    assert (match.start, match.text) == (3, "serious adverse events")
    (match,) = find_terms("several infusions", index, {"routes"})
    assert match.terms[0].label == "parenteral"


def test_the_very_name_comes_first(index: TermIndex) -> None:
    assert first("stroke", index).terms[0].kind == "conditions"


def test_an_empty_index_finds_nothing() -> None:
    assert find_terms("fever", TermIndex.from_terms([])) == []


@given(text=SENTENCES)
def test_offsets_cut_out_the_words(index: TermIndex, text: str) -> None:
    matches = find_terms(text, index)
    for match in matches:
        assert text[match.start : match.end] == match.text
        readings = {fold(match.text), *singulars(fold(match.text))}
        for term in match.terms:
            names = {fold(name) for name in term.names}
            names |= {singular for name in names for singular in singulars(name)}
            assert readings & names
    for one, next_one in pairwise(matches):
        assert one.end <= next_one.start


@given(st.data())
def test_every_name_alone_is_found_whole(index: TermIndex, data: st.DataObject) -> None:
    term: Term = data.draw(st.sampled_from(list(index)))
    name = data.draw(st.sampled_from(term.names))
    (match,) = find_terms(name, index)
    assert match.text == name
    assert term in match.terms


def test_a_short_name_without_capitals_is_a_word() -> None:
    index = TermIndex.from_terms(
        [
            Term(TERM["arm"].value, "study-designs", "arm"),
            Term(TERM["hour"].value, "units", "hour", synonyms=("h",), ambiguous_labels=("h",)),
        ]
    )
    assert found("Arm A: 3 h, Hepatitis H", index) == {"Arm": {"arm"}, "h": {"hour"}}
