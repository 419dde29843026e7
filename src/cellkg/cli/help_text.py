"""Help with an example that can be copied: its lines are never wrapped or joined."""

from __future__ import annotations

from inspect import cleandoc

import click

EXAMPLE = "\nExample:\n"
"""What the examples in the docstring of a command stand below, one command a line."""


def split_example(text: str | None) -> tuple[str, list[str]]:
    r"""Take the examples off the end of a help text.

    Args:
        text: The docstring of a command.

    Returns:
        What stands above the examples, and the examples.

    Example:
        >>> split_example("What it does.\n\nExample:\n    cellkg terms fever\n")
        ('What it does.', ['cellkg terms fever'])
    """
    above, _, below = cleandoc(text or "").partition(EXAMPLE)
    return above.strip(), [line.strip() for line in below.splitlines() if line.strip()]


class WithExample(click.Command):
    """A command whose docstring ends with examples."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click gives it
        """Write what stands above the examples."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(split_example(self.help)[0])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        write_example(formatter, split_example(self.help)[1])
        super().format_epilog(ctx, formatter)


class GroupWithExample(WithExample, click.Group):
    """A group of commands whose docstring ends with examples."""


def write_example(formatter: click.HelpFormatter, lines: list[str]) -> None:
    """Write examples, each on a line of its own however long it is."""
    with formatter.section("Example"):
        for line in lines:
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")
