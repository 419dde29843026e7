"""Identifiers as people write them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cellkg.errors import UserInputError
from cellkg.identifiers import Identifier, find_identifiers, recognise
from cellkg.identifiers.registries import REGISTRIES

WRITTEN = {
    "clinicaltrials:NCT00222573": [
        "NCT00222573",
        "nct00222573",
        "NCT 00222573",
        "clinicaltrials:NCT00222573",
        "ClinicalTrials.gov Identifier: NCT00222573",
        "ClinicalTrials.gov NCT00222573",
        "https://clinicaltrials.gov/study/NCT00222573",
        "https://www.clinicaltrials.gov/ct2/show/NCT00222573",
        "http://clinicaltrials.gov/show/NCT00222573/",
        "https://bioregistry.io/clinicaltrials:NCT00222573",
        "https://identifiers.org/clinicaltrials/NCT00222573",
    ],
    "euclinicaltrials:2006-006163-12": [
        "2006-006163-12",
        "2006\N{EN DASH}006163\N{NON-BREAKING HYPHEN}12",
        "EudraCT 2006-006163-12",
        "EudraCT number: 2006-006163-12",
        "EUCTR2006-006163-12-ES",
        "https://www.clinicaltrialsregister.eu/ctr-search/trial/2006-006163-12/ES",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2006-006163-12",
    ],
    "ctis:2023-503698-40-00": [
        "2023-503698-40-00",
        "EU CT number 2023-503698-40-00",
        "CTIS: 2023-503698-40-00",
        "https://euclinicaltrials.eu/ctis-public/view/2023-503698-40-00",
        "https://euclinicaltrials.eu/app/#/view/2023-503698-40-00",
    ],
    "isrctn:ISRCTN10175490": [
        "ISRCTN10175490",
        "isrctn 10175490",
        "https://www.isrctn.com/ISRCTN10175490",
    ],
    "doi:10.3390/jcm8122102": [
        "10.3390/jcm8122102",
        "doi:10.3390/JCM8122102",
        "DOI 10.3390/jcm8122102.",
        "doi.org/10.3390/jcm8122102",
        "https://doi.org/10.3390/jcm8122102",
        "http://dx.doi.org/10.3390%2Fjcm8122102",
    ],
    "doi:10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1": [
        "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1",
        "https://doi.org/10.1002/(SICI)1096-8644(199601)99:1%3C1::AID-AJPA1%3E3.0.CO;2-1",
    ],
    "pubmed:31779196": [
        "PMID:31779196",
        "PMID 31779196",
        "pubmed:31779196",
        "PubMed ID: 031779196".replace("031", "31"),
        "https://pubmed.ncbi.nlm.nih.gov/31779196/",
        "https://www.ncbi.nlm.nih.gov/pubmed/31779196",
    ],
    "pubmed:7": ["PMID: 00000007"],
    "pmc:PMC7418728": [
        "PMC7418728",
        "PMCID: PMC7418728",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7418728/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7418728/",
        "https://europepmc.org/articles/PMC7418728",
    ],
    "pmc:PMC7418728.1": ["PMC7418728.1"],
    "ror:01cqmqj90": [
        "01cqmqj90",
        "ror:01cqmqj90",
        "https://ror.org/01CQMQJ90",
        "ROR ID 01cqmqj90",
    ],
    "orcid:0000-0002-1825-0097": [
        "0000-0002-1825-0097",
        "ORCID 0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
    ],
    "orcid:0000-0002-1694-233X": ["0000-0002-1694-233x"],
    "isni:0000000121032683": [
        "0000000121032683",
        "0000 0001 2103 2683",
        "ISNI 0000 0001 2103 2683",
        "ISNI: 0000-0001-2103-2683",
        "https://isni.org/isni/0000000121032683",
        "http://www.isni.org/isni/0000000121032683",
    ],
    "wikidata:Q81661651": [
        "Q81661651",
        "wikidata:Q81661651",
        "https://www.wikidata.org/wiki/Q81661651",
        "http://www.wikidata.org/entity/Q81661651",
    ],
}

DIGITS = st.text("0123456789", min_size=6, max_size=6)
TIDY = st.one_of(
    DIGITS.map(lambda digits: f"NCT00{digits}"),
    DIGITS.map(lambda digits: f"ISRCTN10{digits}"),
    DIGITS.map(lambda digits: f"2011-0{digits[:5]}-12"),
    DIGITS.map(lambda digits: f"2023-5{digits[:5]}-12-00"),
    DIGITS.map(lambda digits: f"PMID:{digits}"),
    DIGITS.map(lambda digits: f"PMC1{digits}"),
    DIGITS.map(lambda digits: f"Q1{digits}"),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1).map(
        lambda suffix: f"10.1234/{suffix}"
    ),
)


def refusal(text: str) -> str:
    with pytest.raises(UserInputError) as caught:
        recognise(text)
    assert caught.value.value == text
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "curie"), [(text, curie) for curie, texts in WRITTEN.items() for text in texts]
)
def test_an_identifier_is_tidied(text: str, curie: str) -> None:
    assert recognise(text).curie == curie
    assert recognise(f" {text}\n").curie == curie


def test_every_registry_is_tried() -> None:
    assert {curie.partition(":")[0] for curie in WRITTEN} == set(REGISTRIES)
    assert len(REGISTRIES) == 11


@pytest.mark.parametrize("curie", WRITTEN)
def test_a_tidy_identifier_stays_as_it_is(curie: str) -> None:
    identifier = recognise(curie)
    assert identifier.curie == curie
    assert recognise(identifier.iri) == identifier


@pytest.mark.parametrize("prefix", REGISTRIES)
def test_the_examples_that_messages_show_are_right(prefix: str) -> None:
    assert recognise(REGISTRIES[prefix].example).prefix == prefix


def test_addresses_lead_to_the_thing() -> None:
    assert recognise("NCT00222573").iri == "https://clinicaltrials.gov/study/NCT00222573"
    assert recognise("10.1000/a b".replace(" ", "<")).iri == "https://doi.org/10.1000/a%3Cb"
    assert recognise("0000 0001 2103 2683").iri == "https://isni.org/isni/0000000121032683"


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0098",  # ORCID
        "0000-0002-1825-009X",
        "0000 0001 2103 2684",  # ISNI
        "01cqmqj91",  # ROR
        "https://ror.org/01cqmpj90",
    ],
)
def test_wrong_check_digits_are_refused(text: str) -> None:
    assert "look for a typing error" in refusal(text)


@pytest.mark.parametrize(
    ("text", "registry", "example"),
    [
        ("NCT123", "ClinicalTrials.gov", "NCT00222573"),
        ("2006-00616-12", "the EU Clinical Trials Register", "2006-006163-12"),
        ("EudraCT 2006", "the EU Clinical Trials Register", "2006-006163-12"),
        ("2023-503698-40", "the EU Clinical Trials Information System", "2023-503698-40-00"),
        ("ISRCTN1", "the ISRCTN registry", "ISRCTN10175490"),
        ("10.3390", "the DOI system", "10.3390/jcm8122102"),
        ("31779196", "PubMed", "PMID:31779196"),
        ("PMC", "PubMed Central", "PMC7418728"),
        ("https://ror.org/", "the Research Organization Registry", "https://ror.org/01cqmqj90"),
        ("0000-0002-1825", "ORCID", "0000-0003-4423-4370"),
        ("wikidata:P31", "Wikidata", "Q81661651"),
    ],
)
def test_a_refusal_shows_a_right_one(text: str, registry: str, example: str) -> None:
    assert refusal(text) == (f"'{text}' is no identifier of {registry}; those look like {example}.")


@pytest.mark.parametrize("text", ["", "fever", "CL:0000134", "https://example.org/1"])
def test_what_is_no_identifier_is_refused(text: str) -> None:
    message = refusal(text)
    assert message.startswith(
        f"'{text}' is no identifier known here; those look like NCT00222573 ("
    )


@pytest.mark.parametrize(
    "text",
    ["10.1234/...", "https://doi.org/10.1234/%20", "10.1234/)", "10.1234/\ud800", "PMID 00000000"],
)
def test_an_identifier_of_nothing_is_refused(text: str) -> None:
    refusal(text)


def test_all_identifiers_of_a_page_are_found() -> None:
    text = (
        "Trial registration: ClinicalTrials.gov NCT00222573; NCT01895439/NCT02035514."
        " EudraCT: 2006-006163-12; ISRCTN10175490. (doi: 10.3390/jcm8122102), PMID 31779196,"
        ' PMC7418728. <a href="https://doi.org/10.1186/s13287-020-01827-0">10.1186/S13287-020-'
        "01827-0</a> ORCID 0000-0002-1825-0097, https://ror.org/01cqmqj90 and NCT00222573 again."
    )
    assert [identifier.curie for identifier in find_identifiers(text)] == [
        "clinicaltrials:NCT00222573",
        "clinicaltrials:NCT01895439",
        "clinicaltrials:NCT02035514",
        "euclinicaltrials:2006-006163-12",
        "isrctn:ISRCTN10175490",
        "doi:10.3390/jcm8122102",
        "pubmed:31779196",
        "pmc:PMC7418728",
        "doi:10.1186/s13287-020-01827-0",
        "orcid:0000-0002-1825-0097",
        "ror:01cqmqj90",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "31779196 people",
        "in Q3 of 2020",
        "01cqmqj90",
        "0000-0002-1825-0098",
        "xNCT00222573",
        "NCT002225731",
        "2023-503698-40",
        "1.10.3390/jcm",
        "https://publisher.example/doi/10.1002/stem.1234/full",
        "",
    ],
)
def test_what_only_looks_like_one_is_passed_over(text: str) -> None:
    assert find_identifiers(text) == []


@given(TIDY)
def test_tidying_twice_changes_nothing(text: str) -> None:
    try:
        identifier = recognise(text)
    except UserInputError:
        assume(False)  # noqa: FBT003 - a suffix of nothing but full stops
    assert recognise(identifier.curie) == identifier
    assert recognise(identifier.iri) == identifier
    assert identifier in find_identifiers(f"see {identifier.curie} for more")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = find_identifiers(text)
    assert all(recognise(identifier.curie) == identifier for identifier in found)
    try:
        assert isinstance(recognise(text), Identifier)
    except UserInputError as error:
        assert error.value == text  # noqa: PT017 - both ways are right
