"""From a sentence to a stored question with its values, by rules that can be told.

A question is chosen if everything in the sentence fits it: every term has a slot, every required
slot has a term, and every word that could restrict the answer is one of its own. Among several the
one with most points is taken (see `cellkg.querying.fitting`). Nothing is guessed: what does not fit
is refused with what was not understood, and two questions that fit alike are both named.
"""

from __future__ import annotations

from typing import NamedTuple

from cellkg.errors import UserInputError
from cellkg.querying.fitting import LEAST_POINTS, Fit
from cellkg.querying.recognition import mentions_in
from cellkg.querying.sentence import words_of
from cellkg.querying.suggestions import SUGGESTIONS, and_list
from cellkg.vocabulary import CKG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Final

    from cellkg.querying.stored_question import StoredQuestion
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

MAX_CHARACTERS: Final = 1000
"""A longer text is no question."""

MARGIN: Final = 0.1
"""Two questions whose points differ by less fit alike."""

_SHOWN_CHARACTERS: Final = 120
_SHOWN_WORDS: Final = 6
_LEAST_LIKENESS: Final = 0.75
_SHORT_WORD: Final = 3
_LONG_WORD: Final = 5


class Understanding(NamedTuple):
    """What a sentence was understood as.

    Attributes:
        question: The stored question.
        values: What to run it with: by name of parameter, IRIs of terms and things, or labels.
        labels: The same values as people read them.
        score: The points that it was chosen by.
        reasons: What decided, one clause each.
    """

    question: StoredQuestion
    values: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    score: float
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """One sentence for people, with the defaults that stand."""
        parts = []
        for parameter in self.question.parameters:
            if parameter.name in self.labels:
                parts.append(f"{parameter.words} = {' or '.join(self.labels[parameter.name])}")
            elif parameter.default is not None:
                parts.append(f"{parameter.words} = {parameter.default} (the default)")
        values = f" with {', '.join(parts)}" if parts else ""
        return f"Understood as: {self.question.name}{values}"

    def command(self) -> str:
        """Give the command line that asks the same."""
        from shlex import quote

        options = [
            f" {parameter.option} {quote(label)}"
            for parameter in self.question.parameters
            for label in self.labels.get(parameter.name, ())
        ]
        return f"cellkg query {self.question.name}{''.join(options)}"


def understand(
    sentence: str,
    questions: Iterable[StoredQuestion],
    terms: TermIndex,
    store: GraphStore | None = None,
) -> Understanding:
    """Find the stored question that a sentence asks, with its values.

    Args:
        sentence: One question in English.
        questions: The stored questions to choose from.
        terms: The terms that the sentence may name.
        store: The graphs whose studies, documents and institutions it may name; None for none.

    Returns:
        The question and what to run it with.

    Raises:
        UserInputError: No question fits all of the sentence, or several fit alike; the message
            says why, and names the nearest.

    Example:
        >>> import cellkg
        >>> graph = cellkg.open_graph()
        >>> sentence = "which intrathecal MSC trials reported fever"
        >>> print(understand(sentence, graph.questions, graph.terms))
        Understood as: adverse-event-answers with cell type = mesenchymal stromal cell,
        relation = is a (the default), route = intrathecal, event = fever
    """
    words = words_of(sentence)
    if not words or len(sentence) > MAX_CHARACTERS:
        problem = f"longer than {MAX_CHARACTERS} characters" if words else "empty"
        message = (
            f"The question is {problem}: ask one in a sentence, such as"
            ' "which intrathecal MSC trials reported fever".'
        )
        raise UserInputError(message, value=sentence[:MAX_CHARACTERS])
    mentions = mentions_in(sentence, terms, store)
    fits = [Fit(question, words, mentions) for question in questions]
    fits.sort(key=lambda fit: (-fit.score, fit.question.name))
    fitting = [fit for fit in fits if fit.fits]
    if not fitting:
        raise _refusal(sentence, fits, terms)
    best, *others = fitting
    alike = [fit for fit in others if best.score - fit.score < MARGIN]
    if alike:
        names = [fit.question.name for fit in [best, *alike]]
        message = (
            f"'{_shown(sentence)}' may be any of {and_list(names)}: type  cellkg query NAME  with"
            " the one that you mean."
        )
        raise UserInputError(message, value=sentence, suggestions=names)
    return _understanding(best)


def _understanding(fit: Fit) -> Understanding:
    values = {
        name: tuple(meaning.iri for meaning in meanings) for name, meanings in fit.values.items()
    }
    labels = {
        name: tuple(meaning.label for meaning in meanings) for name, meanings in fit.values.items()
    }
    for name, phrased in fit.phrased.items():
        values[name] = labels[name] = tuple(phrased)
    return Understanding(fit.question, values, labels, round(fit.score, 2), tuple(fit.reasons))


def _refusal(sentence: str, fits: Sequence[Fit], terms: TermIndex) -> UserInputError:
    """Say why no question fits, and which come nearest."""
    nearest = sorted(fits, key=lambda fit: -fit.nearness)[:SUGGESTIONS]
    nearest = [fit for fit in nearest if fit.score >= LEAST_POINTS]
    names = [fit.question.name for fit in nearest]
    message = f"No stored question fits '{_shown(sentence)}'"
    unknown = [
        word
        for word in (fits[0].not_understood if fits else ())
        if all(word in fit.not_understood for fit in fits)
    ]
    if unknown:
        hints = and_list([f"'{word}'{_hint(word, terms)}" for word in unknown[:_SHOWN_WORDS]])
        message += f": {hints} {'is' if len(unknown) == 1 else 'are'} not understood"
        message += f"; near are {and_list(names)}" if nearest else ""
    elif nearest:
        clauses = list(nearest[0].problems)
        clauses += [f"'{word}' is none of its words" for word in nearest[0].not_understood]
        message += f": {names[0]} comes nearest, but {and_list(clauses)}"
        message += f"; then come {and_list(names[1:])}" if names[1:] else ""
    return UserInputError(
        f"{message}; `cellkg query` lists all questions.", value=sentence, suggestions=names
    )


def _hint(word: str, terms: TermIndex) -> str:
    """Name the term whose name is spelt like a word that is none."""
    from difflib import get_close_matches

    folded = word.casefold()
    names = {
        name.casefold(): name
        for term in terms
        if term.iri not in CKG  # the values of closed lists are hardly ever meant
        for name in term.names
        # Two letters more make another word of a short one: "Paris" is not AIS.
        if min(len(name), len(word))
        >= (_SHORT_WORD if abs(len(name) - len(word)) <= 1 else _LONG_WORD)
    }
    close = get_close_matches(folded, names, n=1, cutoff=_LEAST_LIKENESS)
    return f" (did you mean '{names[close[0]]}'?)" if close else ""


def _shown(sentence: str) -> str:
    """Cut a sentence to what a message has room for, with nothing that steers a terminal."""
    line = " ".join(sentence.split())
    line = "".join(each if each.isprintable() else "?" for each in line)
    return line if len(line) <= _SHOWN_CHARACTERS else line[:_SHOWN_CHARACTERS] + "…"
