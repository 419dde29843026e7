"""Which stored questions are answered differently by two versions of the graphs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cellkg.errors import UserInputError
from cellkg.querying import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cellkg.comparing.changed_graphs import Progress
    from cellkg.querying import Answer, Column, StoredQuestion
    from cellkg.querying.answer import Row
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

    Asked = Callable[[StoredQuestion], Mapping[str, str]]
    """Gives the values to ask a question with: one for each parameter that it requires."""


class AnswerChange(NamedTuple):
    """A question that is answered differently.

    Attributes:
        question: The question.
        values: What it was asked with, by parameter.
        columns: The columns of both answers.
        before: How many rows the older answer has.
        after: How many rows the newer answer has.
        withdrawn: The rows that only the older answer has, in its order.
        added: The rows that only the newer answer has, in its order.
    """

    question: StoredQuestion
    values: Mapping[str, str]
    columns: tuple[Column, ...]
    before: int
    after: int
    withdrawn: tuple[Row, ...]
    added: tuple[Row, ...]


class NotAsked(NamedTuple):
    """A question that cannot be asked of one of the versions.

    Attributes:
        question: The question.
        version: What the user calls the version.
        reason: Why, in a sentence.
    """

    question: StoredQuestion
    version: str
    reason: str


class Asking(NamedTuple):
    """A version that questions are asked of.

    Attributes:
        name: What the user calls it.
        store: Its graphs, with what follows from them.
        terms: Its terms.
    """

    name: str
    store: GraphStore
    terms: TermIndex


def compare_answers(
    before: Asking,
    after: Asking,
    questions: Iterable[StoredQuestion],
    values_of: Asked,
    progress: Progress | None = None,
) -> tuple[list[AnswerChange], list[NotAsked]]:
    """Ask both versions the same questions.

    Args:
        before: The older version.
        after: The newer version.
        questions: The questions.
        values_of: Gives what each is asked with.
        progress: Told how many questions were asked.

    Returns:
        The answers that are not the same, whatever the order of their rows; and the questions that
        could not be asked of both, as a thing that they are asked about is in one version only.

    Raises:
        StoreError: The graphs cannot be read.
    """
    changes: list[AnswerChange] = []
    not_asked: list[NotAsked] = []
    asked = list(questions)
    for number, question in enumerate(asked):
        if progress is not None:
            progress("asking", number, len(asked))
        values = values_of(question)
        answers = []
        for version in (before, after):
            try:
                answers.append(run(question, version.store, version.terms, values))
            except UserInputError as error:
                not_asked.append(NotAsked(question, version.name, str(error)))
        if len(answers) == len((before, after)):
            change = _change(question, values, *answers)
            if change is not None:
                changes.append(change)
    return changes, not_asked


def _change(
    question: StoredQuestion, values: Mapping[str, str], before: Answer, after: Answer
) -> AnswerChange | None:
    withdrawn = _only_in(before.rows, after.rows)
    added = _only_in(after.rows, before.rows)
    if not withdrawn and not added:
        return None
    return AnswerChange(
        question,
        values,
        max(before.columns, after.columns, key=len),
        len(before.rows),
        len(after.rows),
        withdrawn,
        added,
    )


def _only_in(rows: Iterable[Row], others: Iterable[Row]) -> tuple[Row, ...]:
    """Give the rows that the others lack, as often as they lack them."""
    lacking = Counter(others)
    found = []
    for row in rows:
        if lacking[row]:
            lacking[row] -= 1
        else:
            found.append(row)
    return tuple(found)
