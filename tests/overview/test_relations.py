from cellkg import Graph
from cellkg.overview import RELATION_KINDS, read_relations
from cellkg.vocabulary import STUDY

POSTER = STUDY["ms-intrathecal-msc-poster"].value
HADASSAH = STUDY["als-intrathecal-msc-hadassah"].value
KINDS = 11


def test_every_kind_can_be_asked(curated: Graph) -> None:
    assert len(RELATION_KINDS) == KINDS
    found = {each.kind for each in read_relations(curated.store, RELATION_KINDS)}
    assert found == set(RELATION_KINDS) - {"overlap"}


def test_a_relation_shows_its_words(curated: Graph) -> None:
    (route,) = read_relations(curated.store, ["route"], [POSTER])
    assert route.label == "intrathecal"
    assert [each.quote for each in route.words] == ["repeated IT MSC injections"]
    assert route.words[0].status == "stated"


def test_an_event_is_reported_once_any_record_reports_it(curated: Graph) -> None:
    events = {each.label: each for each in read_relations(curated.store, ["adverse-event"])}
    assert events["fever"].answer == "reported"
    assert events["fever"].records


def test_relations_do_not_depend_on_what_else_is_asked(curated: Graph) -> None:
    alone = read_relations(curated.store, ["condition"], [HADASSAH])
    both = read_relations(curated.store, ["condition"], [POSTER, HADASSAH])
    assert alone == [each for each in both if each.study == HADASSAH]


def test_no_study_gives_no_relation(curated: Graph) -> None:
    assert read_relations(curated.store, RELATION_KINDS, []) == []
