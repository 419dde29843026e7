from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Triple

from cellkg.errors import UserInputError
from cellkg.reasoning import property_values
from cellkg.reasoning.property_axioms import read_axioms
from cellkg.reasoning.property_values import inherited_chains, parts_for_hermit, read_values
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], list[Triple]]

AXIOMS = """
:eventOrBroader :materialised true ; a owl:ObjectProperty ;
    owl:propertyChainAxiom ( :event :broader ) .
:event a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:subPropertyOf :eventOrBroader, :other .
:broader a owl:ObjectProperty, owl:TransitiveProperty ; owl:inverseOf :narrower .
:other a owl:ObjectProperty .
"""


def parts(turtle: list[Triple]) -> list[list[Triple]]:
    return parts_for_hermit(turtle, read_axioms(turtle))


def statements(part: list[Triple]) -> set[Triple]:
    names = {CKG["event"], CKG["broader"], CKG["narrower"]}
    return {triple for triple in part if triple.predicate in names}


def test_a_part_has_the_axioms_of_one_property_and_the_statements_on_its_paths(read: Read) -> None:
    facts = ":f :event :x ; :other :z . :x :broader :y . :y :narrower :x . "
    beside = ":lone :broader :lonely . :y2 :narrower :y . :below :broader :x ."
    (part,) = parts(read(AXIOMS + facts + beside))
    assert statements(part) == set(
        read(":f :event :x . :x :broader :y . :y :narrower :x . :y2 :narrower :y .")
    )
    axioms = {triple.predicate.value.rpartition("#")[2] for triple in part} - {"event"}
    assert {"propertyChainAxiom", "first", "rest", "inverseOf", "subPropertyOf"} < axioms
    assert "materialised" not in axioms
    named = {triple.object for triple in part} | {triple.subject for triple in part}
    assert CKG["other"] not in named


def test_conditions_and_steps_backwards_come_with_their_descriptions(read: Read) -> None:
    condition = """
    :p :materialised true ; owl:propertyChainAxiom ( :is [ owl:inverseOf :event ] ) .
    [ a owl:Restriction ; owl:onProperty :state ; owl:hasValue :Yes ] rdfs:subClassOf
        [ a owl:Restriction ; owl:onProperty :is ; owl:hasSelf true ] .
    [ owl:inverseOf :event ] rdfs:subPropertyOf :p . :A rdfs:subClassOf :B .
    [ a owl:Class ; owl:unionOf ( :A :B ) ] rdfs:subClassOf :C .
    """
    (part,) = parts(read(condition + ":x :state :Yes . :r :event :x ."))
    predicates = [triple.predicate.value.rpartition("#")[2] for triple in part]
    assert predicates.count("hasSelf") == predicates.count("hasValue") == 1
    assert predicates.count("inverseOf") == predicates.count("onProperty") == 2
    assert predicates.count("subClassOf") == predicates.count("subPropertyOf") == 1
    assert "unionOf" not in predicates


def test_many_small_ranges_share_a_part_and_large_ones_do_not(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = " ".join(f":f{n} :event :x{n} . :x{n} :broader :y{n} ." for n in range(10))
    assert len(parts(read(AXIOMS + facts))) == 1
    monkeypatch.setattr(property_values, "_ENOUGH_THINGS", 12)
    several = parts(read(AXIOMS + facts))
    assert len(several) == 3
    assert set().union(*map(statements, several)) == set(read(facts))


def test_no_part_is_larger_than_a_slice(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(property_values, "SLICE_AXIOMS", 12)  # three composite: two things a slice
    with pytest.raises(UserInputError, match=r"takes 2 things at a time .* with 2 others"):
        parts(read(AXIOMS + ":f :event :x . :x :broader :y ."))


def test_broader_properties_get_the_chains_of_narrower_ones(read: Read) -> None:
    axioms = read_axioms(
        read(
            ":q owl:propertyChainAxiom ( :a [ owl:inverseOf :b ] ) ; rdfs:subPropertyOf :p ."
            ":p owl:propertyChainAxiom ( :q :c ) ."
        )
    )
    added = read_axioms(inherited_chains(axioms))
    assert added.rules_of(CKG["p"]) == [
        rule._replace(head=CKG["p"]) for rule in axioms.rules_of(CKG["q"])
    ]
    assert added.heads() == [CKG["p"]]
    again = read_axioms([*read(":q rdfs:subPropertyOf :p . :r rdfs:subPropertyOf :p .")])
    assert list(inherited_chains(again)) == []


def test_values_are_given_to_broader_properties_too() -> None:
    a, b, low, high, turned = (CKG[name].value for name in ("a", "b", "low", "high", "turned"))
    printed = (
        f"SubObjectPropertyOf( <{low}> <{high}> )\n"
        f"SubObjectPropertyOf( ObjectInverseOf( <{low}> ) ObjectInverseOf( <{high}> ) )\n"
        f"EquivalentObjectProperties( <{high}> ObjectInverseOf( <{turned}> ) )\n"
        f"<{low}> (known instances: (<{a}>, <{b}>) | possible instances: ) \n"
        f"<{turned}> (known instances:  | possible instances: ) \n"
    )
    found = read_values(printed, frozenset({CKG["high"], CKG["turned"]}))
    expected = {
        Triple(CKG["a"], CKG["high"], CKG["b"]),
        Triple(CKG["b"], CKG["turned"], CKG["a"]),
    }
    assert found == expected
