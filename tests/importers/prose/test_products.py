"""Which cells an intervention gives, and which it only mentions."""

# ruff: noqa: RUF001 - these are the characters that registries print

import pytest

from cellkg.importers.prose import Given, GivenText, Passage, ProseReader
from cellkg.terms import TermIndex

UMBILICAL_CORD = "umbilical cord mesenchymal stromal cell"
CELL_TYPES = [
    # names, abbreviations, spellings
    ("Mesenchymal Stem Cells", "mesenchymal stromal cell"),
    ("MSC's", "mesenchymal stromal cell"),
    ("ＵＣ－ＭＳＣ", UMBILICAL_CORD),
    ("HUCMSC", UMBILICAL_CORD),
    ("ADSCs", "adipose-derived mesenchymal stromal cell"),
    (r"CD34\+ cells", "CD34-positive cell"),
    ("Autologous BMMNC infusion", "bone marrow mononuclear cell"),
    ("anti-CD19-CAR vector-transduced T cells", "chimeric antigen receptor T cell"),
    ("NK cells", "natural killer cell"),
    ("DC vaccine", "dendritic cell"),
    ("Stem cells", "stem or progenitor cell product"),
    # a tissue and a cell make the narrowest term
    ("mesenchymal stem cells derived from human umbilical cord", UMBILICAL_CORD),
    (
        "adipose tissue derived autologous mesenchymal stem cells",
        "adipose-derived mesenchymal stromal cell",
    ),
    ("umbilical cord (UC) mesenchymal stem cells", UMBILICAL_CORD),
    ("MSC from Wharton's jelly", "Wharton's jelly mesenchymal stromal cell"),
    (
        "MSC from umbilical cord/ bone marrow/ adipose",
        "adipose-derived mesenchymal stromal cell; bone marrow mesenchymal stromal cell; "
        + UMBILICAL_CORD,
    ),
    (
        "umbilical cord/placenta-derived mesenchymal stem cells",
        f"placental mesenchymal stromal cell; {UMBILICAL_CORD}",
    ),
    ("bone marrow concentrate containing MSC", "bone marrow aspirate concentrate"),
    ("anti-GD2 CAR T cells", "chimeric antigen receptor T cell"),
    ("hepatocytes and islets", "hepatocyte; pancreatic islet product"),
    # is-a apart from made-from
    ("MSC-derived exosomes", "extracellular vesicle product < mesenchymal stromal cell"),
    ("Exosome of MSC", "extracellular vesicle product < mesenchymal stromal cell"),
    ("iPSC-derived cardiomyocytes", "cardiomyocyte < induced pluripotent stem cell"),
    (
        "hepatocytes differentiated from mesenchymal stem cells",
        "hepatocyte < mesenchymal stromal cell",
    ),
    ("MSC differentiated into neural stem cells", "neural stem cell < mesenchymal stromal cell"),
    (
        "human embryonic stem cell derived mesenchymal stem cells",
        "embryonic stem cell-derived mesenchymal stromal cell < embryonic stem cell",
    ),
    ("MSC induced to adopt the hepatocyte phenotype", "hepatocyte < mesenchymal stromal cell"),
    ("hepatocyte-like MSC", "hepatocyte < mesenchymal stromal cell"),
    ("MSC, which can differentiate into chondrocytes", "chondrocyte; mesenchymal stromal cell"),
    (
        "bone marrow MSC-derived neural progenitor cells",
        "MSC-derived neural progenitor < bone marrow mesenchymal stromal cell",
    ),
    (
        "Cell-free stem cell-derived extract formulation",
        "cell-derived cell-free product < stem or progenitor cell product",
    ),
    ("hESC-RPE", "retinal pigment epithelial cell < embryonic stem cell"),
    # not given: denied, targets, diseases, drugs, comparators, what is taken
    ("physical therapy without stem cells", ""),
    ("graft depleted of T cells", ""),
    ("treatment of squamous cell carcinoma", ""),
    ("anti-T cell antibody", ""),
    ("renal transplantation unlike bone marrow transplantation", ""),
    ("Granulocyte colony stimulating factor", ""),
    ("B cell lymphoma treatment", ""),
    ("Placebo (without MSC)", ""),
    ("brushing that releases MSC", ""),
    ("in hematopoietic stem cell transplant recipients", ""),
    ("Generation of induced pluripotent stem cells", ""),
    ("fat graft not enriched with stem cells", ""),
    ("platelet-rich plasma", ""),
    ("ALLO-ASC-SHEET", ""),
    ("cell therapy", ""),
    ("Cyclophosphamide", ""),
    ("Leukapheresis", ""),
    ("Normal saline", ""),
    ("Physiotherapy", ""),
    ("DC", ""),
    ("SC", ""),
    ("", ""),
]


def named(name: str, description: str = "", **more: str) -> GivenText:
    parts = {
        key: (Passage(f"/{key}", text),) for key, text in more.items() if key in {"arm", "study"}
    }
    told = (Passage("/interventions/0/description", description),) if description else ()
    return GivenText(
        intervention=(Passage("/interventions/0/name", name), *told),
        arm=parts.get("arm", ()),
        study=parts.get("study", ()),
        intervention_type=more.get("kind", "BIOLOGICAL"),
        arm_type=more.get("arm_type", "EXPERIMENTAL"),
    )


def cell_types(given: Given, index: TermIndex) -> str:
    types = sorted(
        {index[str(each.value)].label for product in given.products for each in product.cell_types}
    )
    sources = sorted(
        {
            index[str(each.value)].label
            for product in given.products
            for each in product.derived_from
        }
    )
    return "; ".join(types) + (" < " + "; ".join(sources) if sources else "")


def test_the_suite_has_its_cases() -> None:
    assert len(CELL_TYPES) == 54


@pytest.mark.parametrize(("name", "expected"), CELL_TYPES)
def test_a_name_gives_cells(
    reader: ProseReader, index: TermIndex, name: str, expected: str
) -> None:
    assert cell_types(reader.given(named(name)), index) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a title refines what an intervention names …
        (
            named("Mesenchymal stem cells", study="Umbilical cord mesenchymal stem cells for ALS"),
            UMBILICAL_CORD,
        ),
        (
            named("MSC", study="Cells derived from bone marrow in stroke"),
            "bone marrow mesenchymal stromal cell",
        ),
        # … and supplies it where a name is generic or a code …
        (named("Cell infusion", study="MSC for stroke"), "mesenchymal stromal cell"),
        (named("Intravenous injection", arm="UC-MSC group"), UMBILICAL_CORD),
        (named("ABC-101", study="CAR-T in lymphoma"), "chimeric antigen receptor T cell"),
        # … but not where it is plainly something else
        (named("Cyclophosphamide", study="CAR-T in lymphoma", kind="DRUG"), ""),
        (named("Saline", study="MSC for stroke"), ""),
        (named("Conventional therapy", study="MSC for stroke"), ""),
        (named("Infusion", study="MSC for stroke", arm_type="PLACEBO_COMPARATOR"), ""),
        (named("MSC", study="MSC for stroke", arm_type="NO_INTERVENTION"), ""),
        (named("Bed rest", study="MSC for stroke", kind="BEHAVIORAL"), ""),
        (
            named("CAR T cells", "after allogeneic stem cell transplantation"),
            "chimeric antigen receptor T cell",
        ),
        # what only holds a source gives way to what is made from it
        (
            named("MSC transplantation", "Stem cells differentiated into hepatocytes are infused"),
            "hepatocyte < mesenchymal stromal cell",
        ),
        (
            named("Bone marrow MSC", "Bone marrow concentrate is injected"),
            "bone marrow aspirate concentrate; bone marrow mesenchymal stromal cell",
        ),
        # a procedure or device by which cells are given, and one by which they are not
        (
            named("Bronchoscopy", "Delivery of MSC by injection", kind="PROCEDURE"),
            "mesenchymal stromal cell",
        ),
        (
            named("Harvest BMAC System", "Injection of BMAC", kind="DEVICE"),
            "bone marrow aspirate concentrate",
        ),
        (named("Sample", "MSC isolation", kind="OTHER"), ""),
        (named("JNJ-100", "100 mg orally", study="RSV after MSC infusion", kind="DRUG"), ""),
        # an abbreviation that the record introduces
        (named("DC", study="Dendritic cells (DC) for glioma"), "dendritic cell"),
        (named("EPC", study="Endothelial progenitor cells (EPC)"), "endothelial progenitor cell"),
    ],
)
def test_other_texts_refine_and_never_invent(
    reader: ProseReader, index: TermIndex, text: GivenText, expected: str
) -> None:
    assert cell_types(reader.given(text), index) == expected


@pytest.mark.parametrize(
    ("name", "tissue"),
    [
        ("BM-MSC", "bone marrow"),
        ("Wharton's jelly MSC", "Wharton's jelly"),
        ("adipose-derived stem cells", "adipose tissue"),
        ("peripheral blood stem cells", "peripheral blood"),
        ("BMAC from bone marrow, with platelets from peripheral blood", "bone marrow"),
        ("fibroblasts from a skin biopsy", "skin"),
        ("MSC injected into the skin", None),
        ("Pneumostem", None),
        ("MSCs; they can be isolated from bone marrow", None),
    ],
)
def test_a_tissue_is_a_source(
    reader: ProseReader, index: TermIndex, name: str, tissue: str | None
) -> None:
    (product,) = reader.given(named(name)).products
    assert [index[str(each.value)].label for each in product.tissues] == (
        [tissue] if tissue else []
    )


@pytest.mark.parametrize(
    ("name", "donor"),
    [
        ("Autologous MSC", "autologous"),
        ("allogenic MSC", "allogeneic"),
        ("the patient's own stem cells", "autologous"),
        ("MSC harvested from the patient", "autologous"),
        ("T cells from healthy donors", "allogeneic"),
        ("haploidentical stem cell transplantation", "allogeneic"),
        ("CAR T cells, for which participants will be leukapheresed", "autologous"),
        ("MSC with autologous serum", None),
        ("heterologous MSC", "allogeneic"),
        ("UC-MSC", None),
    ],
)
def test_a_donor_is_stated(
    reader: ProseReader, index: TermIndex, name: str, donor: str | None
) -> None:
    product = reader.given(named(name)).products[0]
    assert (product.donor and index[str(product.donor.value)].label) == donor


def test_whoever_undergoes_a_harvest_is_the_donor(reader: ProseReader, index: TermIndex) -> None:
    (product,) = reader.given(named("CAR T cells", "Patients will undergo apheresis.")).products
    assert product.donor is not None
    assert index[str(product.donor.value)].label == "autologous"


@pytest.mark.parametrize("name", ["{} and {}", "{} combined with {}", "{}; {} a week later"])
def test_each_of_several_products_has_its_own_donor(
    reader: ProseReader, index: TermIndex, name: str
) -> None:
    own, given = "autologous bone marrow mononuclear cells", "allogeneic UC-MSC"
    for parts in ((own, given), (given, own)):
        donors = {
            index[str(product.cell_types[0].value)].label: product.donor
            for product in reader.given(named(name.format(*parts))).products
        }
        assert {
            kind: donor and index[str(donor.value)].label for kind, donor in donors.items()
        } == {
            "bone marrow mononuclear cell": "autologous",
            "umbilical cord mesenchymal stromal cell": "allogeneic",
        }


def test_the_donor_of_another_transplant_is_not_theirs(reader: ProseReader) -> None:
    title = "MSC in haploidentical hematopoietic stem cell transplantation"
    (product,) = reader.given(named("MSC", study=title)).products
    assert product.donor is None


@pytest.mark.parametrize(
    ("name", "state"),
    [("cryopreserved MSC", "Frozen"), ("freshly isolated MSC", "Fresh"), ("MSC", None)],
)
def test_preservation_is_stated(reader: ProseReader, name: str, state: str | None) -> None:
    (product,) = reader.given(named(name)).products
    found = product.preservation
    assert (found and str(found.value).rpartition("#")[2]) == state


def test_the_bone_that_marrow_is_drawn_from_is_a_tissue(
    reader: ProseReader, index: TermIndex
) -> None:
    text = named("BM-MSC", "Marrow is aspirated from the posterior superior iliac crest")
    (product,) = reader.given(text).products
    assert {index[str(each.value)].label for each in product.tissues} == {
        "bone marrow",
        "iliac crest",
    }


def test_a_product_of_which_nothing_is_known_is_not_given(
    reader: ProseReader, index: TermIndex
) -> None:
    assert reader.given(named("Cell therapy")).products == ()
    (product,) = reader.given(named("Autologous cell therapy")).products
    assert product.cell_types == ()
    assert product.donor is not None
    assert index[str(product.donor.value)].label == "autologous"


def test_what_names_no_term_is_listed(reader: ProseReader) -> None:
    given = reader.given(named("Boost cells given intrafoobarly"))
    assert [each.text for each in given.ungrounded] == ["Boost cells", "intrafoobarly"]
