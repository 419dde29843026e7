"""Tables and cards fit what they are shown on, and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cellkg.cli.screen import (
    MIN_PROSE_WIDTH,
    Column,
    coloured,
    labelled,
    lay_out,
    one_line,
    plain,
    width_of,
    wrap,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def columns() -> list[Column]:
    return [
        Column("study", ["poster", "als"]),
        Column("number at risk", ["28", ""], numbers=True),
        Column(
            "quote",
            ["“No serious side effects observed after repeated IT injections in follow up.”", ""],
            prose=True,
        ),
    ]


def test_a_pipe_gets_every_row_on_one_line() -> None:
    lines = lay_out(columns(), None).splitlines()
    assert len(lines) == 4
    assert lines[2].endswith("in follow up.”")
    assert lines[3].split() == ["als", "—", "—"]


def test_headings_are_folded_before_prose_and_prose_before_cards() -> None:
    natural = lay_out(columns(), None)
    width = max(map(width_of, natural.splitlines()))
    assert lay_out(columns(), width) == natural
    folded = lay_out(columns(), width - 8).splitlines()
    assert max(map(width_of, folded)) == width - 8
    assert [line.split() for line in folded[:3]] == [["number"], ["at"], ["study", "risk", "quote"]]
    assert len(folded) == len(natural.splitlines()) + 2
    wrapped = lay_out(columns(), 50)
    assert max(map(width_of, wrapped.splitlines())) <= 50
    assert "── 1" not in wrapped
    cards = lay_out(columns(), 40)
    assert cards.startswith("── 1")
    assert "not stated      number at risk, quote" in cards
    assert max(map(width_of, cards.splitlines())) <= 40


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.integers(30, 140))
def test_no_line_of_a_table_is_wider_than_the_terminal(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    table = [
        Column("one", [row[0] for row in rows]),
        Column("two words", [row[1] for row in rows], numbers=True),
        Column("three", [row[2] for row in rows], prose=True),
    ]
    lines = lay_out(table, width).splitlines()
    if lines[0].startswith("── 1 "):
        assert all(width_of(line) <= max(width, 10 + 2 + MIN_PROSE_WIDTH // 2) for line in lines)
    else:
        assert all(width_of(line) <= width for line in lines)


@given(WORDS)
def test_whatever_a_document_says_is_one_harmless_line(text: str) -> None:
    assert one_line(text).isprintable()
    assert one_line(one_line(text)) == one_line(text)


@given(WORDS, st.integers(1, 30))
def test_wrapping_loses_no_letter_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width_of(line) <= max(width, 2) for line in lines)


def test_colours_are_outside_what_is_counted() -> None:
    painted = lay_out([Column("answer", ["reported", "denied", ""])], 80, coloured)
    assert "\x1b[33mreported\x1b[0m" in painted
    assert "\x1b[2m—" in painted
    assert coloured("", "heading") == ""
    assert coloured("fever", "fever") == "fever"
    assert plain("fever", "heading") == "fever"


def test_marks_and_wide_letters_take_the_columns_they_take() -> None:
    assert width_of("e\N{COMBINING ACUTE ACCENT}") == 1
    assert width_of("発熱") == 4
    assert lay_out([Column("x", ["発熱", "a"])], None).splitlines()[2] == "発熱"


def test_a_fact_on_a_narrow_terminal_keeps_some_room() -> None:
    lines = labelled("a long label", "several words that are too long", 12, 10)
    assert all(width_of(line) <= 14 + MIN_PROSE_WIDTH for line in lines)
    assert list(labelled("a", "b c", 3, None)) == ["a    b c"]
