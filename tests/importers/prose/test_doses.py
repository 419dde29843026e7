"""Amounts of cells in all the ways in which registries print them."""

# ruff: noqa: RUF001 - these are the characters that registries print

import pytest

from cellkg.importers.prose.doses import doses_in
from cellkg.importers.prose.texts import Passage
from cellkg.vocabulary import CKG, TERM

UNITS = {
    TERM["cells-count"].value: "cells",
    TERM["cells-per-kilogram-body-weight"].value: "cells/kg",
    TERM["cells-per-square-centimeter"].value: "cells/cm2",
}

DOSES = [
    # numbers and exponents
    ("1x10^6/kg", "1e6 cells/kg"),
    (r"1 × 10\^6 cells/kg", "1e6 cells/kg"),
    ("dose of 10e6 cells", "1e6 cells"),
    ("2 million cells per kilogram", "2e6 cells/kg"),
    ("1x106 cells/kg", "1e6 cells/kg"),
    ("1.0E+06 cells", "1e6 cells"),
    ("１×１０＾６ cells/kg", "1e6 cells/kg"),
    ("1&#215;10^6 MSC/kg", "1e6 cells/kg"),
    ("2×10⁶ UC-MSCs", "2e6 cells"),
    ("1 ×10(8) mesenchymal stem cells", "1e8 cells"),
    ("1 x 10 (6) cells", "1e6 cells"),
    ("5 x 10 7 cells", "5e7 cells"),
    ("20,000,000 cells", "2e7 cells"),
    ("2 000 000 cells", "2e6 cells"),
    ("20.000.000 autologous MSCs", "2e7 cells"),
    ("2.0x10,000,000 cells/kg", "2e7 cells/kg"),
    ("1x10/6 cells/kg", "1e6 cells/kg"),
    ("2.5x10ˆ7 MSC", "2.5e7 cells"),
    ("25 M allogeneic MPCs", "2.5e7 cells"),
    ("three million cells", "3e6 cells"),
    ("100 millions of CSCs", "1e8 cells"),
    ("2,5x10^6 cells", "2.5e6 cells"),
    ("4*10^6 neural progenitor cells", "4e6 cells"),
    ("1.2 x 10e+6 cells", "1.2e6 cells"),
    # what is counted and per what
    ("5x10^6 of UCMSC per cm^2 of the defect", "5e6 cells/cm2"),
    ("2 x 10^6 CD34+ cells/kg", "2e6 cells/kg"),
    ("0.75*10^6/ kg human MSC", "7.5e5 cells/kg"),
    ("4.0 x 10^6 cells/2mL", "4e6 cells"),
    ("a dose of 1x10^8", "1e8 cells"),
    # ranges and bounds
    ("1-2x10^6 cells/kg", "1e6-2e6 cells/kg"),
    ("2 x 10^6 to 5 x 10^6 cells", "2e6-5e6 cells"),
    ("between 1 and 2 million cells", "1e6-2e6 cells"),
    ("(1-10) × 10^6 cells", "1e6-1e7 cells"),
    ("1 ± 0.5 x 106 MSC/kg", "5e5-1.5e6 cells/kg"),
    ("10^6 - 10^7 cells", "1e6-1e7 cells"),
    ("up to 10^8 cells", "<=1e8 cells"),
    ("maximum of 2 million cells", "<=2e6 cells"),
    ("≤1×10^7 cells", "<=1e7 cells"),
    ("at least 2 x 10^6 cells/kg", ">=2e6 cells/kg"),
    # several
    ("10 million and 20 million cells", "1e7 cells; 2e7 cells"),
    ("1x10^6, 5x10^6 or 10x10^6 cells/kg", "1e6 cells/kg; 1e7 cells/kg; 5e6 cells/kg"),
    ("1 million of MSC, which is 1 million MSC/kg", "1e6 cells/kg"),
    ("1x10^6 cells and 3 times", "1e6 cells"),
]

NO_DOSES = [
    "2 million cells/ml",
    "22 million ASCs/ml",
    "10 x 10^6/mL",
    "ANC > 0.5 x 10^9/L",
    "2.0*10^8 particles",
    "800 Billion extracellular vesicles",
    "7x10^11 EVs",
    "10000 IU heparin",
    "a dose of 2000 mg",
    "in 2021-2022 people",
    "CAP-1002 is cells",
    "NCT01449032",
    "100 patients get cells",
    "three doses of 5 ml",
    "1x10^9 viral particles",
    "a platelet count of 100,000 platelets",
    "",
]


def written(text: str) -> str:
    words = []
    for dose in doses_in([Passage("/x", text)]):
        numbers = [
            f"{number:E}".replace("E+", "e")
            for number in (dose.value, dose.minimum, dose.maximum)
            if number is not None
            for number in [number.normalize()]
        ]
        bound = ""
        if len(numbers) == 1 and dose.value is None:
            bound = "<=" if dose.minimum is None else ">="
        words.append(f"{bound}{'-'.join(numbers)} {UNITS[dose.unit]}")
    return "; ".join(sorted(words))


def test_the_suite_has_its_cases() -> None:
    assert (len(DOSES), len(NO_DOSES)) == (43, 17)


@pytest.mark.parametrize(("text", "expected"), DOSES)
def test_a_dose_is_read(text: str, expected: str) -> None:
    assert written(text) == expected


@pytest.mark.parametrize("text", NO_DOSES)
def test_what_is_no_dose_is_passed_over(text: str) -> None:
    assert written(text) == ""


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("1x10^6 cells per injection", "PerAdministration"),
        ("each infusion has 2 million cells", "PerAdministration"),
        ("a total of 4 million cells", "TotalDose"),
        ("4 million cells in total", "TotalDose"),
        ("4 million cells", None),
    ],
)
def test_per_what_is_told_only_where_it_is_stated(text: str, per: str | None) -> None:
    (dose,) = doses_in([Passage("/x", text)])
    assert dose.per == (per and CKG[per].value)


def test_the_printed_form_is_cut_out_of_the_string_as_it_stands() -> None:
    text = r"Give 1&#215;10\^6 MSC/kg, please"
    (dose,) = doses_in([Passage("/x", text)])
    assert (
        dose.printed.quote == r"1&#215;10\^6 MSC/kg" == text[dose.printed.start : dose.printed.end]
    )


def test_an_amount_that_two_texts_state_is_one_dose() -> None:
    texts = [Passage("/name", "1x10^6 MSCs"), Passage("/description", "1 million MSCs")]
    assert [dose.printed.pointer for dose in doses_in(texts)] == ["/name"]
