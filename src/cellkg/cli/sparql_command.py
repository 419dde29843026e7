"""``cellkg sparql``: any SPARQL query."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import click

from cellkg.cli.help_text import WithExample
from cellkg.cli.output import (
    STANDARD_OUTPUT,
    deliver,
    output_options,
    paint_for_output,
    tell,
    width_of_output,
)
from cellkg.cli.settings import graph_options, settings_of
from cellkg.errors import UserInputError
from cellkg.querying.formats import GRAPH_FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from cellkg.store import GraphStore

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")
TRIPLE_FORMATS = ("table", *GRAPH_FORMATS)
TRUTH_FORMATS = ("table", "json", "xml")


@click.command(cls=WithExample, short_help="Any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.")
@click.argument("text", required=False)
@click.option(
    "-F",
    "--file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Read the query from there; - is standard input.",
)
@output_options(tuple(dict.fromkeys([*ROW_FORMATS, *TRIPLE_FORMATS])))
@graph_options
@click.pass_context
def sparql(
    context: click.Context, text: str | None, file: str | None, form: str, output: str
) -> None:
    """Any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The default graph is the union of all named graphs. TEXT or FILE may be - for standard input.
    CONSTRUCT and DESCRIBE give triples, as Turtle unless -f says otherwise.

    Example:
      cellkg sparql "SELECT ?study { ?study a <https://w3id.org/cellkg/ontology#Study> }"
      cellkg sparql -F question.rq -f csv -o rows.csv
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    store = settings_of(context).open().store
    found = store.query(_text_of(text, file))
    if isinstance(found, QuerySolutions):
        _check_format(form, ROW_FORMATS, "SELECT gives rows")
        _deliver_rows(found, store, form, output)
    elif isinstance(found, QueryBoolean):
        _check_format(form, TRUTH_FORMATS, "ASK gives yes or no")
        deliver(_truth(found, form), output)
    else:
        _check_format(form, TRIPLE_FORMATS, "CONSTRUCT and DESCRIBE give triples")
        _deliver_triples(found, form, output)


def _text_of(text: str | None, file: str | None) -> str:
    """Give the query from wherever it was said to be."""
    if (text is None) == (file is None):
        raise click.UsageError("Give the query as TEXT or with --file, and not both.")
    if STANDARD_OUTPUT in (text, file):
        where, data = "Standard input", sys.stdin.buffer.read()
    elif file is not None:
        where, data = f"'{file}'", Path(file).read_bytes()
    else:
        return str(text)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{where} is not UTF-8 (at byte {error.start}); save the query as UTF-8."
        raise UserInputError(message, value=file) from error


def _check_format(form: str, possible: tuple[str, ...], what: str) -> None:
    if form not in possible:
        message = f"{what}, which '{form}' cannot hold; give -f {', '.join(possible)}."
        raise UserInputError(message, value=form, suggestions=possible)


def _deliver_rows(found: QuerySolutions, store: GraphStore, form: str, output: str) -> None:
    from cellkg.cli.answer_screen import counts_of, labels_of_rows, table_of
    from cellkg.querying.formats import render_table

    names = [variable.value for variable in found.variables]
    rows = [tuple(row) for row in found]
    if form == "table":
        labels = labels_of_rows(store, rows)
        width, paint = width_of_output(output), paint_for_output(output)
        deliver(table_of(names, names, rows, labels, width, paint).encode("utf-8"), output)
    else:
        deliver(render_table(names, rows, form), output)
    tell(counts_of([], rows))


def _truth(found: QueryBoolean, form: str) -> bytes:
    from pyoxigraph import QueryResultsFormat

    if form == "table":
        return b"yes\n" if found else b"no\n"
    forms = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
    written = BytesIO()
    found.serialize(written, forms[form])
    return written.getvalue()


def _deliver_triples(found: QueryTriples, form: str, output: str) -> None:
    from cellkg.exporting import canonical_turtle, json_ld
    from cellkg.querying.formats import render_triples

    triples = set(found)
    if form in {"table", "ttl"}:
        deliver(canonical_turtle(triples), output)
    elif form == "jsonld":
        deliver(json_ld(triples), output)
    else:
        deliver(render_triples(triples, form), output)
    tell("1 triple" if len(triples) == 1 else f"{len(triples)} triples")
