"""Stills: a picture in SVG as PNG for slides and as PDF for print.

Both are drawn by the same SVG engine (usvg), with the typeface that ships with cellkg and no other:
resvg makes the PNG, and Typst the PDF, in which text stays text that can be searched and copied.
Neither writes a time, so the same SVG gives the same bytes.
"""

from __future__ import annotations

from cellkg.drawing.fonts import FAMILY, font_files, font_folder
from cellkg.errors import MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_PAGE: Final = b"""\
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.title)
"""


def svg_to_png(svg: bytes, scale: float = 2) -> bytes:
    """Draw a picture as PNG.

    Args:
        svg: The picture.
        scale: Pixels a unit of the SVG.

    Returns:
        The PNG.

    Raises:
        MissingExtra: The library that draws is not installed.

    Example:
        >>> from cellkg.drawing.svg import Picture
        >>> svg_to_png(Picture(20, 10, "Nothing", "An empty picture.").to_bytes())[1:4]
        b'PNG'
    """
    try:
        import resvg_py
    except ImportError:
        raise MissingExtra("Drawing PNG", "draw") from None
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.decode("utf-8"),
            zoom=scale,
            skip_system_fonts=True,
            font_files=font_files(),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def svg_to_pdf(svg: bytes, title: str) -> bytes:
    """Draw a picture as a PDF of one page, as large as the picture.

    Args:
        svg: The picture.
        title: What it shows; readers show it, and read it out.

    Returns:
        The PDF.

    Raises:
        MissingExtra: The library that draws is not installed.

    Example:
        >>> from cellkg.drawing.svg import Picture
        >>> svg_to_pdf(Picture(20, 10, "Nothing", "An empty picture.").to_bytes(), "Nothing")[:5]
        b'%PDF-'
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra("Drawing PDF", "draw") from None
    return bytes(
        typst.compile(
            _PAGE,
            font_paths=typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(font_folder())],
            ),
            format="pdf",
            sys_inputs={"title": title, "svg": svg.decode("utf-8")},
        )
    )
