"""``cellkg fetch``: records from the registries, kept as they were received."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from pathlib import Path

import click

from cellkg.cli.help_text import GroupWithExample, WithExample
from cellkg.cli.output import STANDARD_OUTPUT, deliver, tell
from cellkg.cli.settings import debug_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.importers.ctgov_api import Fetched, Registry, StudyQuery
    from cellkg.importers.ctgov_api.fetch_state import Run

_LAST = ""
"""What --since stands for without a day."""


@click.group(cls=GroupWithExample, short_help="Records from a registry: ClinicalTrials.gov.")
@debug_option
def fetch() -> None:
    """Records from a registry: ClinicalTrials.gov.

    Example:
      cellkg fetch ctgov --intervention "mesenchymal stem cell"
    """


@fetch.command(cls=WithExample, short_help="Study records of ClinicalTrials.gov, as they are now.")
@click.option(
    "--condition",
    "conditions",
    metavar="TEXT",
    multiple=True,
    help="A condition or disease; may be given several times, for any of them.",
)
@click.option(
    "--intervention",
    "interventions",
    metavar="TEXT",
    multiple=True,
    help="An intervention or treatment; may be given several times, for any of them.",
)
@click.option(
    "--term",
    "terms",
    metavar="TEXT",
    multiple=True,
    help="Other words, in the registry's search syntax; may be given several times, for any of"
    " them.",
)
@click.option(
    "--id",
    "ids",
    metavar="NCT",
    multiple=True,
    help="One study by its number; may be given several times.",
)
@click.option(
    "--since",
    metavar="[DATE]",
    is_flag=False,
    flag_value=_LAST,
    help="Only records updated on that day or later; without a day, what changed since the last"
    " fetch into the folder.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default="ctgov-records",
    show_default=True,
    type=click.Path(),
    help="The folder that keeps the records; - writes them to standard output instead.",
)
@click.option(
    "--api",
    metavar="URL",
    help="The address of the API, if another than that of ClinicalTrials.gov.",
)
@debug_option
def ctgov(
    *,
    conditions: tuple[str, ...],
    interventions: tuple[str, ...],
    terms: tuple[str, ...],
    ids: tuple[str, ...],
    since: str | None,
    output: str,
    api: str | None,
) -> None:
    """Study records of ClinicalTrials.gov, as they are now.

    They are kept as received, as JSON Lines; cellkg import makes graphs of them. The same command
    goes on where it was stopped; with --since it then brings newer versions beside the old ones.
    At most 50 requests a minute are sent, each for up to 1,000 studies.

    Example:
      cellkg fetch ctgov --condition "multiple sclerosis" --intervention "stem cell" -o ms
      cellkg fetch ctgov --condition "multiple sclerosis" --intervention "stem cell" -o ms --since
      cellkg fetch ctgov --id NCT00222573 --id NCT01895439 -o -
    """
    from cellkg.importers.ctgov_api import DEFAULT_API, Registry, StudyQuery

    query = StudyQuery.read(
        conditions=conditions,
        interventions=interventions,
        terms=terms,
        ids=ids,
        since=since or None,
    )
    registry = Registry(api or DEFAULT_API, notify=_tell_above_bar)
    if output == STANDARD_OUTPUT:
        if since == _LAST:
            problem = "without a day it needs a folder that tells of the last fetch."
            raise click.BadParameter(problem, param_hint="--since")
        _write_out(query, registry)
    else:
        _keep(Path(output), query, registry, update=since == _LAST)


def _write_out(query: StudyQuery, registry: Registry) -> None:
    from cellkg.cli.progress import building
    from cellkg.importers.ctgov_api import fetch_to

    with building() as progress:
        run = fetch_to(
            lambda lines: deliver(lines, STANDARD_OUTPUT), query, registry, progress=progress
        )
    _tell_of(run)
    tell(f"{_studies(run)} written.")
    _refuse_missing(run)


def _keep(folder: Path, query: StudyQuery, registry: Registry, *, update: bool) -> None:
    from cellkg.cli.progress import building
    from cellkg.errors import StoreError
    from cellkg.importers.ctgov_api import fetch_into

    try:
        with building() as progress:
            fetched = fetch_into(folder, query, registry, update=update, progress=progress)
    except (KeyboardInterrupt, StoreError):
        with suppress(OSError):  # there is no such folder, or its name cannot be one
            if any(folder.iterdir()):
                tell(f"What was received is kept in '{folder}'; the same command goes on there.")
        raise
    _tell_of(fetched.run)
    tell(_outcome(fetched, folder))
    _refuse_missing(fetched.run)


def _tell_above_bar(sentence: str) -> None:
    """Say something while a progress bar may be shown: wipe its line, on which it comes again."""
    tell(f"\r\x1b[K{sentence}" if sys.stderr.isatty() else sentence)


def _tell_of(run: Run) -> None:
    """Say what may keep a person from trusting that all is there."""
    if len(run.data_versions) > 1:
        tell(
            f"The data of the registry changed meanwhile (from {run.data_versions[0]} to"
            f" {run.data_versions[-1]}): type the same with --since to get what changed."
        )
    if run.total is not None and run.studies != run.total:
        tell(
            f"The registry announced {run.total:,} studies and sent {run.studies:,}: its data may"
            " have changed between two pages."
        )


def _outcome(fetched: Fetched, folder: Path) -> str:
    run = fetched.run
    version = run.data_versions[-1]
    if fetched.how == "nothing new":
        return (
            f"Nothing changed since the last fetch: the registry still has its data of {version}."
        )
    where = shlex.quote(str(folder))
    kept = (
        f"{_studies(run)} in {run.parts:,} {'part' if run.parts == 1 else 'parts'} in '{folder}',"
        f" from the registry's data of {version}"
    )
    if fetched.how == "nothing to do":
        return (
            f"Complete since {run.finished}: {kept}. For what changed since, type the same with"
            " --since."
        )
    again = "Begun again, as the registry had forgotten the page: "
    begun = {"begun again": again, "continued": "Continued: "}.get(fetched.how, "")
    return f"{begun}{kept}. To make graphs of them, type  cellkg import ctgov {where} -o my-graphs"


def _studies(run: Run) -> str:
    announced = "" if run.total is None else f" of {run.total:,}"
    one = run.studies == 1 and run.total in {1, None}
    return f"{run.studies:,}{announced} {'study' if one else 'studies'}"


def _refuse_missing(run: Run) -> None:
    """End with an error where studies that were asked for by number are not there."""
    if run.missing:
        from cellkg.errors import UserInputError

        raise UserInputError(
            f"The registry has no study {', '.join(run.missing)}: look for a typing error.",
            value=run.missing[0],
        )
