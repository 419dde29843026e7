"""``cellkg export description`` and ``ro-crate``: what the whole is, for catalogues of data."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from cellkg.cli.exit_codes import BAD_DATA, fail
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import deliver, file_option, tell
from cellkg.cli.settings import graph_options, settings_of


@click.command(
    cls=WithExample,
    short_help="The whole described for catalogues: DCAT, VoID and HCLS, as Turtle.",
)
@file_option
@graph_options
@click.pass_context
def description(context: click.Context, output: str) -> None:
    """The whole described for catalogues: DCAT, VoID and HCLS, as Turtle.

    The dataset, this version of it, and each form that it can be had in, with licence, dates of
    the manifests, and how many things and statements there are of every class and property. What
    follows by the closure is not counted.

    Example:
      cellkg export description -o description.ttl
    """
    from cellkg.exporting.descriptions.dataset_description import dataset_description

    deliver(dataset_description(settings_of(context).open().store), output)


@click.command(
    "ro-crate",
    cls=WithExample,
    short_help="The whole as an RO-Crate: the graphs and the ontology, with what describes them.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder that is not there yet, or is empty; it is written whole or not at all.",
)
@graph_options
@click.pass_context
def ro_crate(context: click.Context, output: Path) -> None:
    """The whole as an RO-Crate: the graphs and the ontology, with what describes them.

    ro-crate-metadata.json names every file with its size, SHA-256, format and licence. The graphs
    are one TriG file, without what follows by the closure.

    Example:
      cellkg export ro-crate --graphs my-graphs -o my-crate
    """
    from cellkg.exporting.descriptions.ro_crate import write_ro_crate

    store = settings_of(context).open().store
    if output.is_dir() and any(output.iterdir()):
        problem = f"the folder '{output}' is not empty; name one that is not there yet."
        raise click.BadParameter(problem, param_hint="--output")
    try:
        with TemporaryDirectory(
            dir=output.resolve().parent, prefix=f".{output.name}."
        ) as unfinished:
            crate = Path(unfinished, "crate")
            crate.mkdir()
            write_ro_crate(store, crate)
            crate.replace(output)
    except OSError as error:
        fail(f"'{output}' cannot be written: {error.strerror}.", BAD_DATA)
    tell(f"{sum(each.is_file() for each in output.rglob('*'))} files in '{output}'")
