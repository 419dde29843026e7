"""The words of the graph: complete, tidy, and the same in Turtle and SSSOM."""

import csv
import io
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cellkg.identifiers import curie_to_iri
from cellkg.terms import Term, TermIndex
from cellkg.terms.folding import fold
from cellkg.vocabulary import TERM, shorten

CONCEPTS = {
    "adverse-events": 933,
    "cell-types": 118,
    "conditions": 206,
    "donors": 5,
    "outcome-measures": 114,
    "routes": 66,
    "study-designs": 58,
    "tissues": 80,
    "units": 20,
}
MAPPINGS = 1152
LONGEST_SHORT_NAME = 3


@pytest.fixture(scope="module")
def concepts(terms: list[Term]) -> list[Term]:
    return [term for term in terms if term.iri in TERM]


def mapping_rows(project: Path) -> list[dict[str, str]]:
    lines = (project / "ontology" / "mappings.sssom.tsv").read_text("utf-8").splitlines()
    table = "\n".join(line for line in lines if not line.startswith("#"))
    return list(csv.DictReader(io.StringIO(table), delimiter="\t"))


def test_every_scheme_has_its_concepts(concepts: list[Term]) -> None:
    assert Counter(term.kind for term in concepts) == CONCEPTS


def test_every_scheme_has_its_file(term_files: list[Path]) -> None:
    assert [file.stem for file in term_files] == sorted(CONCEPTS)


def test_an_iri_is_made_from_its_label(concepts: list[Term]) -> None:
    slugs = {
        shorten(term.iri): re.sub(r"[^a-z0-9]+", "-", term.label.lower().replace("'", "")).strip(
            "-"
        )
        for term in concepts
    }
    assert {iri: slug for iri, slug in slugs.items() if iri != f"term:{slug}"} == {}


def test_a_label_names_one_concept_of_its_kind(concepts: list[Term]) -> None:
    labels = Counter((term.kind, fold(term.label)) for term in concepts)
    assert [label for label, times in labels.items() if times > 1] == []


def test_no_label_carries_a_remark(concepts: list[Term]) -> None:
    remarks = re.compile(r"\((?:narrower|related|see|clash|unspecified|concentrate)|seed \d|[;|]")
    names = [name for term in concepts for name in (*term.names, *term.related_names)]
    assert [name for name in names if remarks.search(name) or name != name.strip()] == []


def test_a_name_that_several_concepts_share_is_marked_on_each(concepts: list[Term]) -> None:
    sharing = defaultdict(set)
    for term in concepts:
        for name in term.names:
            sharing[fold(name)].add(term)
    unmarked = [
        (name, shorten(term.iri))
        for name, terms in sharing.items()
        if len(terms) > 1
        for term in terms
        if name not in map(fold, term.ambiguous_labels)
    ]
    assert unmarked == []


def test_an_abbreviation_of_three_letters_is_marked(concepts: list[Term]) -> None:
    unmarked = [
        (name, shorten(term.iri))
        for term in concepts
        for name in term.names
        if len(name) <= LONGEST_SHORT_NAME and name.isalpha() and name != name.lower()
        if name not in term.ambiguous_labels
    ]
    assert unmarked == []


def test_an_ambiguous_label_is_one_of_the_names(concepts: list[Term]) -> None:
    assert [
        (name, shorten(term.iri))
        for term in concepts
        for name in term.ambiguous_labels
        if fold(name) not in map(fold, (*term.names, *term.related_names))
    ] == []


def test_every_concept_hangs_under_a_root_of_its_kind(index: TermIndex) -> None:
    for term in index:
        assert {ancestor.kind for ancestor in index.ancestors(term)} <= {term.kind}


def test_made_from_is_not_a_kind_of(index: TermIndex) -> None:
    progenitor = index.resolve("MSC-derived neural progenitor")
    stromal_cell = index.resolve("mesenchymal stromal cell")
    assert progenitor.derived_from == (stromal_cell.iri,)
    assert stromal_cell not in index.ancestors(progenitor)


def test_a_marrow_msc_is_an_msc_and_a_marrow_stem_cell(index: TermIndex) -> None:
    parents = index.parents(index.resolve("BM-MSC", "cell-types"))
    assert [term.label for term in parents] == ["bone marrow stem cell", "mesenchymal stromal cell"]


def test_the_table_of_mappings_says_what_the_terms_say(project: Path, concepts: list[Term]) -> None:
    in_turtle = {
        (term.iri, term.label, f"skos:{relation}", other)
        for term in concepts
        for relation, other in term.mappings
    }
    rows = mapping_rows(project)
    in_table = {
        (
            TERM.iri + row["subject_id"].removeprefix("cellkgterm:"),
            row["subject_label"],
            row["predicate_id"],
            curie_to_iri(row["object_id"]),
        )
        for row in rows
    }
    assert len(rows) == MAPPINGS
    assert in_table == in_turtle


def test_the_table_of_mappings_is_sorted(project: Path) -> None:
    rows = [tuple(row.values()) for row in mapping_rows(project)]
    assert rows == sorted(set(rows))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # from the libraries that sssom-py loads
def test_another_program_reads_the_mappings(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from sssom.parsers import parse_sssom_table

    read = parse_sssom_table(project / "ontology" / "mappings.sssom.tsv")
    assert len(read.df) == MAPPINGS
    assert read.metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [record.getMessage() for record in caplog.records] == []
