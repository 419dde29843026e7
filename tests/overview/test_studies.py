from cellkg import Graph
from cellkg.overview import read_studies
from cellkg.vocabulary import STUDY

CURATED = 7


def test_every_study_comes_once_in_order(curated: Graph) -> None:
    studies = read_studies(curated.store)
    assert len(studies) == CURATED
    assert [each.iri for each in studies] == sorted({each.iri for each in studies})


def test_a_study_named_in_passing_is_not_described(curated: Graph) -> None:
    described = [each.name for each in read_studies(curated.store) if each.described]
    assert len(described) == 5
    assert "ms-intrathecal-msc-poster" in described


def test_silence_is_none(curated: Graph) -> None:
    (poster,) = read_studies(curated.store, [STUDY["ms-intrathecal-msc-poster"].value])
    assert poster.phases == ()
    assert poster.start_date is None
    assert poster.people_as("treated") == 28
    assert poster.people_as("screened") is None
    assert poster.status == "completed"
    assert poster.source_kinds == ("poster",)
    assert not poster.peer_reviewed


def test_an_unknown_study_is_left_out(curated: Graph) -> None:
    assert read_studies(curated.store, [STUDY["nothing"].value]) == ()
