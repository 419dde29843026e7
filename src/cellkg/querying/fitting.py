"""How well a stored question fits a sentence, and why it does not."""

from __future__ import annotations

import re

from cellkg.querying.sentence import FUNCTION_WORDS, GENERAL_WORDS, NEGATIONS, words_of
from cellkg.querying.suggestions import or_list
from cellkg.vocabulary import CKG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from cellkg.querying.recognition import Meaning, Mention
    from cellkg.querying.sentence import Word
    from cellkg.querying.stored_question import Parameter, StoredQuestion

POINTS_FOR_SLOT: Final = 2.0
POINTS_FOR_PHRASE: Final = 2.0
POINTS_FOR_KEYWORD: Final = 1.0
POINTS_FOR_FUNCTION_WORD: Final = 0.25
POINTS_FOR_WORDING: Final = 2.0
"""Given in full where the sentence has every slot and word of the question's own wording."""

LEAST_POINTS: Final = 1.0
"""With fewer, a sentence has nothing of a question but its "which" and "of"."""

POINTS_AGAINST: Final = 1.5
"""For every problem and every word not understood, when the nearest questions are looked for."""

DENIABLE: Final = frozenset(("adverse-events", "outcome-measures"))
"""Kinds that questions ask about: "without fever" is an answer that they give. A negation before
another kind ("not intrathecal") asks for the rest of the world, which no question does."""


class Fit:
    """A stored question held against a sentence.

    Attributes:
        question: The question.
        values: What the sentence gives for its parameters: meanings by name of parameter.
        phrased: What wordings of the header give: values by name of parameter.
        score: Points for everything that fits; see `reasons`.
        reasons: What the points are for, and what else was decided.
        problems: Why the question cannot be what is asked; empty where it can.
        not_understood: The words that mean nothing to this question. They are never passed over:
            "in women" or "severe" would make the answer another one.
    """

    def __init__(
        self, question: StoredQuestion, words: Sequence[Word], mentions: Sequence[Mention]
    ) -> None:
        self.question = question
        self.values: dict[str, list[Meaning]] = {}
        self.phrased: dict[str, list[str]] = {}
        self.score = 0.0
        self.reasons: list[str] = []
        self.problems: list[str] = []
        self.not_understood: list[str] = []
        self._words = words
        self._keywords = _stems_of(" ".join(question.keywords))
        wording = re.sub(r"\{[^{}]*\}", " ", question.question)
        self._wording = _stems_of(wording) - FUNCTION_WORDS
        self._keywords |= _stems_of(wording)
        self._read: set[int] = set()  # the places of the words that phrases and mentions took
        placed = [(mention, self._places_of(mention)) for mention in mentions]
        self._read_phrases([places for _, places in placed])
        for mention, places in placed:
            self._read_mention(mention, places)
        self._require_slots()
        self._read_words()
        self._compare_wording()

    def _places_of(self, mention: Mention) -> frozenset[int]:
        return frozenset(
            place
            for place, word in enumerate(self._words)
            if word.start < mention.end and word.end > mention.start
        )

    @property
    def fits(self) -> bool:
        """Whether the question can be what is asked."""
        return not self.problems and not self.not_understood and self.score >= LEAST_POINTS

    @property
    def nearness(self) -> float:
        """How near the question comes, if it does not fit."""
        return self.score - POINTS_AGAINST * (len(self.problems) + len(self.not_understood))

    def _read_phrases(self, mentioned: Sequence[frozenset[int]]) -> None:
        """Find the wordings that set a parameter; a longer one or a name hides those inside it."""
        stems = [word.stem for word in self._words]
        wordings = [
            ([word.stem for word in words_of(wording)], wording, name, values)
            for name, several in self.question.phrases.items()
            for wording, values in several.items()
        ]
        for wanted, wording, name, values in sorted(wordings, key=lambda each: -len(each[0])):
            for start in range(len(stems) - len(wanted) + 1):
                places = frozenset(range(start, start + len(wanted)))
                hidden = places & self._read or any(places < each for each in mentioned)
                if stems[start : start + len(wanted)] == wanted and not hidden:
                    self._read |= places
                    known = self.phrased.setdefault(name, [])
                    known.extend(value for value in values if value not in known)
                    self._add(POINTS_FOR_PHRASE, f"'{wording}' sets the {name}")

    def _read_mention(self, mention: Mention, places: frozenset[int]) -> None:
        """Put a mention into its slot, or take its words as words of the question."""
        parameter, meanings = self._slot_for(mention)
        if parameter is None:
            stems = {self._words[place].stem for place in places}
            is_value = all(meaning.iri in CKG for meaning in mention.meanings)
            known = self._keywords | FUNCTION_WORDS | GENERAL_WORDS
            if is_value or places <= self._read or stems <= known:
                return  # they are read as words; "denied" or "plan" are hardly ever names
            kind = mention.meanings[0].kind.replace("-", " ")
            self.problems.append(f"it takes no {kind}, so '{mention.text}' would be left out")
            self._read |= places
            return
        self._read |= places
        if len(meanings) > 1:
            labels = or_list([meaning.label for meaning in meanings])
            self.problems.append(f"'{mention.text}' may mean {labels}: write out which")
        negation = self._negation_before(min(places))
        if parameter.kind not in DENIABLE and negation is not None:
            self.problems.append(f"it cannot ask for all but '{mention.text}'")
            self._read.add(negation)
        values = self.values.setdefault(parameter.name, [])
        if meanings[0] not in values:
            values.append(meanings[0])
            points = POINTS_FOR_SLOT if len(values) == 1 else 0
            self._add(points, f"'{mention.text}' is the {parameter.words}")

    def _slot_for(self, mention: Mention) -> tuple[Parameter | None, tuple[Meaning, ...]]:
        for parameter in self.question.parameters:
            meanings = mention.of_kind(parameter.kind)
            if meanings and parameter.kind is not None and parameter.name not in self.phrased:
                return parameter, meanings
        return None, ()

    def _negation_before(self, place: int) -> int | None:
        """Find the negation that stands before a word with nothing of weight in between."""
        for before in range(place - 1, -1, -1):
            stem = self._words[before].stem
            if stem in NEGATIONS:
                return before
            if stem not in FUNCTION_WORDS | GENERAL_WORDS:
                return None
        return None

    def _require_slots(self) -> None:
        for parameter in self.question.parameters:
            given = parameter.name in self.values or parameter.name in self.phrased
            if parameter.required and not given:
                self.problems.append(f"it needs the {parameter.words}")

    def _read_words(self) -> None:
        """Give points for the words that belong to the question, and note those that do not."""
        harmless = FUNCTION_WORDS | GENERAL_WORDS | self._names_of_filled_slots()
        seen = set()
        for place, word in enumerate(self._words):
            if place in self._read or word.stem in seen:
                continue
            seen.add(word.stem)
            if word.stem in self._keywords:
                is_function = word.stem in FUNCTION_WORDS
                points = POINTS_FOR_FUNCTION_WORD if is_function else POINTS_FOR_KEYWORD
                self._add(points, "" if is_function else f"'{word.text}' belongs to the question")
            elif word.stem not in harmless:
                self.not_understood.append(word.text)

    def _names_of_filled_slots(self) -> frozenset[str]:
        """Give the words for what was given, as in "by the intrathecal route"."""
        filled = self.values.keys() | self.phrased.keys()
        names = (each.words for each in self.question.parameters if each.name in filled)
        return _stems_of(" ".join(names))

    def _compare_wording(self) -> None:
        """Give points for how much of the question's own wording the sentence has."""
        slots = set(re.findall(r"\{([^{}]*)\}", self.question.question))
        filled = slots & (self.values.keys() | self.phrased.keys())
        present = self._wording & {word.stem for word in self._words}
        whole = len(slots) + len(self._wording)
        if whole:
            share = (len(filled) + len(present)) / whole
            self._add(POINTS_FOR_WORDING * share, "")

    def _add(self, points: float, reason: str) -> None:
        self.score += points
        if reason:
            self.reasons.append(reason)


def _stems_of(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words_of(text))
