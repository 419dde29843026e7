"""The names of Python code against the ontology, and compact IRIs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from cellkg.errors import UserInputError
from cellkg.vocabulary import CKG, NAMESPACES, Namespace, expand, shorten, study_graph

CHECKOUT = Path(__file__).parent.parent
NAME_IN_CODE = re.compile(r'CKG\["(\w+)"\]')


def test_every_name_in_the_code_stands_in_the_ontology() -> None:
    ontology = CHECKOUT / "ontology" / "cellkg.ttl"
    defined = {triple.subject for triple in parse(path=str(ontology), format=RdfFormat.TURTLE)}
    used = {
        (path.name, name)
        for path in (CHECKOUT / "src").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.lstrip().startswith((">>>", "..."))  # examples may make up names
        for name in NAME_IN_CODE.findall(line)
    }
    assert len(used) > 20
    assert [(file, name) for file, name in sorted(used) if CKG[name] not in defined] == []


@given(st.sampled_from(NAMESPACES), st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True))
def test_shorten_and_expand_are_inverse(namespace: Namespace, name: str) -> None:
    iri = namespace[name].value
    assert expand(shorten(iri)) == iri


def test_the_longest_namespace_wins() -> None:
    assert shorten("https://w3id.org/cellkg/ontology#count") == "ckg:count"
    assert shorten("https://example.org/x") == "https://example.org/x"


def test_an_unknown_prefix_is_refused() -> None:
    with pytest.raises(UserInputError, match="'nope:x' has no prefix known here"):
        expand("nope:x")


def test_only_a_study_has_a_study_graph() -> None:
    with pytest.raises(UserInputError, match="not the IRI of a study"):
        study_graph("https://w3id.org/cellkg/term/fever")
