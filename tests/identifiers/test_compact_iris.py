"""Compact IRIs of ontologies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.errors import UserInputError
from cellkg.identifiers import ONTOLOGY_PREFIXES, curie_to_iri, iri_to_curie
from cellkg.vocabulary import PREFIXES

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,12}", fullmatch=True)


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("CL:0000134", "http://purl.obolibrary.org/obo/CL_0000134"),
        ("NCIT:C3038", "http://purl.obolibrary.org/obo/NCIT_C3038"),
        ("MESH:D005334", "http://id.nlm.nih.gov/mesh/D005334"),
        ("EFO:0000586", "http://www.ebi.ac.uk/efo/EFO_0000586"),
        ("unit:WK", "http://qudt.org/vocab/unit/WK"),
        ("term:fever", "https://w3id.org/cellkg/term/fever"),
        ("study:poster#fever", "https://w3id.org/cellkg/study/poster#fever"),
        ("ckg:Reported", "https://w3id.org/cellkg/ontology#Reported"),
    ],
)
def test_a_compact_iri_and_its_long_form(curie: str, iri: str) -> None:
    assert curie_to_iri(curie) == iri
    assert iri_to_curie(iri) == curie


def test_our_own_prefixes_are_among_them() -> None:
    assert ONTOLOGY_PREFIXES.items() >= PREFIXES.items()
    assert len(ONTOLOGY_PREFIXES) == len(PREFIXES) + 20


@given(st.sampled_from(sorted(ONTOLOGY_PREFIXES)), NAMES)
def test_there_and_back(prefix: str, name: str) -> None:
    iri = curie_to_iri(f"{prefix.swapcase()}:{name}")
    assert iri == ONTOLOGY_PREFIXES[prefix] + name
    assert curie_to_iri(iri_to_curie(iri)) == iri


@pytest.mark.parametrize("curie", ["fever", "term:", "XY:1", ":1", ""])
def test_an_unknown_prefix_is_refused(curie: str) -> None:
    with pytest.raises(UserInputError, match=r"no prefix known here; .* CL, .* term, "):
        curie_to_iri(curie)


@pytest.mark.parametrize("curie", ["term:a b", "term:<b>", 'term:a"', "term:a\n"])
def test_what_cannot_stand_in_an_iri_is_refused(curie: str) -> None:
    with pytest.raises(UserInputError, match="no compact IRI"):
        curie_to_iri(curie)


@pytest.mark.parametrize("iri", ["https://example.org/1", "https://w3id.org/cellkg/term/", ""])
def test_an_iri_of_elsewhere_is_refused(iri: str) -> None:
    with pytest.raises(UserInputError, match="no vocabulary known here"):
        iri_to_curie(iri)
