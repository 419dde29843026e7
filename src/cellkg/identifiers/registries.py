"""The registries of trials, documents, people and institutions: how their identifiers are written.

The prefixes are those of Bioregistry, in which `euclinicaltrials` is the register of EudraCT
numbers and `ctis` that of the EU trial numbers which followed them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final, Literal


class Registry(NamedTuple):
    """How the identifiers of one registry are written; patterns ignore case.

    Attributes:
        name: The registry, for messages.
        stem: How a bare identifier begins, as a pattern: enough to guess what was meant.
        pattern: A bare identifier, as people write it.
        heads: What may stand before it: addresses and words.
        address: What the tidy identifier is put after to make its IRI.
        example: A right one.
        tidy: From an identifier as written to its tidy form; empty where nothing is left.
        is_sound: Whether the check digits of a tidy identifier are right.
        bare: Where an identifier without a head is believed: ``anywhere`` in a text, ``outside
            addresses``, only where it stands ``alone``, or ``never``.
    """

    name: str
    stem: str
    pattern: str
    heads: str
    address: str
    example: str
    tidy: Callable[[str], str]
    is_sound: Callable[[str], bool] = bool
    bare: Literal["anywhere", "outside addresses", "alone", "never"] = "anywhere"


def _without_gaps(written: str) -> str:
    return "".join(filter(str.isalnum, written)).upper()


def _with_hyphens(written: str) -> str:
    return re.sub(_DASH, "-", written).upper()


def _tidy_eudract(written: str) -> str:
    """Leave out the country, which tells only who put the trial in."""
    return _with_hyphens(written)[: len("2006-006163-12")]


def _tidy_doi(written: str) -> str:
    """Lower the ASCII letters, which have no case in a DOI, and drop what ends the sentence."""
    doi = "".join(letter.lower() if letter.isascii() else letter for letter in written)
    while doi[-1] in ".,;:'\"" or any(
        doi.endswith(closing) and doi.count(opening) < doi.count(closing)
        for opening, closing in ("()", "[]", "{}", "<>")
    ):
        doi = doi[:-1]
    return doi if re.fullmatch(_DOI, doi) else ""


def _tidy_pmc(written: str) -> str:
    return re.sub(rf"[{SPACES}]", "", written).upper()


def _tidy_pmid(written: str) -> str:
    return written.lstrip("0")


def _is_ror(ror: str) -> bool:
    """Check the last two digits: ISO 7064 mod 97-10 of the number in Crockford's base 32."""
    as_python_writes = str.maketrans("jkmnpqrstvwxyz", "ijklmnopqrstuv")
    number = int(ror[:-2].translate(as_python_writes), base=32)
    return 98 - number * 100 % 97 == int(ror[-2:])


def _is_isni(isni: str) -> bool:
    """Check the last character: ISO 7064 mod 11-2, X for ten. An ORCID is a kind of ISNI."""
    characters = isni.replace("-", "")
    total = 0
    for digit in characters[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == characters[-1]


# Parts of the patterns; \d, \w and \s mean ASCII in them.
SPACES: Final = r"\s\u00a0\u202f"
_DASH: Final = r"[-\u2010-\u2013]"
_GAP: Final = rf"[{SPACES}:#]*"
_DOI: Final = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\ud800-\udfff]+"
_ISNI_GAP: Final = rf"(?(head)[{SPACES}-]?|[{SPACES}]?)"
_NCBI: Final = r"https?://(?:www\.)?ncbi\.nlm\.nih\.gov"

REGISTRIES: Final = {
    "clinicaltrials": Registry(
        name="ClinicalTrials.gov",
        stem="NCT",
        pattern=rf"NCT[{SPACES}-]?\d{{8}}",
        heads=r"https?://(?:www\.|classic\.)?clinicaltrials\.gov/(?:ct2/show|show|study)/"
        rf"|clinicaltrials\.gov(?: identifier| id| number)?{_GAP}",
        address="https://clinicaltrials.gov/study/",
        example="NCT00222573",
        tidy=_without_gaps,
    ),
    "euclinicaltrials": Registry(
        name="the EU Clinical Trials Register",
        stem=rf"20\d\d{_DASH}[0-4]",
        pattern=rf"20\d\d{_DASH}[0-4]\d{{5}}{_DASH}\d\d(?:[/-][A-Z]{{2}}\b)?(?!{_DASH}\d)",
        heads=r"https?://(?:www\.)?clinicaltrialsregister\.eu/ctr-search/"
        r"(?:trial/|search\?query=(?:eudract_number:)?)"
        rf"|(?:EUCTR|EudraCT)(?: number| no\.?| nr\.?)?{_GAP}-?",
        address="https://www.clinicaltrialsregister.eu/ctr-search/search?query=",
        example="2006-006163-12",
        tidy=_tidy_eudract,
    ),
    "ctis": Registry(
        name="the EU Clinical Trials Information System",
        stem=rf"20\d\d{_DASH}5",
        pattern=rf"20\d\d{_DASH}5\d{{5}}{_DASH}\d\d{_DASH}\d\d",
        heads=r"https?://euclinicaltrials\.eu/(?:ctis-public/|app/#/)view/"
        rf"|(?:EU[{SPACES}]?CT|CTIS)(?: number| no\.?| nr\.?)?{_GAP}",
        address="https://euclinicaltrials.eu/ctis-public/view/",
        example="2023-503698-40-00",
        tidy=_with_hyphens,
    ),
    "isrctn": Registry(
        name="the ISRCTN registry",
        stem="ISRCTN",
        pattern=rf"ISRCTN[{SPACES}-]?\d{{8}}",
        heads=r"https?://(?:www\.)?isrctn\.(?:com|org)/",
        address="https://www.isrctn.com/",
        example="ISRCTN10175490",
        tidy=_without_gaps,
    ),
    "doi": Registry(
        name="the DOI system",
        stem=r"10\.",
        pattern=r"10\.\d{4,9}(?:\.\d+)*(?:/|%2F)(?:(?!</)[^\s\u00a0\"])+",
        heads=rf"https?://(?:dx\.|www\.)?doi\.org/|doi(?:\.org/|{_GAP})",
        address="https://doi.org/",
        example="10.3390/jcm8122102",
        tidy=_tidy_doi,
        bare="outside addresses",
    ),
    "pubmed": Registry(
        name="PubMed",
        stem=r"\d{1,8}\Z",
        pattern=r"\d{1,8}",
        heads=rf"https?://pubmed\.ncbi\.nlm\.nih\.gov/|{_NCBI}/pubmed/"
        rf"|(?:PMID|PubMed(?: ID)?){_GAP}",
        address="https://pubmed.ncbi.nlm.nih.gov/",
        example="PMID:31779196",
        tidy=_tidy_pmid,
        bare="never",
    ),
    "pmc": Registry(
        name="PubMed Central",
        stem="PMC",
        pattern=rf"PMC[{SPACES}]?\d{{4,8}}(?:\.\d+)?",
        heads=rf"{_NCBI}/pmc/articles/|https?://pmc\.ncbi\.nlm\.nih\.gov/articles/"
        rf"|https?://europepmc\.org/articles?/|PMCID{_GAP}",
        address="https://www.ncbi.nlm.nih.gov/pmc/articles/",
        example="PMC7418728",
        tidy=_tidy_pmc,
    ),
    "ror": Registry(
        name="the Research Organization Registry",
        stem="0[a-z]",
        pattern=r"0[a-hjkmnp-tv-z0-9]{6}\d\d",
        heads=rf"https?://(?:www\.)?ror\.org/|ROR(?: ID)?{_GAP}",
        address="https://ror.org/",
        example="https://ror.org/01cqmqj90",
        tidy=str.lower,
        is_sound=_is_ror,
        bare="alone",
    ),
    "orcid": Registry(
        name="ORCID",
        stem=rf"\d{{4}}{_DASH}\d{{4}}{_DASH}",
        pattern=rf"\d{{4}}{_DASH}\d{{4}}{_DASH}\d{{4}}{_DASH}\d{{3}}[\dX]",
        heads=rf"https?://(?:www\.)?orcid\.org/|ORCID(?: ?ID)?{_GAP}",
        address="https://orcid.org/",
        example="0000-0003-4423-4370",
        tidy=_with_hyphens,
        is_sound=_is_isni,
    ),
    "isni": Registry(
        name="ISNI",
        stem="0000",
        # hyphens only after a head: without one they make it an ORCID
        pattern=rf"0000(?:{_ISNI_GAP}\d{{4}}){{2}}{_ISNI_GAP}\d{{3}}[\dX]",
        heads=rf"https?://(?:www\.)?isni\.org/(?:isni/|page/)?|ISNI{_GAP}",
        address="https://isni.org/isni/",
        example="0000 0001 2103 2683",
        tidy=_without_gaps,
        is_sound=_is_isni,
    ),
    "wikidata": Registry(
        name="Wikidata",
        stem=r"Q\d",
        pattern=r"Q[1-9]\d*",
        heads=rf"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|Wikidata{_GAP}",
        address="http://www.wikidata.org/entity/",
        example="Q81661651",
        tidy=str.upper,
        bare="alone",
    ),
}
"""By prefix, in the order in which they are tried."""
