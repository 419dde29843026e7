"""A writer of SVG: shapes and text from data that nobody has to trust.

Everything goes through an XML tree, so no label can become markup; what XML cannot hold at all
(control characters) is shown as U+FFFD. Numbers are rounded, so the same data give the same bytes
on every machine. Only what all of SVG 1.1, resvg and Typst draw alike is used: no style sheet, no
filter, no script.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from cellkg.drawing.fonts import LINE_HEIGHT, STACK

Number = float | int

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
# Section 2.2 of XML 1.0: what may stand in a document.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Replace what XML cannot hold by U+FFFD.

    Args:
        text: Any text.

    Returns:
        A text that XML can hold.

    Example:
        >>> xml_text("a\x00b") == "a\ufffdb"
        True
    """
    return _NOT_XML.sub("\ufffd", text)


def number_text(number: Number) -> str:
    """Write a coordinate, to a hundredth.

    Args:
        number: The coordinate.

    Returns:
        It, without needless zeros.

    Example:
        >>> number_text(2.0), number_text(1 / 3), number_text(-0.001)
        ('2', '0.33', '0')
    """
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


class Group:
    """An element that holds shapes; every method gives the group or shape that it draws.

    Keywords become attributes: ``stroke_width=2`` is ``stroke-width="2"`` and
    ``class_`` is ``class``; None leaves one out.

    Args:
        element: The element of the tree.
    """

    def __init__(self, element: ET.Element) -> None:
        self.element = element

    def add(self, tag: str, /, **attributes: Number | str | None) -> Group:
        """Draw any element."""
        return Group(ET.SubElement(self.element, tag, _attributes(attributes)))

    def group(self, **attributes: Number | str | None) -> Group:
        """Open a group."""
        return self.add("g", **attributes)

    def link(self, target: str, **attributes: Number | str | None) -> Group:
        """Open a group that leads somewhere; the target must be written by cellkg, not by data."""
        return self.add("a", href=target, **attributes)

    def rect(
        self, x: Number, y: Number, width: Number, height: Number, **attributes: Number | str | None
    ) -> Group:
        """Draw a rectangle."""
        return self.add("rect", x=x, y=y, width=width, height=height, **attributes)

    def line(
        self, x1: Number, y1: Number, x2: Number, y2: Number, **attributes: Number | str | None
    ) -> Group:
        """Draw a straight line."""
        return self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)

    def circle(self, x: Number, y: Number, radius: Number, **attributes: str | Number) -> Group:
        """Draw a circle around a point."""
        return self.add("circle", cx=x, cy=y, r=radius, **attributes)

    def path(self, steps: str, **attributes: Number | str | None) -> Group:
        """Draw a path; see `polygon` for one from points."""
        return self.add("path", d=steps, **attributes)

    def polygon(
        self, points: list[tuple[Number, Number]], **attributes: Number | str | None
    ) -> Group:
        """Draw a closed shape with corners."""
        corners = " ".join(f"{number_text(x)},{number_text(y)}" for x, y in points)
        return self.add("polygon", points=corners, **attributes)

    def text(
        self, x: Number, y: Number, words: str, size: Number = 12, **attributes: Number | str | None
    ) -> Group:
        """Write a line of text that begins at a point on its base line."""
        drawn = self.add("text", x=x, y=y, font_size=size, **attributes)
        drawn.element.text = xml_text(words)
        return drawn

    def lines(
        self,
        x: Number,
        y: Number,
        lines: list[str],
        size: Number = 12,
        **attributes: Number | str | None,
    ) -> float:
        """Write lines of text below each other, and give the base line after the last."""
        for line in lines:
            self.text(x, y, line, size, **attributes)
            y += size * LINE_HEIGHT
        return float(y)

    def titled(self, words: str) -> Group:
        """Say in words what this is: shown when pointed at, and read out."""
        title = ET.Element("title")
        title.text = xml_text(words)
        self.element.insert(0, title)
        return self


class Picture(Group):
    """A picture in SVG, with a title and a description for those who cannot see it.

    Args:
        width: How wide it is, in pixels at its natural size.
        height: How high it is.
        title: What it shows, in a few words.
        description: What is to be seen in it.

    Example:
        >>> picture = Picture(40, 20, "A <dot>", "One dot.")
        >>> _ = picture.circle(10, 10, 2.5, fill="#000", stroke_width=None)
        >>> b"A &lt;dot&gt;" in picture.to_bytes(), b'r="2.5" fill="#000"' in picture.to_bytes()
        (True, True)
    """

    def __init__(self, width: Number, height: Number, title: str, description: str) -> None:
        self.width = float(width)
        self.height = float(height)
        size = {"width": number_text(width), "height": number_text(height)}
        root = ET.Element(
            "svg",
            {"xmlns": _NAMESPACE, "viewBox": f"0 0 {size['width']} {size['height']}"}
            | size
            | {"font-family": STACK, "role": "img", "aria-label": xml_text(title)},
        )
        super().__init__(root)
        for tag, words in (("title", title), ("desc", description)):
            ET.SubElement(root, tag).text = xml_text(words)
        self.rect(0, 0, width, height, fill="#ffffff")

    def to_bytes(self) -> bytes:
        """Write the picture as a file of its own."""
        ET.indent(self.element, " ")
        text = ET.tostring(self.element, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


class InlinePicture(Group):
    """A small picture inside a page; what it shows must also be told in the text beside it.

    Args:
        width: How wide it is, in pixels.
        height: How high it is.

    Example:
        >>> InlinePicture(4, 2).to_markup()
        '<svg width="4" height="2" viewBox="0 0 4 2" aria-hidden="true" focusable="false" />'
    """

    def __init__(self, width: Number, height: Number) -> None:
        size = {"width": number_text(width), "height": number_text(height)}
        viewed = {"viewBox": f"0 0 {size['width']} {size['height']}"}
        hidden = {"aria-hidden": "true", "focusable": "false"}
        super().__init__(ET.Element("svg", size | viewed | hidden))

    def to_markup(self) -> str:
        """Write the picture as it stands in HTML."""
        return ET.tostring(self.element, encoding="unicode")


def _attributes(given: dict[str, Number | str | None]) -> dict[str, str]:
    return {
        name.rstrip("_").replace("_", "-"): (
            number_text(value) if isinstance(value, float | int) else xml_text(value)
        )
        for name, value in given.items()
        if value is not None
    }
