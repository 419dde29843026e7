from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.validation.printed_numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Fever 4", "4"),
        ("25 of the 28 patients", "25 28"),
        ("8 2 pts", "8 2"),
        ("6.57± 1.8 (range: \n\n4.5-8.5)", "6.57 1.8 4.5 8.5"),
        ("15/19 patients", "15 19"),
        ("1\N{EN DASH}4 intrathecal injections", "1 4"),
        ("age: 20\N{EN DASH}70", "20 70"),
        ("range, 3.5-8.5", "3.5 8.5"),
        ("a >25% improvement", "25"),
        ("+1 to +4 degrees", "1 4"),
        ("Seven patients", "7"),
        ("five out of seven", "5 7"),
        ("twenty-five of twenty eight", "25 28"),
        ("enrolled twenty patients", "20"),
        ("three times (once in three months)", "3 1"),
        ("injected a single time", "1"),
        ("twice", "2"),
        ("No serious adverse events", "0"),
        ("1 million cells/kg", "1000000"),
        ("up to 10 million cells per injection", "10000000"),
        ("1 to 2 million", "1000000 2000000"),
        ("1-2 million", "1000000 2000000"),
        ("a million cells in a week", "1000000"),
        ("two hundred patients", "200"),
        ("1.5\N{MULTIPLICATION SIGN}10^6 cells", "1500000"),
        ("1\N{EN DASH}2 \N{MULTIPLICATION SIGN} 10⁶ MSCs/kg", "1000000 2000000"),
        ("1e6 cells", "1000000"),
        ("1,234 of 1,234,567.5", "1234 1234567.5"),
        ("p<.05", "0.05"),
        ("p < 0.0038", "0.0038"),
        ("10mg", "10"),
        ("28 patients, 1 million cells", "28 1000000"),
        ("4 (14%)", "4 14"),
    ],
)
def test_printed_numbers_are_read(text: str, numbers: str) -> None:
    assert numbers_in(text) == {Decimal(number) for number in numbers.split()}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("new T2 lesions", 2),  # a name
        ("the 2nd injection", 2),  # an ordinal
        ("the 12th week", 12),
        ("the 12th week", 1),
        ("1\N{EN DASH}2 \N{MULTIPLICATION SIGN} 106 MSCs/kg", 1_000_000),  # a lost superscript
        ("Half of the participants", 6),
        ("1 million cells", 1),
        ("some patients", 1),
        ("a patient", 1),
        ("6.57", 57),
        ("6.57", 6),
        ("twenty-five", 20),
        ("twenty-five", 5),
        ("", 0),
    ],
)
def test_what_is_not_said_is_not_read(text: str, number: int) -> None:
    assert Decimal(number) not in numbers_in(text)


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["Fever {}", "({})", "{}/28", "n={};", "{}-{}", "mean {}± 1"]),
)
def test_any_number_is_read_as_it_is_printed(number: Decimal, frame: str) -> None:
    assert number in numbers_in(frame.format(number, number))


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))
