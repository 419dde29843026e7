from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cellkg.errors import SourceFileError
from cellkg.reasoning.property_axioms import Rule, Step, read_axioms
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Triple

P, Q, R = CKG["p"], CKG["q"], CKG["r"]


@pytest.mark.parametrize(
    ("turtle", "rules"),
    [
        (":q rdfs:subPropertyOf :p .", [Rule(P, (Step(Q),))]),
        ("[ owl:inverseOf :q ] rdfs:subPropertyOf :p .", [Rule(P, (Step(Q, backwards=True),))]),
        (":p owl:equivalentProperty :q .", [Rule(P, (Step(Q),))]),
        (":q owl:equivalentProperty :p .", [Rule(P, (Step(Q),))]),
        (":p owl:inverseOf :q .", [Rule(P, (Step(Q, backwards=True),))]),
        (":q owl:inverseOf :p .", [Rule(P, (Step(Q, backwards=True),))]),
        (":p a owl:SymmetricProperty .", [Rule(P, (Step(P, backwards=True),))]),
        (":p a owl:TransitiveProperty .", [Rule(P, (Step(P), Step(P)))]),
        (":p owl:propertyChainAxiom ( :q :r ) .", [Rule(P, (Step(Q), Step(R)))]),
        (
            ":p owl:propertyChainAxiom ( :q [ owl:inverseOf :r ] ) .",
            [Rule(P, (Step(Q), Step(R, backwards=True)))],
        ),
        (
            (
                "[ owl:onProperty :q ; owl:hasValue :V ] rdfs:subClassOf "
                "[ owl:onProperty :p ; owl:hasSelf true ] ."
            ),
            [Rule(P, (Step(Q, only=CKG["V"]),))],
        ),
        (":A rdfs:subClassOf :B . :p a owl:FunctionalProperty .", []),
    ],
)
def test_every_kind_of_axiom_is_a_path(
    read: Callable[[str], list[Triple]], turtle: str, rules: list[Rule]
) -> None:
    assert read_axioms(read(turtle)).rules_of(P) == rules


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        (":p a owl:ReflexiveProperty .", "ckg:p: The closure follows .* owl:ReflexiveProperty"),
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :V ] .", "without this owl:hasVal"),
        (
            ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .",
            "without this owl:hasSelf",
        ),
        (
            ":p owl:propertyChainAxiom :q .",
            "ckg:p, owl:propertyChainAxiom: A property chain is a l",
        ),
        (
            ":p owl:propertyChainAxiom () .",
            "ckg:p, owl:propertyChainAxiom: A property chain is a l",
        ),
        (
            ":p owl:propertyChainAxiom _:c . _:c rdf:first :q ; rdf:rest _:c .",
            "ckg:p, owl:propertyChainAxiom: A property chain is a list",
        ),
        (':p owl:propertyChainAxiom ( "q" ) .', "named by its IRI"),
        (':p rdfs:subPropertyOf "q" .', "record ckg:p, rdfs:subPropertyOf .*named by its IRI"),
        ("[] owl:equivalentProperty :q .", "owl:equivalentProperty .*named by its IRI"),
    ],
)
def test_what_is_no_path_is_refused(
    read: Callable[[str], list[Triple]], turtle: str, words: str
) -> None:
    with pytest.raises(SourceFileError, match=words):
        read_axioms(read(turtle))


def test_only_what_is_marked_true_is_materialised(read: Callable[[str], list[Triple]]) -> None:
    axioms = read_axioms(read(":p :materialised true . :q :materialised false . :r a :Other ."))
    assert axioms.materialised == {P}


def test_a_property_comes_after_all_that_it_follows_from(
    read: Callable[[str], list[Triple]],
) -> None:
    axioms = read_axioms(
        read(
            ":p :materialised true ; owl:propertyChainAxiom ( :q :r ) . :r owl:inverseOf :s ."
            ":q owl:propertyChainAxiom ( :t :s ) . :unasked rdfs:subPropertyOf :other ."
        )
    )
    order = axioms.in_order()
    assert {name for group in order for name in group} == {P, Q, R, CKG["s"], CKG["t"]}
    assert (R, CKG["s"]) in order
    assert order.index((R, CKG["s"])) < order.index((Q,)) < order.index((P,))


@pytest.mark.parametrize(
    "turtle",
    [
        ":p owl:propertyChainAxiom ( :p :q ) .",
        ":p owl:propertyChainAxiom ( :q :p ) .",
        ":p owl:propertyChainAxiom ( :q :r :p ) .",
        ":p a owl:TransitiveProperty .",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
    ],
)
def test_regular_recursion_is_allowed(read: Callable[[str], list[Triple]], turtle: str) -> None:
    assert read_axioms(read(f":p :materialised true . {turtle}")).in_order()


@pytest.mark.parametrize(
    "turtle",
    [
        ":p owl:propertyChainAxiom ( :q :p :q ) .",
        ":p owl:propertyChainAxiom ( :p :q :p ) .",
        ":p owl:propertyChainAxiom ( :q :r ) . :q owl:propertyChainAxiom ( :r :p ) .",
        ":p owl:propertyChainAxiom ( :q :r ) . :p rdfs:subPropertyOf :q .",
    ],
)
def test_other_circles_are_refused(read: Callable[[str], list[Triple]], turtle: str) -> None:
    axioms = read_axioms(read(f":p :materialised true . {turtle}"))
    with pytest.raises(SourceFileError, match=r"A chain may contain its own .*ckg:p"):
        axioms.in_order()


def test_directions_tell_how_paths_pass_statements(read: Callable[[str], list[Triple]]) -> None:
    axioms = read_axioms(
        read(
            ":p owl:propertyChainAxiom ( :q :r ) . :r owl:inverseOf :s . :t rdfs:subPropertyOf :s ."
        )
    )
    assert axioms.directions(P) == {
        (P, False),
        (Q, False),
        (R, False),
        (CKG["s"], True),
        (CKG["t"], True),
    }
    assert axioms.cone(P) == {P, Q, R, CKG["s"], CKG["t"]}


def test_composite_and_narrower_properties(read: Callable[[str], list[Triple]]) -> None:
    axioms = read_axioms(
        read(
            ":q rdfs:subPropertyOf :p . :r rdfs:subPropertyOf :q . :p owl:inverseOf :s ."
            ":q a owl:TransitiveProperty ."
        )
    )
    assert [axioms.is_composite(name) for name in (P, Q, R, CKG["s"])] == [True, True, False, True]
    assert axioms.narrower(P) == {Q, R}
    assert axioms.narrower(CKG["s"]) == set()
    assert axioms.heads() == [P, Q, CKG["s"]]


def test_a_property_can_follow_where_each_step_can(read: Callable[[str], list[Triple]]) -> None:
    axioms = read_axioms(read(":p owl:propertyChainAxiom ( :q :r ) . :s rdfs:subPropertyOf :r ."))
    assert P in axioms.entailable({Q, CKG["s"]})
    assert P not in axioms.entailable({Q})
