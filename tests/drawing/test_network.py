"""What a network picture shows, before it is drawn."""

from collections import Counter, defaultdict
from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import cellkg
from cellkg import Graph, UserInputError
from cellkg.drawing.network import Middle, NetworkPicture, read_network
from cellkg.drawing.network_folding import MOST, fold
from cellkg.drawing.network_picture import DRAWN_KINDS, counted_label, label_box, what_is_folded
from cellkg.drawing.network_places import DOT_PITCH, Box, pack, spiral, spiral_radius
from cellkg.drawing.network_still import extent
from cellkg.drawing.network_views import FEW
from cellkg.overview import RELATION_KINDS, Selection, read_relations
from cellkg.terms import Term, TermIndex
from cellkg.vocabulary import STUDY, TERM

EVERYTHING = Selection(None, "all studies")
CURATED = 7
POSTER = STUDY["ms-intrathecal-msc-poster"].value

TREE = TermIndex.from_terms(
    [
        Term("root", "conditions", "condition"),
        Term("lung", "conditions", "lung disorder", broader=("root",)),
        Term("asthma", "conditions", "asthma", broader=("lung",)),
        Term("cough", "conditions", "cough", broader=("lung",)),
        *(Term(f"c{n}", "conditions", f"common {n}", broader=("root",)) for n in range(40)),
        Term("rare", "conditions", "rare condition", broader=("root",)),
        Term("rarer", "conditions", "rarer condition", broader=("root",)),
    ]
)


@pytest.fixture(scope="module")
def drawn(curated: Graph) -> NetworkPicture:
    return read_network(
        curated.store, curated.terms, "4f2a", EVERYTHING, list(RELATION_KINDS), first="overview"
    )


@pytest.fixture(scope="module")
def many() -> NetworkPicture:
    """A thousand studies and more: the shipped ones, with what they share by terms."""
    graph = cellkg.open_graph()
    kinds = ["condition", "cell-type", "route"]
    return read_network(graph.store, graph.terms, "4f2a", EVERYTHING, kinds)


def test_every_kind_is_shown_with_every_thing_in_one_group(
    curated: Graph, drawn: NetworkPicture
) -> None:
    assert drawn.network.kinds == [kind for kind in RELATION_KINDS if kind != "overlap"]
    for kind, groups in drawn.network.groups.items():
        relations = read_relations(curated.store, [kind])
        named = [thing for group in groups for thing in group.things]
        assert Counter(named) == Counter({each.thing for each in relations}), kind
        assert len(groups) <= MOST[kind] + 2


def test_silent_studies_stay_in_sight(drawn: NetworkPicture) -> None:
    events = drawn.network.groups["adverse-event"]
    silent = events[-1]
    assert silent.role == "silent"
    assert len(silent.studies) == 5
    naming = {study for group in events[:-1] for study in group.studies}
    assert naming | set(silent.studies) == set(drawn.network.studies)
    assert not naming & set(silent.studies)
    assert "5 studies: adverse events not recorded." in what_is_folded(drawn.network)


def test_a_kind_that_nobody_names_is_silence_too(curated: Graph) -> None:
    chosen = curated.select(studies=["ms-intrathecal-msc-poster"])
    drawn = read_network(curated.store, curated.terms, "4f2a", chosen, ["institution"])
    (group,) = drawn.network.groups["institution"]
    assert (group.role, group.studies) == ("silent", (POSTER,))


def test_rare_things_fold_into_broader_ones_and_the_rest() -> None:
    shared = {f"c{n}": [f"s{n}", f"u{n}"] for n in range(35)}
    shared |= {"asthma": ["s1"], "cough": ["s2"], "rare": ["s3"], "rarer": ["s4"]}
    labels = {each: TREE[each].label for each in shared}
    groups = fold("condition", shared, labels, TREE, [*(f"s{n}" for n in range(36))])
    by_id = {group.id: group for group in groups}
    assert len(groups) == 38
    assert by_id["lung"].role == "broader"
    assert set(by_id["lung"].things) == {"asthma", "cough"}
    assert by_id["lung"].studies == ("s1", "s2")
    assert counted_label(by_id["lung"]) == "lung disorder + 2 narrower (2)"
    assert set(by_id["rest:condition"].things) == {"rare", "rarer"}
    assert counted_label(by_id["rest:condition"]) == "2 other conditions (2)"
    assert [group.role for group in groups[-2:]] == ["rest", "silent"]
    assert groups[-1].studies == ("s35",)


def test_what_is_few_enough_is_not_folded() -> None:
    shared = {"asthma": ["s1"], "rare": ["s1", "s2"]}
    labels = {"asthma": "asthma", "rare": "rare condition"}
    groups = fold("condition", shared, labels, TREE, ["s1", "s2"])
    assert [(group.id, group.role) for group in groups] == [("rare", "one"), ("asthma", "one")]


@settings(max_examples=50)
@given(
    some.dictionaries(
        some.sampled_from([*(f"c{n}" for n in range(40)), "asthma", "cough", "rare", "rarer"]),
        some.sets(some.integers(0, 60), min_size=1, max_size=8),
        max_size=44,
    )
)
def test_folding_drops_nothing(drawn: dict[str, set[int]]) -> None:
    shared = {thing: [f"s{each}" for each in studies] for thing, studies in drawn.items()}
    labels = {thing: TREE[thing].label for thing in shared}
    groups = fold("condition", shared, labels, TREE, [f"s{n}" for n in range(61)])
    assert Counter(thing for group in groups for thing in group.things) == Counter(list(shared))
    assert {study for group in groups for study in group.studies} == {f"s{n}" for n in range(61)}
    assert len([group for group in groups if group.role in {"one", "broader"}]) <= 37
    for group in groups:
        expected = {study for thing in group.things for study in shared[thing]}
        assert group.role == "silent" or set(group.studies) == expected


@settings(max_examples=25)
@given(
    some.lists(
        some.builds(
            Box, some.floats(5, 90), some.floats(20, 160), some.sampled_from([14.0, 28.0, 42.0])
        ),
        max_size=14,
    )
)
def test_discs_and_their_labels_do_not_touch(boxes: list[Box]) -> None:
    places = pack(boxes, 0.85)
    assert len(places) == len(boxes)
    for (at, box), (other_at, other) in combinations(zip(places, boxes, strict=True), 2):
        assert dist(at, other_at) >= box.radius + other.radius
        apart = abs(at.x - other_at.x) >= (box.label_width + other.label_width) / 2
        bottom, other_bottom = at.y - box.radius, other_at.y - other.radius
        above = bottom <= other_bottom - other.label_height
        assert apart or above or other_bottom <= bottom - box.label_height


@pytest.mark.parametrize("number", [1, 2, 7, 300])
def test_dots_stand_apart_inside_their_disc(number: int) -> None:
    dots = spiral(number)
    assert len(set(dots)) == number
    assert max(dist(dot, (0, 0)) for dot in dots) < spiral_radius(number) - 4
    assert all(dist(a, b) > 0.7 * DOT_PITCH for a, b in combinations(dots, 2))


def test_every_study_stands_in_one_disc_that_it_names(many: NetworkPicture) -> None:
    overview, studies = many.views
    assert (overview.name, studies.name) == ("overview", "studies")
    discs = studies.marks[: studies.discs]
    groups = {group.id: group for group in many.network.groups["condition"]}
    assert {mark.id for mark in discs} == set(groups)
    dots = [mark for mark in studies.marks if mark.id in many.network.studies]
    assert len(dots) == len(many.network.studies) > 1000
    inside: defaultdict[str, int] = defaultdict(int)
    for dot in dots:
        (disc,) = [each for each in discs if dist((dot.x, dot.y), (each.x, each.y)) < each.radius]
        assert dot.id in groups[disc.id].studies
        inside[disc.id] += 1
    silent = groups["silent:condition"]
    assert inside[silent.id] == len(silent.studies) > 100


def test_no_label_lies_over_another_or_over_the_edge(
    many: NetworkPicture, drawn: NetworkPicture
) -> None:
    views = [*many.views, *drawn.views]
    assert len(views) == 4
    for view in views:
        labelled = [mark for mark in view.marks if mark.label]
        assert len(labelled) > 10
        left, top, right, bottom = extent(view)
        boxes = [label_box(mark) for mark in labelled]
        for x0, y0, x1, y1 in boxes:
            assert left < x0 < x1 < right
            assert top < y0 < y1 < bottom
        for a, b in combinations(boxes, 2):
            beside = a[2] <= b[0] or b[2] <= a[0]
            assert beside or a[3] <= b[1] or b[3] <= a[1], (view.name, a, b)


def test_the_widest_line_of_every_mark_is_in_the_overview(many: NetworkPicture) -> None:
    overview = many.views[0]
    groups = {each.id: each for several in many.network.groups.values() for each in several}
    assert len(overview.marks) == len(groups)
    for link in overview.links:
        shared = set(groups[link.start].studies) & set(groups[link.end].studies)
        assert link.studies == len(shared)
    ends = {end for link in overview.links for end in (link.start, link.end)}
    assert ends == set(groups)


def test_few_studies_are_named_with_their_lines(drawn: NetworkPicture) -> None:
    studies = drawn.views[1]
    assert len(drawn.network.studies) == CURATED <= FEW
    named = {mark.id: mark.label for mark in studies.marks if mark.id in drawn.network.studies}
    assert len(named) == CURATED
    assert named[POSTER] == ("ms-intrathecal-msc-poster",)
    fever = [link for link in studies.links if link.end == TERM["fever"].value]
    assert {(link.start, link.answer) for link in fever} >= {(POSTER, "reported")}
    silent = [link for link in studies.links if link.end == "silent:adverse-event"]
    assert {link.answer for link in silent} == {"silent"}
    assert len(silent) == 5


def test_the_neighbourhood_of_a_term_is_its_studies_with_all_they_share(curated: Graph) -> None:
    drawn = read_network(
        curated.store, curated.terms, "4f2a", EVERYTHING, DRAWN_KINDS, Middle("fever", 1)
    )
    assert set(drawn.network.studies) == {
        POSTER,
        STUDY["ms-intrathecal-neural-progenitors-tisch"].value,
    }
    assert drawn.around == TERM["fever"].value
    assert drawn.caption == "studies around fever"
    assert TERM["intrathecal"].value in {each.id for each in drawn.network.groups["route"]}


def test_a_broader_term_brings_the_studies_of_narrower_ones(curated: Graph) -> None:
    drawn = read_network(
        curated.store,
        curated.terms,
        "4f2a",
        EVERYTHING,
        ["condition"],
        Middle("nervous system disorder", 1),
    )
    assert len(drawn.network.studies) == CURATED
    assert drawn.caption == "studies around nervous system disorder"


def test_the_middle_is_found_though_its_kind_is_not_drawn(curated: Graph) -> None:
    middle = Middle("fever", 1)
    drawn = read_network(curated.store, curated.terms, "4f2a", EVERYTHING, ["route"], middle)
    assert len(drawn.network.studies) == 2
    assert drawn.network.kinds == ["route"]


def test_two_steps_from_a_study_are_those_that_share_something(curated: Graph) -> None:
    sizes = []
    for depth in (1, 2):
        middle = Middle("als-intrathecal-msc-hadassah", depth)
        found = read_network(curated.store, curated.terms, "4f2a", EVERYTHING, ["route"], middle)
        sizes.append(len(found.network.studies))
    assert sizes == [1, 6]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nothing of this name", "There is no term, study, institution or source"),
        (
            "adenocarcinoma gastric",
            "None of the studies is related to 'adenocarcinoma gastric'; choose more of them",
        ),
    ],
)
def test_a_middle_that_is_not_there_is_told(curated: Graph, name: str, told: str) -> None:
    with pytest.raises(UserInputError, match=told):
        read_network(curated.store, curated.terms, "4f2a", EVERYTHING, ["route"], Middle(name, 1))


def test_overlaps_alone_are_refused(curated: Graph) -> None:
    with pytest.raises(UserInputError, match="Overlaps alone"):
        read_network(curated.store, curated.terms, "4f2a", EVERYTHING, ["overlap"])


def test_no_study_at_all_is_an_empty_picture(curated: Graph) -> None:
    nobody = Selection((), "no studies")
    drawn = read_network(curated.store, curated.terms, "4f2a", nobody, DRAWN_KINDS)
    assert drawn.still().to_bytes().startswith(b"<?xml")
    assert b"0 studies" in drawn.page()


def test_the_same_graphs_give_the_same_picture(curated: Graph, drawn: NetworkPicture) -> None:
    again = read_network(
        curated.store, curated.terms, "4f2a", EVERYTHING, list(RELATION_KINDS), first="overview"
    )
    assert again.page() == drawn.page()
    assert again.still().to_bytes() == drawn.still().to_bytes()
