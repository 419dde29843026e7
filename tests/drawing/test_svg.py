"""Pictures hold any text, look the same everywhere, and keep their text in a PDF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.drawing.fonts import ELLIPSIS, shortened, text_width, wrapped
from cellkg.drawing.stills import svg_to_pdf, svg_to_png
from cellkg.drawing.svg import Picture, number_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

    ParseSvg = Callable[[bytes], ET.Element]

SVG = "{http://www.w3.org/2000/svg}"
PNG_SIZE = slice(16, 24)
"""Where a PNG holds its width and height, as two numbers of four bytes."""


def picture_of(*lines: str) -> Picture:
    picture = Picture(400, 200, lines[0], lines[-1])
    picture.rect(10, 10, 40, 20, fill="#0072b2").titled(lines[0])
    picture.lines(10, 60, list(lines), 14, fill="#000000")
    return picture


@given(text=st.text(max_size=60))
def test_any_text_is_text(parse_svg: ParseSvg, text: str) -> None:
    root = parse_svg(picture_of(text).to_bytes())
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == {
        "svg", "title", "desc", "rect", "text",
    }  # fmt: skip


def test_hostile_labels_come_back_as_they_were(
    hostile_labels: tuple[str, ...], parse_svg: ParseSvg
) -> None:
    root = parse_svg(picture_of(*hostile_labels).to_bytes())
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert texts[:3] == list(hostile_labels[:3])
    assert "\ufffd\ufffd \ufffd" in (texts[3] or "")


def test_a_png_shows_its_text_in_the_shipped_typeface() -> None:
    with_text = picture_of("fever").to_bytes()
    png = svg_to_png(with_text, 2)
    assert png[PNG_SIZE] == (800).to_bytes(4, "big") + (400).to_bytes(4, "big")
    assert png == svg_to_png(with_text, 2)
    assert png != svg_to_png(with_text.replace(b"fever</text>", b"</text>"), 2)
    assert png != svg_to_png(with_text.replace(b"fever</text>", b"cough</text>"), 2)


def test_text_in_a_pdf_can_be_searched() -> None:
    svg = picture_of("fever in 4 of 28", "Ätiologie \u2265 3").to_bytes()
    pdf = svg_to_pdf(svg, 'A "title" \\ #let x = 1')
    assert pdf == svg_to_pdf(svg, 'A "title" \\ #let x = 1')
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert read.metadata is not None
    assert read.metadata.title == 'A "title" \\ #let x = 1'
    assert read.metadata.creation_date is None
    text = read.pages[0].extract_text()
    assert "fever in 4 of 28" in text
    assert "Ätiologie \u2265 3" in text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.005, "1"), (0.126, "0.13"), (-0.0001, "0"), (12, "12"), (100.0, "100")],
)
def test_numbers_are_short(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.text(max_size=80), st.integers(min_value=20, max_value=300))
def test_shortened_text_fits(text: str, room: int) -> None:
    short = shortened(text, room, 10)
    assert text_width(short, 10) <= room
    assert short == text or short.endswith(ELLIPSIS)


def test_wrapped_text_loses_nothing_but_what_an_ellipsis_shows() -> None:
    text = "adipose-derived mesenchymal stromal cell of the bone marrow"
    lines = wrapped(text, 90, 10)
    assert len(lines) > 3
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped(text, 90, 10, lines=2)[-1].endswith(ELLIPSIS)
    assert wrapped("", 90, 10) == [""]
