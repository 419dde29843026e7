"""Stored questions: what they ask, what they take, and the answers with their stamps."""

from cellkg.querying.answer import Answer, Stamp, plain_value, run
from cellkg.querying.formats import FORMATS, render
from cellkg.querying.stored_question import (
    Column,
    Parameter,
    StoredQuestion,
    find_question,
    list_questions,
    load_question,
)

__all__ = [
    "FORMATS",
    "Answer",
    "Column",
    "Parameter",
    "Stamp",
    "StoredQuestion",
    "find_question",
    "list_questions",
    "load_question",
    "plain_value",
    "render",
    "run",
]
