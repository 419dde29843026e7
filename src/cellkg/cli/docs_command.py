"""``cellkg docs``: the words of the graph as pages to browse."""

from __future__ import annotations

from pathlib import Path

import click

from cellkg.cli.exit_codes import BAD_DATA, fail
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import tell, write_whole
from cellkg.cli.settings import debug_option


@click.command(
    cls=WithExample, short_help="The ontology, shapes, questions and terms as pages to browse."
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to; it is made where it does not exist.",
)
@debug_option
def docs(output: Path) -> None:
    """The ontology, shapes, questions and terms as pages to browse.

    Classes and properties with their definitions, domains, ranges, alignments and chains; what a
    record has to look like, in words; the stored questions with their parameters, columns and
    SPARQL; the terms with their trees, synonyms and mappings. Each page is a file that needs no
    other and no network: it has its own search, and #fever leads to fever. Begin at index.html.
    They tell of the words only: no study and no number stands in them.

    Example:
      cellkg docs -o docs
    """
    from cellkg.cli.query_command import example_of
    from cellkg.documenting import read_documentation, render_site
    from cellkg.querying import list_questions
    from cellkg.shipped_files import folder

    queries = folder("queries")
    examples = {each.name: example_of(each) for each in list_questions(queries)}
    pages = render_site(read_documentation(folder("ontology"), queries, examples))
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            write_whole(output / name, page)
    except OSError as error:
        fail(f"'{output}' cannot be written: {error.strerror}.", BAD_DATA)
    tell(f"{len(pages)} pages in '{output}': begin at {output / 'index.html'}")
