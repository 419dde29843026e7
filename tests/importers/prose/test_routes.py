"""Routes of the cells, and not of anything else."""

import pytest

from cellkg.importers.prose import GivenText, Passage, ProseReader
from cellkg.terms import TermIndex

ROUTES = [
    ("infused intravenously", "intravenous"),
    ("given IV over 30 minutes", "intravenous"),
    ("10^6 MSC/kg, IV", "intravenous"),
    ("by peripheral vein", "intravenous"),
    ("infused i.v. and intrathecally", "intrathecal; intravenous"),
    ("intracoronary infusion", "intracoronary"),
    ("transendocardial injection", "intramyocardial"),
    ("injected into the knee joint", "intra-articular"),
    ("IA injection for knee osteoarthritis", "intra-articular"),
    ("IA infusion for stroke", "intra-arterial"),
    ("intramuscular injection", "intramuscular"),
    ("injected into the superior pancreatic artery", "intra-arterial"),
    ("cells on a collagen scaffold are implanted", "surgical implantation"),
    ("cells are applied to the wound", "topical / cutaneous"),
    ("by vein", "intravenous"),
    ("3 mL are injected in the bone", "intraosseous"),
    ("injected into the caudate lobe", "intrahepatic"),
    ("injected to the facial nerve", "perineural / intraneural"),
    (
        "delivered into the resection cavity or ventricular system",
        "intracavitary; intracerebroventricular",
    ),
    ("core decompression with MSC", "intraosseous"),
    # no route
    ("before an endobronchial valve is placed", ""),
    ("applied only one time for both eyes", ""),
    ("after pentostatin by intravenous infusion", ""),
    ("infusion", ""),
    ("injection", ""),
    ("transplantation", ""),
    ("for stage IV disease", ""),
    ("in phase IV", ""),
    ("for intraventricular hemorrhage", ""),
    ("for intervertebral disc degeneration", ""),
    ("with cyclophosphamide IV", ""),
    ("after intravenous methylprednisolone", ""),
    ("not given intravenously", ""),
    ("it is given", ""),
]


def test_the_suite_has_its_cases() -> None:
    assert len(ROUTES) == 34


@pytest.mark.parametrize(("words", "expected"), ROUTES)
def test_a_route_is_read(reader: ProseReader, index: TermIndex, words: str, expected: str) -> None:
    text = GivenText(
        intervention=(Passage("/name", "Mesenchymal stem cells"), Passage("/description", words))
    )
    found = reader.given(text).routes
    assert "; ".join(sorted(index[str(each.value)].label for each in found)) == expected


def test_a_site_of_delivery_is_where_the_cells_go(reader: ProseReader, index: TermIndex) -> None:
    text = GivenText(intervention=(Passage("/name", "MSC injected into the spinal cord"),))
    (site,) = reader.given(text).sites_of_delivery
    assert (index[str(site.value)].label, site.quote) == ("spinal cord", "spinal cord")


def test_without_cells_there_is_no_route(reader: ProseReader) -> None:
    given = reader.given(GivenText(intervention=(Passage("/name", "Rituximab IV"),)))
    assert (given.routes, given.doses) == ((), ())
