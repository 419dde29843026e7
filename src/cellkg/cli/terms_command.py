"""``cellkg terms``: the vocabulary."""

from __future__ import annotations

import click

from cellkg.cli.completion import complete_kind
from cellkg.cli.help_text import WithExample
from cellkg.cli.output import (
    deliver,
    output_options,
    paint_for_output,
    tell,
    width_of_output,
)
from cellkg.cli.screen import Column, labelled, lay_out
from cellkg.cli.settings import graph_options, settings_of
from cellkg.errors import UserInputError
from cellkg.identifiers import iri_to_curie
from cellkg.vocabulary import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.cli.screen import Paint
    from cellkg.terms import Term, TermIndex

FORMATS = ("text", "json")
DESCRIBED = 3
"""How many of the terms found are described; the others are listed."""


@click.command(
    cls=WithExample,
    short_help="The vocabulary: find a term, its synonyms, its place, its mappings.",
)
@click.argument("text", nargs=-1)
@click.option(
    "--kind",
    metavar="KIND",
    shell_complete=complete_kind,
    help="Only terms of this kind, such as routes; without TEXT all of them, as a tree.",
)
@output_options(FORMATS)
@graph_options
@click.pass_context
def terms(
    context: click.Context, text: tuple[str, ...], kind: str | None, form: str, output: str
) -> None:
    """The vocabulary: find a term, its synonyms, its place, its mappings.

    Without TEXT and --kind the kinds are listed, with the number of their terms.

    Example:
      cellkg terms fever
      cellkg terms mesenchymal --kind cell-types
      cellkg terms --kind routes
    """
    index = settings_of(context).open().terms
    words = " ".join(text)
    if words:
        found = index.search(words, kind)
    else:
        found = list(index) if kind is None else index.of_kind(kind)
    if form == "json":
        import json

        objects = [term_object(index, term) for term in found]
        text_out = json.dumps(objects, indent=2, ensure_ascii=False) + "\n"
    else:
        width, paint = width_of_output(output), paint_for_output(output)
        if words:
            text_out = found_screen(index, found, width, paint)
        elif kind is None:
            text_out = kinds_screen(index, width, paint)
        else:
            text_out = tree_screen(index, found)
    deliver(text_out.encode("utf-8"), output)
    if words and not found:
        tell(f"No term is like '{words}'; type  cellkg terms  to see which kinds there are.")


def kinds_screen(index: TermIndex, width: int | None, paint: Paint) -> str:
    """List the kinds of terms, with how many each has."""
    columns = [
        Column("kind", index.kinds),
        Column("terms", [str(len(index.of_kind(kind))) for kind in index.kinds], numbers=True),
    ]
    return lay_out(columns, width, paint)


def tree_screen(index: TermIndex, terms: Sequence[Term]) -> str:
    """List the terms of a kind below each other, narrower ones further to the right."""
    lines = []
    below = [(0, term) for term in reversed(terms) if not term.broader]
    while below:
        depth, term = below.pop()
        lines.append(f"{'  ' * depth}{term.label}\n")
        below += [(depth + 1, each) for each in reversed(index.narrower(term))]
    return "".join(lines)


def found_screen(index: TermIndex, found: Sequence[Term], width: int | None, paint: Paint) -> str:
    """Describe the best of the terms that were found, and list the others."""
    lines = []
    for term in found[:DESCRIBED]:
        kind = paint(f" · {term.kind} · {shorten(term.iri)}", "quiet")
        lines.append(paint(term.label, "heading") + kind)
        facts = {label: text for label, text in _facts(index, term).items() if text}
        label_width = max(map(len, facts), default=0)
        for label, text in facts.items():
            room = None if width is None else width - 2
            lines += ["  " + each for each in labelled(label, text, label_width, room, paint)]
        lines.append("")
    if found[DESCRIBED:]:
        rest = ", ".join(f"{term.label} ({term.kind})" for term in found[DESCRIBED:])
        lines += labelled("See also", rest, 0, width, paint)
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _facts(index: TermIndex, term: Term) -> dict[str, str]:
    """Say in words what is known of a term."""
    mappings: dict[str, list[str]] = {}
    for relation, iri in term.mappings:
        mappings.setdefault(relation.removesuffix("Match"), []).append(_curie_of(iri))
    return {
        "means": term.definition or "",
        "also": ", ".join(term.synonyms),
        "seen with": ", ".join(term.related_names),
        "ambiguous": ", ".join(term.ambiguous_labels),
        "place": " > ".join(each.label for each in index.path(term)),
        "narrower": ", ".join(each.label for each in index.narrower(term)),
        "made from": ", ".join(index[iri].label for iri in term.derived_from),
        "mapped to": "; ".join(f"{relation}: {', '.join(m)}" for relation, m in mappings.items()),
        "note": term.note or "",
    }


def _curie_of(iri: str) -> str:
    try:
        return iri_to_curie(iri)
    except UserInputError:
        return iri


def term_object(index: TermIndex, term: Term) -> dict[str, object]:
    """Write a term as an object of JSON."""
    return {
        "iri": term.iri,
        "kind": term.kind,
        "label": term.label,
        "synonyms": list(term.synonyms),
        "related_names": list(term.related_names),
        "ambiguous_labels": list(term.ambiguous_labels),
        "definition": term.definition,
        "broader": list(term.broader),
        "narrower": [each.iri for each in index.narrower(term)],
        "derived_from": list(term.derived_from),
        "mappings": [{"relation": relation, "iri": iri} for relation, iri in term.mappings],
        "note": term.note,
    }
