import pytest
from hypothesis import given
from hypothesis import strategies as some

from cellkg import Graph
from cellkg.overview import RELATION_KINDS, Relation, Words, read_relations, read_studies
from cellkg.overview.network import relation_id, study_network
from cellkg.vocabulary import STUDY, TERM

POSTER = STUDY["ms-intrathecal-msc-poster"].value
LOWER, UPPER = STUDY["a"].value, STUDY["b"].value


def overlap(study: str, thing: str) -> Relation:
    return Relation("overlap", study, thing, "A title", ("r",), "0.9", ())


def test_every_study_and_related_thing_is_one_node(curated: Graph) -> None:
    studies = read_studies(curated.store)
    relations = read_relations(curated.store, RELATION_KINDS)
    network = study_network(studies, relations)
    things = {each.thing for each in relations}
    assert set(network) == {each.iri for each in studies} | things
    assert network.number_of_edges() == len(relations) == 80
    keys = [key for _, _, key in network.edges(keys=True)]
    assert len(set(keys)) == len(keys)


def test_attributes_are_scalars_and_no_two_differ_by_case_alone(curated: Graph) -> None:
    network = study_network(
        read_studies(curated.store), read_relations(curated.store, RELATION_KINDS)
    )
    facts = [each for _, each in network.nodes(data=True)]
    facts += [each for _, _, each in network.edges(data=True)]
    assert {type(value) for each in facts for value in each.values()} <= {str, int, bool, float}
    names = {name for each in facts for name in each}
    assert len({name.casefold() for name in names}) == len(names) > 15
    # What networkx writes itself beside the attributes, in one of its formats.
    assert (
        names & {"id", "key", "name", "value", "source", "target", "viz", "start", "end"} == set()
    )


def test_silence_is_no_attribute(curated: Graph) -> None:
    network = study_network(read_studies(curated.store, [POSTER]), [])
    poster = network.nodes[POSTER]
    assert poster["people_treated"] == 28
    assert (poster["kind"], poster["origin"], poster["status"]) == ("study", "curated", "completed")
    assert "phase" not in poster
    assert "people_screened" not in poster


def test_an_edge_shows_its_words_and_what_was_answered(curated: Graph) -> None:
    events = read_relations(curated.store, ["adverse-event"], [POSTER])
    network = study_network(read_studies(curated.store, [POSTER]), events)
    fever = network.edges[POSTER, TERM["fever"].value, f"{short()}--adverse-event--term:fever"]
    assert fever["answer"] == "reported"
    assert fever["records"] == 1
    assert fever["status"]
    assert fever["words"].startswith("“")


def short() -> str:
    return "study:ms-intrathecal-msc-poster"


def test_an_overlap_is_one_edge_whoever_tells_it() -> None:
    network = study_network([], [overlap(UPPER, LOWER), overlap(LOWER, UPPER)])
    assert list(network.edges(keys=True)) == [(LOWER, UPPER, "study:a--overlap--study:b")]
    assert network.edges[LOWER, UPPER, "study:a--overlap--study:b"]["score"] == pytest.approx(0.9)
    assert network.nodes[UPPER] == {"kind": "study", "label": "b", "title": "A title"}


def test_a_quote_stands_as_it_is_printed() -> None:
    hostile = '</script><b>"fever" & chills'
    words = (Words(hostile, "stated", "s"), Words(None, "derived", "t"))
    relation = Relation("condition", LOWER, TERM["fever"].value, "<i>", ("r",), "", words)
    (edge,) = [facts for _, _, facts in study_network([], [relation]).edges(data=True)]
    assert edge["words"] == f"“{hostile}”"
    assert edge["status"] == "derived; stated"
    assert "answer" not in edge


@given(some.lists(some.tuples(*[some.sampled_from("abc")] * 3), max_size=12))
def test_the_order_is_that_of_what_is_given(drawn: list[tuple[str, str, str]]) -> None:
    relations = [
        Relation("route", STUDY[a].value, TERM[b].value, c, ("r",), "", ()) for a, b, c in drawn
    ]
    network = study_network([], relations)
    again = study_network([], relations)
    assert list(network.nodes(data=True)) == list(again.nodes(data=True))
    assert [key for _, _, key in network.edges(keys=True)] == [
        key for _, _, key in again.edges(keys=True)
    ]
    assert set(network.edges(keys=True)) == {
        (each.study, each.thing, relation_id(each)) for each in relations
    }
