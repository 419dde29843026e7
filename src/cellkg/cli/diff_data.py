"""What changed between two versions, for other programs: JSON, or one change a line as CSV."""

from __future__ import annotations

import csv
import json
from io import StringIO

from pyoxigraph import Literal

from cellkg.cli.diff_told import home_of
from cellkg.graph.names import short_name
from cellkg.vocabulary import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cellkg.cli.diff_told import Told
    from cellkg.comparing import AnswerChange, GraphChange, RecordChange, Words
    from cellkg.graph.names import Node
    from cellkg.querying.answer import Row

    Cells = list[str]

COLUMNS = (
    "where",
    "change of graph or answer",
    "record",
    "kind",
    "about",
    "change",
    "property",
    "before",
    "after",
    "words before",
    "words after",
)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def as_json(told: Told) -> str:
    """Write everything that changed; IRIs are compact, literals are texts, nothing is cut off."""
    difference = told.difference
    document = {
        "before": difference.before,
        "after": difference.after,
        "news": told.has_news,
        "graphs": [_graph(told, each) for each in difference.graphs],
        "questions_asked": told.asked,
        "answers": [_answer(each) for each in told.answers],
        "not_asked": [
            {"question": each.question.name, "version": each.version, "reason": each.reason}
            for each in told.not_asked
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(told: Told) -> str:
    """Write a line for every property of a record, and every row of an answer, that changed.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for graph in told.difference.news:
        writer.writerows(map(_harmless, _graph_rows(told, graph)))
    for answer in told.answers:
        writer.writerows(map(_harmless, _answer_rows(told, answer)))
    for each in told.not_asked:
        writer.writerow(_harmless([each.question.name, "not asked", *[""] * 7, each.reason, ""]))
    return text.getvalue()


def _graph(told: Told, graph: GraphChange) -> dict[str, object]:
    return {
        "graph": shorten(graph.name),
        "study": short_name(home_of(graph)) or None,
        "title": _plain(graph.title),
        "change": graph.change,
        "records": [_record(told, each) for each in graph.records],
        "renamed": [[_plain(before), _plain(after)] for before, after in graph.renamed],
        "evidence_elsewhere": graph.moved,
        "statements_added": graph.added,
        "statements_withdrawn": graph.withdrawn,
    }


def _record(told: Told, record: RecordChange) -> dict[str, object]:
    return {
        "record": _plain(record.name),
        "former": _plain(record.former),
        "kind": _plain(record.kind),
        "about": told.text(record.about) or None,
        "change": record.change,
        "properties": [
            {
                "property": _plain(each.property),
                "before": [_plain(node) for node in each.before],
                "after": [_plain(node) for node in each.after],
                "values_kept": each.kept,
                "words_before": [_words(words) for words in each.words_before],
                "words_after": [_words(words) for words in each.words_after],
            }
            for each in record.values
        ],
    }


def _words(words: Words) -> dict[str, object]:
    told: dict[str, object] = {
        "quote": words.quote,
        "source": _plain(words.source),
        "status": _plain(words.status),
        "reasoning": words.reasoning,
        "premises": [_plain(each) for each in words.premises],
    }
    return told | {shorten(predicate.value): _plain(node) for predicate, node in words.others}


def _answer(answer: AnswerChange) -> dict[str, object]:
    return {
        "question": answer.question.name,
        "parameters": dict(answer.values),
        "rows_before": answer.before,
        "rows_after": answer.after,
        "withdrawn": [_cells(answer, row) for row in answer.withdrawn],
        "added": [_cells(answer, row) for row in answer.added],
    }


def _cells(answer: AnswerChange, row: Row) -> dict[str, str | None]:
    names = (column.name for column in answer.columns)
    return {name: _plain(node) for name, node in zip(names, row, strict=False)}


def _plain(node: Node | None) -> str | None:
    """Write a node without its type; None where there is none."""
    if node is None:
        return None
    if isinstance(node, Literal):
        return node.value
    return shorten(str(node)[1:-1])


def _graph_rows(told: Told, graph: GraphChange) -> Iterator[Cells]:
    home = home_of(graph)
    where = short_name(home) if home else shorten(graph.name)
    for record in graph.records:
        begin = [
            where,
            graph.change,
            _plain(record.name) or "",
            told.text(record.kind),
            told.text(record.about),
            record.change,
        ]
        for each in record.values:
            yield [
                *begin,
                told.property_text(each.property),
                told.texts(each.before, home),
                told.texts(each.after, home),
                "; ".join(map(told.words_text, each.words_before)),
                "; ".join(map(told.words_text, each.words_after)),
            ]
        if not record.values:
            yield [*begin, *[""] * 5]


def _answer_rows(told: Told, answer: AnswerChange) -> Iterator[Cells]:
    for change, rows in (("withdrawn", answer.withdrawn), ("added", answer.added)):
        for row in rows:
            known = [
                f"{column.name} {told.text(node)}"
                for column, node in zip(answer.columns, row, strict=False)
                if node is not None
            ]
            told_row = "; ".join(known)
            sides = [told_row, ""] if change == "withdrawn" else ["", told_row]
            yield [answer.question.name, "changed", "", "row", "", change, "", *sides, "", ""]


def _harmless(cells: Cells) -> Cells:
    return [f"'{each}" if _is_formula(each) else each for each in cells]


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA_SIGNS) and not text[1:].replace(".", "", 1).isdecimal()
