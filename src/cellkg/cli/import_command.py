"""``cellkg import``: studies out of the records of a registry."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cellkg.cli.exit_codes import FINDINGS
from cellkg.cli.help_text import GroupWithExample, WithExample
from cellkg.cli.output import deliver, tell
from cellkg.cli.settings import debug_option
from cellkg.errors import UserInputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.intake import IntakeReport

SHOWN_REFUSALS = 10
"""How many refused records are told one by one; the others are counted."""


@click.group("import", cls=GroupWithExample, short_help="Studies from the records of a registry.")
def import_group() -> None:
    """Studies from the records of a registry.

    Example:
      cellkg import ctgov records -o my-graphs
    """


@import_group.command(
    cls=WithExample, short_help="Records of ClinicalTrials.gov, in files of any shape."
)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for graph files, made where it is not there; --graphs DIR asks them.",
)
@click.option(
    "--into-store",
    "store",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="A store that can be asked at once, made where it is not there; --store DIR asks it.",
)
@click.option(
    "--every-study", is_flag=True, help="Also studies of anything else than cell therapy."
)
@click.option("--report", is_flag=True, help="List what names no term, by how often it is met.")
@click.option(
    "--verify",
    is_flag=True,
    help="Compare the counts in each record with those in its graph, and store nothing.",
)
@debug_option
@click.pass_context
def ctgov(
    context: click.Context,
    paths: tuple[Path, ...],
    folder: Path | None,
    store: Path | None,
    every_study: bool,  # noqa: FBT001 - click passes it
    report: bool,  # noqa: FBT001 - as above
    verify: bool,  # noqa: FBT001 - as above
) -> None:
    """Records of ClinicalTrials.gov, in files of any shape.

    PATH is a file, a folder, or - for standard input: study objects of the registry's API,
    version 2, single or many, as list pages, lists or JSON Lines, in gzip or zip or not. A study
    that is there already is replaced as a whole by a newer version, and never by an older one. An
    import that was stopped goes on when the same is typed again.

    Example:
      cellkg import ctgov records.jsonl.gz -o my-graphs
      cellkg import ctgov records --into-store my-store
      cellkg import ctgov records --verify
      cellkg import ctgov records --report
    """
    if verify:
        _verify(context, paths)
        return
    if (folder is None) == (store is None) and not (report and folder is None):
        raise UserInputError(
            "Where should the studies go? Give a folder for graph files with -o DIR, or a store"
            " with --into-store DIR."
        )
    from cellkg.cli.progress import building
    from cellkg.intake import Choice, into_folder, into_store, only_report

    with building() as progress:
        choice = Choice(paths, every_study, report, sys.stdin.buffer, progress)
        if folder is not None:
            outcome = into_folder(choice, folder)
        elif store is not None:
            from cellkg.pipeline import fill_import_store

            outcome = into_store(choice, store, fill_import_store)
        else:
            outcome = only_report(choice)
    _tell_refusals(outcome)
    text = outcome_screen(outcome, stored=folder is not None or store is not None)
    if report:
        text += "\n" + wordings_screen(outcome)
    deliver(text.encode("utf-8"), "-")
    if folder is not None:
        tell(f"Ask them with  cellkg --graphs shipped --graphs '{folder}' query studies")
    elif store is not None:
        tell(f"Ask them with  cellkg --store '{store}' query studies")
    if outcome.refused:
        context.exit(FINDINGS)


def _tell_refusals(outcome: IntakeReport) -> None:
    for refusal in outcome.refusals[:SHOWN_REFUSALS]:
        tell(f"Refused: {refusal}")
    more = sum(outcome.refused.values()) - SHOWN_REFUSALS
    if more > 0:
        tell(f"Refused as well: {more:,} more.")


def outcome_screen(outcome: IntakeReport, *, stored: bool) -> str:
    """Say what became of the records, every one of them counted once."""
    from cellkg.cli.screen import labelled

    left_out = sum(outcome.left_out.values())
    facts = {
        "records read": f"{outcome.read:,}",
        "new studies": f"{outcome.new:,}",
        "replaced": f"{outcome.replaced:,}",
        "unchanged": f"{outcome.unchanged:,}",
        "older than here": f"{outcome.older:,}",
        "no cell therapy": _counted(left_out, outcome.left_out),
        "refused": _counted(sum(outcome.refused.values()), outcome.refused),
        "statements": f"{outcome.quads:,} {'written' if stored else 'found'}",
        "not taken in": "; ".join(
            f"{what} ({count:,})" for what, count in outcome.not_taken.most_common()
        )
        or "nothing",
    }
    width = max(map(len, facts))
    return "".join(
        line + "\n" for label, text in facts.items() for line in labelled(label, text, width, None)
    )


def _counted(total: int, reasons: dict[str, int]) -> str:
    if not total:
        return "0"
    parts = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return f"{total:,}: " + "; ".join(f"{reason} ({count:,})" for reason, count in parts)


def wordings_screen(outcome: IntakeReport) -> str:
    """List the wordings that name no term, the commonest first, as tab-separated values."""
    lines = ["kind\tmet\twording"]
    for kind in sorted(outcome.wordings):
        counts = outcome.wordings[kind]
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"{kind}\t{count}\t{' '.join(text.split())}" for text, count in ordered]
    return "\n".join(lines) + "\n"


def _verify(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Compare counts, print their sums, and end with 1 where one differs."""
    from cellkg.cli.progress import building
    from cellkg.intake import verify
    from cellkg.intake.counting import COUNTED

    with building() as progress:
        outcome = verify(paths, sys.stdin.buffer, progress)
    differing = {each.what for each in outcome.differences}
    lines = [f"{'records':<26}{outcome.records:>12,}"]
    lines += [
        f"{what:<26}{outcome.totals[what]:>12,}{'   differs' if what in differing else ''}"
        for what in COUNTED
    ]
    deliver(("\n".join(lines) + "\n").encode("utf-8"), "-")
    for refusal in outcome.refusals:
        tell(f"Refused: {refusal}")
    for each in outcome.differences:
        tell(
            f"{each.nct_id}: {each.what}: {each.in_record:,} in the record,"
            f" {each.in_graph:,} in the graph."
        )
    if outcome.differences or outcome.refusals:
        context.exit(FINDINGS)
    tell("Every count is the same in the records and in their graphs.")
