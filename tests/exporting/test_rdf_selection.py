"""An export of some studies explains itself, and holds nothing of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from cellkg.exporting.rdf.chosen_graphs import CONCLUDED, chosen_graphs
from cellkg.exporting.rdf.graph_lines import read_graphs
from cellkg.exporting.rdf.json_ld_context import (
    CONTEXT_NAME,
    json_ld_context,
    published_context,
    written_context,
)
from cellkg.shipped_files import folder
from cellkg.store import LocalStore
from cellkg.vocabulary import (
    CKG,
    CLOSURE_GRAPH,
    INSTITUTION,
    INSTITUTIONS_GRAPH,
    ONTOLOGY_GRAPH,
    OVERLAP,
    OVERLAPS_GRAPH,
    STUDY,
    TERMS_GRAPH,
    study_graph,
)

if TYPE_CHECKING:
    import cellkg

POSTER = STUDY["ms-intrathecal-msc-poster"].value
ALS = STUDY["als-intrathecal-msc-hadassah"].value


def subjects(lines: list[str]) -> set[str]:
    return {line.partition(" ")[0] for line in lines}


def test_everything_is_every_graph_but_what_is_concluded(curated: cellkg.Graph) -> None:
    names = [graph.name for graph in chosen_graphs(curated.store)]
    assert names == [name for name in curated.store.graph_names() if name not in CONCLUDED]
    assert len(names) == 10
    concluded = [graph.name for graph in chosen_graphs(curated.store, conclusions=True)]
    assert concluded == curated.store.graph_names()
    assert CLOSURE_GRAPH in concluded


def test_a_study_brings_the_institutions_that_it_names(curated: cellkg.Graph) -> None:
    study, institutions, agents = chosen_graphs(curated.store, [ALS])
    assert study == next(read_graphs(curated.store, [study_graph(ALS)]))
    named = {
        word
        for line in study.lines
        for word in line.split(" ")
        if word.startswith(f"<{INSTITUTION.iri}")
    }
    assert len(named) >= 2
    assert institutions.name == INSTITUTIONS_GRAPH
    assert subjects(institutions.lines) >= named
    # what one of them is a part of, too, and no others
    parts = {line.split(" ")[2] for line in institutions.lines if f" {CKG['partOf']} " in line}
    assert parts
    assert subjects(institutions.lines) == named | parts
    assert agents.name == ONTOLOGY_GRAPH
    assert subjects(agents.lines) == {"<https://w3id.org/cellkg/agent/curators>"}


def test_terms_and_conclusions_come_on_request(curated: cellkg.Graph) -> None:
    store = curated.store
    plain = [graph.name for graph in chosen_graphs(store, [ALS], described=False)]
    assert plain == [study_graph(ALS)]
    more = list(chosen_graphs(store, [ALS], described=False, terms=True, conclusions=True))
    assert [graph.name for graph in more[1:3]] == [ONTOLOGY_GRAPH, TERMS_GRAPH]
    assert [len(graph.lines) for graph in more[1:3]] == [
        len(set(store.triples(name))) for name in (ONTOLOGY_GRAPH, TERMS_GRAPH)
    ]
    closure = more[3]
    assert closure.name == CLOSURE_GRAPH
    assert subjects(closure.lines) <= subjects(more[0].lines)
    about_all = {str(each.subject) for each in store.triples(CLOSURE_GRAPH)}
    assert subjects(closure.lines) == about_all & subjects(more[0].lines)


def test_overlaps_come_with_the_studies_that_they_link() -> None:
    links = [("a", "b"), ("b", "c"), ("c", "d")]
    store = LocalStore()
    for name in "abcd":
        store.load([Quad(STUDY[name], CKG["note"], STUDY[name], study_graph(STUDY[name].value))])
    for one, other in links:
        candidate = OVERLAP[f"{one}--{other}"]
        reason = NamedNode(f"{candidate.value}#reason-1")
        store.load(
            Quad(*parts, OVERLAPS_GRAPH)
            for parts in (
                (STUDY[one], CKG["mayOverlapWith"], STUDY[other]),
                (candidate, CKG["study"], STUDY[one]),
                (candidate, CKG["study"], STUDY[other]),
                (candidate, CKG["reason"], reason),
                (reason, CKG["reasonText"], reason),
            )
        )
    *_, overlaps = chosen_graphs(store, [STUDY["b"].value], conclusions=True)
    assert overlaps.name == OVERLAPS_GRAPH
    assert subjects(overlaps.lines) == {
        str(STUDY["a"]),
        str(STUDY["b"]),
        *(f"<{OVERLAP.iri}{each}>" for each in ("a--b", "a--b#reason-1", "b--c", "b--c#reason-1")),
    }


def test_the_published_context_is_made_from_the_ontology() -> None:
    ontology = folder("ontology")
    made = json_ld_context(quad.triple for quad in parse(path=ontology / "cellkg.ttl"))
    assert (ontology / CONTEXT_NAME).read_text("utf-8") == written_context(made)
    assert published_context() == made
    definitions = made["@context"]
    assert len(definitions) > 180
    assert definitions["event"] == {"@id": "ckg:event", "@type": "@id"}
    assert definitions["count"] == {"@id": "ckg:count", "@type": "xsd:integer"}
    assert definitions["quote"] == {"@id": "ckg:quote"}


def test_the_context_is_no_input_of_a_build() -> None:
    from cellkg.store.input_files import InputFiles

    files = InputFiles(folder("ontology"), [folder("graphs") / "curated"])
    assert not [each.name for each in files.all() if CONTEXT_NAME in each.name]
    assert RdfFormat.from_extension("jsonld") == RdfFormat.JSON_LD
