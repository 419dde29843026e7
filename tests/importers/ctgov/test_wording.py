from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.importers.ctgov.wording import MAX_QUOTE, quotable, tidy


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("10\\^7 \\[HSA\\] a\\_b \\~ 5 \\> 3", "10^7 [HSA] a_b ~ 5 > 3"),
        ("A &amp;lt; B &lt; C &amp; D", "A < B < C & D"),
        ("Alzheimer&#39;s &#x3b2;", "Alzheimer's \u03b2"),
        ("10\u2076 cells\uff0c\uff05", "10\u2076 cells\uff0c\uff05"),
        ("  two\n lines\u00a0and\u2003spaces\t", "two lines and spaces"),
        ("zero\u200bwidth\u00adhyphen\x00", "zerowidthhyphen"),
        ("C:\\Data \\n", "C:\\Data \\n"),
        ("\u5e72\u7ec6\u80de", "\u5e72\u7ec6\u80de"),
        ("\u200b \ufeff", ""),
    ],
)
def test_a_text_reads_as_people_would_read_it(printed: str, read: str) -> None:
    assert tidy(printed) == read


@given(st.text())
def test_a_tidy_text_has_neither_controls_nor_wide_gaps(text: str) -> None:
    tidied = tidy(text)
    assert tidied == " ".join(tidied.split())
    assert tidied.isprintable() or any(ord(each) > 127 for each in tidied)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (" \n Pyrexia ", ("Pyrexia", 3, 10)),
        ("x" * 100, ("x" * 100, 0, 100)),
        (" " + "x" * 100 + " ", ("x" * 100, 1, 101)),
        ("x" * 101, None),
        ("word " * 21, None),
        (" \n", None),
        ("", None),
    ],
)
def test_a_text_is_quoted_whole_or_not_at_all(
    text: str, quote: tuple[str, int, int] | None
) -> None:
    assert quotable(text) == quote


@given(st.text(max_size=300))
def test_a_quote_stands_where_it_says(text: str) -> None:
    found = quotable(text)
    if found is None:
        assert not 0 < len(text.strip()) <= MAX_QUOTE
        return
    quote, start, end = found
    assert text[start:end] == quote == quote.strip()
    assert 1 <= len(quote) <= MAX_QUOTE
