"""Where a picture goes, and in which form: the suffix of its file says it."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.output import deliver
from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cellkg.drawing.svg import Picture

    Decorated = Callable[..., Any]


SUFFIXES = (".html", ".svg", ".png", ".pdf")


def picture_option(command: Decorated) -> Decorated:
    """Give a command the option -o, checked, and passed to it as `output`."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=click.Path(),
        callback=_checked,
        help="Draw it there, whole or not at all: .html is a page that works offline; .svg, .png "
        "and .pdf are stills.",
    )(command)


def _checked(_context: click.Context, _option: click.Parameter, output: str) -> str:
    if Path(output).suffix.lower() not in SUFFIXES:
        raise UserInputError(
            f"'{output}' does not say which picture to make; give -o a file that ends with "
            f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.",
            value=output,
            suggestions=SUFFIXES,
        )
    return output


def deliver_picture(
    output: str, title: str, page: Callable[[], bytes], still: Callable[[], Picture]
) -> None:
    """Write a picture in the form that the suffix of its file asks for.

    Args:
        output: The file.
        title: What the picture shows.
        page: Draws it as a page.
        still: Draws it as a still.

    Raises:
        MissingExtra: A library that draws is not installed.
        click.exceptions.Exit: It cannot be written there, which was said.
    """
    suffix = Path(output).suffix.lower()
    if suffix == ".html":
        deliver(page(), output)
        return
    data = still().to_bytes()
    if suffix != ".svg":
        from cellkg.drawing.stills import svg_to_pdf, svg_to_png

        data = svg_to_png(data) if suffix == ".png" else svg_to_pdf(data, title)
    deliver(data, output)
