"""Groups of commands that are imported when they are asked for: a question loads no other."""

from __future__ import annotations

from cellkg.cli.help_text import GroupWithExample

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import click

    Sections = Mapping[str, Mapping[str, str]]


class CommandsOnDemand(GroupWithExample):
    """A group that imports a command when it is asked for, and lists its commands in sections.

    Args:
        sections: Every command by the title of its section: ``module:name`` of the command by the
            word it is called with, in the order of the help.
        **attributes: What click makes a group from.
    """

    def __init__(self, *, sections: Sections, **attributes: Any) -> None:  # noqa: ANN401 - as click types them
        super().__init__(**attributes)
        self.sections = sections

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """List the names of the commands in the order of the help."""
        return [name for commands in self.sections.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        """Import one command."""
        for commands in self.sections.values():
            if cmd_name in commands:
                from importlib import import_module

                module, _, name = commands[cmd_name].partition(":")
                command: click.Command = getattr(import_module(module), name)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; one that is not there brings the nearest."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            from cellkg.querying.suggestions import did_you_mean, nearest

            found = nearest(args[0], self.list_commands(ctx))
            listing = f"{ctx.command_path} --help"
            ctx.fail(f"There is no command '{args[0]}'; {did_you_mean(found, listing)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands in their sections, with the subject of each."""
        longest = max(map(len, self.list_commands(ctx)))
        for title, commands in self.sections.items():
            rows = []
            for name in commands:
                command = self.get_command(ctx, name)
                subject = "" if command is None else command.get_short_help_str(limit=100)
                rows.append((name.ljust(longest), subject))
            with formatter.section(title):
                formatter.write_dl(rows)
