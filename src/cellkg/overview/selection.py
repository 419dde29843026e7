"""Which studies a picture or an export is about: named ones, those of a term, or of an answer."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from cellkg.errors import UserInputError
from cellkg.overview.asking import rows
from cellkg.querying import run
from cellkg.querying.ask import understand
from cellkg.querying.named_things import find_thing
from cellkg.querying.origin import study_of
from cellkg.vocabulary import STUDY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.querying import StoredQuestion
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex


class Selection(NamedTuple):
    """Some of the studies.

    Attributes:
        studies: Their IRIs, in order; None for all that the graphs hold.
        words: What was chosen, for a caption, such as "studies of fever".
    """

    studies: tuple[str, ...] | None
    words: str


def select(
    store: GraphStore,
    terms: TermIndex,
    questions: Sequence[StoredQuestion],
    *,
    studies: Sequence[str] = (),
    about: Sequence[str] = (),
    question: str | None = None,
) -> Selection:
    """Choose studies.

    Args:
        store: The graphs.
        terms: The terms.
        questions: The stored questions.
        studies: Names of studies, as `find_thing` takes them.
        about: Terms by label, synonym, CURIE or IRI: the studies with a record that names one of
            them, or a narrower one.
        question: A question in words, or the name of a stored one followed by its values, such as
            ``adverse-event-silence event=fever``: every study in its answer, the silent ones too.

    Returns:
        The studies that fit all that is given; without anything all studies.

    Raises:
        UserInputError: A name stands for nothing, or no study fits.
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> graph = cellkg.open_graph()
        >>> select(graph.store, graph.terms, graph.questions, studies=["als"]).words
        'als-intrathecal-msc-hadassah'
    """
    chosen: list[tuple[set[str], str]] = []
    if studies:
        found = {find_thing(each, "study", store).value for each in studies}
        names = sorted(each.removeprefix(STUDY.iri) for each in found)
        chosen.append((found, ", ".join(names)))
    if about:
        known = [terms.resolve(each) for each in about]
        found = {study for term in known for study in _about(store, NamedNode(term.iri))}
        chosen.append((found, f"studies of {' or '.join(term.label for term in known)}"))
    if question is not None:
        chosen.append((_in_answer(store, terms, questions, question), f"answer to: {question}"))
    if not chosen:
        return Selection(None, "all studies")
    words = "; ".join(each for _, each in chosen)
    fitting = set.intersection(*(found for found, _ in chosen))
    if not fitting:
        raise UserInputError(
            f"No study fits  {words}; see all of them with  cellkg query studies.", value=words
        )
    return Selection(tuple(sorted(fitting)), words)


def _about(store: GraphStore, term: NamedNode) -> set[str]:
    found = rows(
        store,
        f"SELECT DISTINCT ?record WHERE {{ {{ ?record ?property {term} }} UNION"
        f" {{ ?narrower skos:broaderTransitive {term} . ?record ?property ?narrower }} }}",
    )
    named = (study_of([record]) for (record,) in found)
    return {study for study in named if study is not None}


def _in_answer(
    store: GraphStore, terms: TermIndex, questions: Sequence[StoredQuestion], text: str
) -> set[str]:
    try:
        name, *given = shlex.split(text)
    except ValueError:
        name, given = text, []
    stored = next((each for each in questions if each.name == name), None)
    if stored is None:
        found = understand(text, questions, terms, store)
        answer = run(found.question, store, terms, found.values)
    else:
        values: dict[str, list[str]] = {}
        for parameter, value in map(_value_of, given):
            values.setdefault(parameter, []).append(value)
        answer = run(stored, store, terms, values)
    named = (study_of(row) for row in answer.rows)
    return {study for study in named if study is not None}


def _value_of(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise UserInputError(
            f"'{given}' is no value of the question; write  name=value, such as  event=fever.",
            value=given,
        )
    return name, value
