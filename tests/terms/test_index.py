"""From names to terms: what is found, what is refused, and what the refusal says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.errors import StoreError, UserInputError
from cellkg.terms import Term, TermIndex
from cellkg.vocabulary import TERM, shorten


def label(index: TermIndex, text: str, kind: str | None = None) -> str:
    return index.resolve(text, kind).label


def refusal(index: TermIndex, text: str, kind: str | None = None) -> UserInputError:
    with pytest.raises(UserInputError) as caught:
        index.resolve(text, kind)
    return caught.value


def made(*names: str, kind: str = "routes", broader: tuple[str, ...] = ()) -> Term:
    iri = TERM[names[0].lower().replace(" ", "-")].value
    return Term(iri, kind, names[0], synonyms=names[1:], broader=broader)


@pytest.mark.parametrize(
    "text",
    [
        "mesenchymal stromal cell",
        "Mesenchymal Stromal Cells",
        "MSC",
        "msc",
        "MSCs",
        "mesenchymal stem cell",
        "mesenchymal  stem-cells ",
        "term:mesenchymal-stromal-cell",
        "https://w3id.org/cellkg/term/mesenchymal-stromal-cell",
        "<https://w3id.org/cellkg/term/mesenchymal-stromal-cell>",
        "CL:0000134",
        "cl:0000134",
        "http://purl.obolibrary.org/obo/CL_0000134",
        "MESH:D059630",
    ],
)
def test_a_term_answers_to_every_name(index: TermIndex, text: str) -> None:
    assert label(index, text) == "mesenchymal stromal cell"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("SC", "routes", "subcutaneous"),
        ("MS", "conditions", "multiple sclerosis"),
        ("ms", "conditions", "multiple sclerosis"),
        ("it", "routes", "intrathecal"),
        ("stroke", "conditions", "stroke"),
        ("stroke", "adverse-events", "stroke (as adverse event)"),
        ("GvHD", "conditions", "graft versus host disease"),
        ("quality of life", "outcome-measures", "quality of life"),
        ("Crohns disease", "conditions", "Crohn disease"),
        ("injections", "routes", "parenteral"),
        ("injections", "units", "administrations"),
        ("derived from", "match-relations", "derived from"),
        ("reported", "reporting-states", "reported"),
        ("ckg:Denied", "reporting-states", "denied"),
        ("journal articles", "source-kinds", "journal article"),
    ],
)
def test_the_kind_decides(index: TermIndex, text: str, kind: str, expected: str) -> None:
    assert label(index, text, kind) == expected


def test_every_name_leads_to_its_own_term(index: TermIndex, terms: list[Term]) -> None:
    astray = [
        (name, shorten(term.iri))
        for term in terms
        for name in term.names
        if name not in term.ambiguous_labels and index.resolve(name, term.kind) != term
    ]
    assert astray == []


def test_an_iri_leads_to_its_own_term(index: TermIndex) -> None:
    for term in index:
        assert index.resolve(term.iri) is term
        assert index.resolve(shorten(term.iri)) is term
        assert index[term.iri] is term


def test_a_preferred_label_wins_over_a_synonym() -> None:
    index = TermIndex.from_terms([made("nerve block", "epidural"), made("epidural", "peridural")])
    assert label(index, "Epidural") == "epidural"


def test_the_printed_case_wins() -> None:
    index = TermIndex.from_terms([made("first", "GvH"), made("second", "GVH")])
    assert label(index, "GvH") == "first"
    assert label(index, "GVH") == "second"
    assert refusal(index, "gvh").suggestions == ("term:first", "term:second")


def test_several_meanings_are_named(index: TermIndex) -> None:
    error = refusal(index, "stroke")
    assert str(error) == (
        "'stroke' may mean 'stroke' (condition, term:stroke) or 'stroke (as adverse event)'"
        " (adverse event, term:stroke-as-adverse-event): type the one you mean, such as"
        " term:stroke."
    )
    assert refusal(index, "SC", "cell-types").suggestions == (
        "term:schwann-cell",
        "term:stem-or-progenitor-cell-product",
    )


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("fevr", "adverse-events", "fever"),
        ("intratecal", "routes", "intrathecal"),
        ("term:intratecal", "routes", "intrathecal"),
        ("mesenchimal stromal cell", "cell-types", "mesenchymal stromal cell"),
        ("stromal cells, mesenchymal", "cell-types", "mesenchymal stromal cell"),
        ("amyotropic lateral sclerosis", "conditions", "amyotrophic lateral sclerosis"),
        ("haedache", None, "headache"),
        ("expanded access / compasionate use", None, "expanded access / compassionate use"),
        ("pyrexa", None, "fever"),
        ("vertigo", "adverse-events", "dizziness"),
        ("reportd", "reporting-states", "reported"),
    ],
)
def test_a_near_miss_gets_a_suggestion(
    index: TermIndex, text: str, kind: str | None, expected: str
) -> None:
    error = refusal(index, text, kind)
    assert error.suggestions[0] == expected
    assert f"did you mean '{expected}'" in str(error)
    assert error.value == text


def test_a_refusal_says_what_to_type(index: TermIndex) -> None:
    assert str(refusal(index, "fevr", "adverse-events")) == (
        "'fevr' is not an adverse event known here; did you mean 'fever'?"
        " `cellkg terms fevr` searches them all."
    )
    assert str(refusal(index, "intrathecal", "adverse-events")) == (
        "'intrathecal' is a route, not an adverse event; `cellkg terms intrathecal` searches them"
        " all."
    )
    assert str(refusal(index, "qqq zzz", "conditions")) == (
        "'qqq zzz' is not a condition known here; nothing comes near."
        " `cellkg terms 'qqq zzz'` searches them all."
    )
    assert str(refusal(index, "qqq", "reporting-states")) == (
        "'qqq' is not a reporting state known here; there are 'denied', 'reported'."
        " `cellkg terms qqq` searches them all."
    )
    assert "is not a term known here" in str(refusal(index, "CL:9999999"))
    assert "is not a term known here" in str(refusal(index, "note: fever"))


def test_a_related_name_never_stands_for_the_term(index: TermIndex) -> None:
    assert index.named("vertigo") == []
    assert index.search("vertigo")[0].label == "dizziness"


def test_a_kind_that_does_not_exist_is_refused(index: TermIndex) -> None:
    for ask in (index.of_kind, lambda kind: index.resolve("fever", kind)):
        with pytest.raises(UserInputError, match=r"no kind of term 'route'; .* routes,") as caught:
            ask("route")
        assert "routes" in caught.value.suggestions
    assert len(index.of_kind("routes")) == len([term for term in index if term.kind == "routes"])


def test_an_index_knows_its_terms(index: TermIndex, terms: list[Term]) -> None:
    assert list(index) == terms
    assert len(index) == len(terms)
    assert TERM["fever"].value in index
    assert "https://w3id.org/cellkg/term/fevr" not in index
    with pytest.raises(KeyError):
        index["https://w3id.org/cellkg/term/fevr"]


def test_the_tree(index: TermIndex) -> None:
    fever = index.resolve("fever", "adverse-events")
    assert [term.label for term in index.path(fever)] == [
        "adverse event",
        "general disorder",
        "fever",
    ]
    assert [term.label for term in index.ancestors(fever)] == ["general disorder", "adverse event"]
    assert fever in index.narrower(index.parents(fever)[0])
    labels = [term.label for term in index.narrower(index.resolve("multiple sclerosis"))]
    assert "progressive multiple sclerosis" in labels
    assert labels == sorted(labels, key=str.casefold)
    assert index.narrower(fever) == ()


def test_an_ancestor_by_two_ways_comes_once(index: TermIndex) -> None:
    labels = [term.label for term in index.ancestors(index.resolve("BM-MSC"))]
    assert labels == [
        "bone marrow stem cell",
        "mesenchymal stromal cell",
        "stem or progenitor cell product",
        "cell therapy product",
    ]


def test_a_search_ranks_what_it_finds(index: TermIndex) -> None:
    assert index.search("MSC")[0].label == "mesenchymal stromal cell"
    assert [term.label for term in index.search("sclerosis", "conditions")[:2]] == [
        "multiple sclerosis",
        "systemic sclerosis",
    ]
    headaches = [term.label for term in index.search("headache")]
    assert headaches[0] == "headache"
    assert "post-dural puncture headache" in headaches
    # a definition holds the words, no name does
    assert index.search("at most once")[0].label == "patients"
    assert [term.label for term in index.search("intratecal")] == ["intrathecal"]
    assert index.search("qqqqqq") == []
    assert index.search("q") == []


def test_a_part_of_a_word_is_found_last(index: TermIndex) -> None:
    labels = [term.label for term in index.search("thecal", "routes")]
    assert labels == ["intrathecal"]


def test_the_file_is_the_same_every_time(index: TermIndex, terms: list[Term]) -> None:
    assert TermIndex.from_terms(terms).to_json() == index.to_json()
    assert index.to_json().count("\n") == len(terms)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "cache"),
        ("[]", "cache"),
        ("{}", "cache"),
        ('{"format": 2, "names": {}}', "cache"),
        ('{"format": 1}', "version"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text: str, kind: str) -> None:
    with pytest.raises(StoreError, match="cellkg build") as caught:
        TermIndex.from_json(text)
    assert caught.value.kind == kind


def test_loading_makes_no_terms(index: TermIndex) -> None:
    first, *rows = index.to_json().split("\n")
    assert len(json.loads(first)["names"]) > len(rows)
    unreadable = "\n".join([first, *("no JSON" for _ in rows)])
    assert len(TermIndex.from_json(unreadable)) == len(rows)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.data())
def test_any_name_at_all_is_found(names: list[str], data: st.DataObject) -> None:
    term = Term(TERM["it"].value, "routes", names[0], synonyms=tuple(names[1:]))
    index = TermIndex.from_json(TermIndex.from_terms([term]).to_json())
    assert index.resolve(data.draw(st.sampled_from(names))) == term
