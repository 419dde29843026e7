"""What titles tell of how studies relate: words in common, words of following up, product names."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.terms.folding import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_WORD: Final = re.compile(r"[a-z0-9]+")
_SMALL: Final = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "using",
        "via",
        "with",
        "without",
    )
)
_PHASE: Final = re.compile(r"\bphase (iii|ii|iv|i|[1-4])(?: ?[/ab]+ ?(?:iii|ii|i|[1-3])?a?b?)?\b")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_FOLLOW_UP: Final = re.compile(
    r"\b(?:"
    r"(?:an? )?follow up (?:study|trial|safety|efficacy|evaluation)"
    r"|(?:safety|efficacy|long term) follow up"
    r"|long term (?:safety|efficacy) (?:study|trial|and|follow|of)"
    r"|extension (?:study|trial)|(?:open label|long term) extension"
    r"|roll ?over (?:study|trial)"
    r"|(?:subjects?|patients?|participants?) who (?:have |had )?(?:completed|participated)"
    r"|retreatment study|control group of|who have received previous"
    r"|previously (?:treated|enrolled) (?:in|with)"
    r")\b"
)
_NAMED: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9-]{2,}?)\s?[®™]"  # a registered name
    r"|\b([A-Z]{2,}[a-z]?[A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{5,}|[A-Z][a-z]+[A-Z][A-Za-z]+)\b"
)

_TELLING: Final = 4
"""A title of fewer words, "Knee Study", says too little."""

NEAR_EQUAL: Final = 0.8
"""Titles that share at least this part of all their words are nearly equal."""


def words_of(title: str) -> frozenset[str]:
    """Give the words of a title by which it is compared.

    Phases do not count: the trials of a product in one disease differ in nothing else.

    Example:
        >>> sorted(words_of("A Phase II Trial of MSCs in Knee Osteoarthritis"))
        ['knee', 'msc', 'osteoarthritis', 'trial']
    """
    plain = _PHASE.sub(" ", fold(title))
    return frozenset(_stem(word) for word in _WORD.findall(plain) if word not in _SMALL)


def _stem(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and word[-2] not in "suai"  # noqa: PLR2004 - shorter words are none
    return intern(word[:-1] if plural else word)  # titles share most of their words


def likeness(words: frozenset[str], others: frozenset[str]) -> float:
    """Tell how much of the words of two titles both have, from 0 to 1.

    Example:
        >>> likeness(
        ...     words_of("Stem cells for acute stroke"), words_of("Stem cells in acute stroke")
        ... )
        1.0
    """
    if len(words) < _TELLING or len(others) < _TELLING:
        return 0.0
    return len(words & others) / len(words | others)


def phases_named(titles: Iterable[str]) -> frozenset[str]:
    """Give the phases that titles name, each as its first digit.

    Example:
        >>> phases_named(["Follow-Up of Subjects Who Completed the Phase I Clinical Trial"])
        frozenset({'1'})
    """
    found = (match[1] for title in titles for match in _PHASE.finditer(fold(title)))
    return frozenset(_ROMAN.get(each, each) for each in found)


def follow_up_words(titles: Iterable[str]) -> str | None:
    """Give the words by which a title says that the study follows people of another one.

    A length of follow-up is none: every trial has one.

    Example:
        >>> follow_up_words(["Long-Term Follow-Up Study of Cells in Stroke"])
        'long term follow up'
        >>> follow_up_words(["Cells in Stroke With a Follow-up of 24 Months"]) is None
        True
    """
    found = (_FOLLOW_UP.search(fold(title)) for title in titles)
    return next((match[0] for match in found if match), None)


def product_names(titles: Iterable[str], known: Container[str]) -> frozenset[str]:
    """Give the words of titles that look like the name of a product, folded.

    Args:
        titles: The titles.
        known: Words of the vocabulary, which are none unless they are marked as registered:
            COVID is written in capitals too.

    Example:
        >>> sorted(product_names(["PNEUMOSTEM® and ALLO-ASC-DFU in COVID-19"], {"covid", "19"}))
        ['allo asc dfu', 'pneumostem']
    """
    found = set()
    for title in titles:
        if title.isupper():
            continue  # all of it is shouted
        for match in _NAMED.finditer(title):
            name = fold(match[1] or match[2])
            if match[1] or not all(word in known or word.isdigit() for word in name.split()):
                found.add(name)
    return frozenset(found)


_CONTRASTS: Final = (
    ("autologous", "allogeneic allogenic"),
    ("child pediatric paediatric infant toddler neonate premature juvenile", "adult elderly"),
    ("early", "late"),
    ("acute subacute", "chronic convalescent"),
    ("man male", "woman female"),
)
"""Words that part the people or the products of two studies from each other."""

_SIDES: Final = tuple(tuple(frozenset(side.split()) for side in sides) for sides in _CONTRASTS)
_ON_A_SIDE: Final = frozenset(word for sides in _SIDES for side in sides for word in side)
_ON_ONE_SIDE: Final = _SIDES[1][0] | {"covid", "expanded", "compassionate"}
"""Words that part the people of two studies where only one of the titles has them."""

_CELLS: Final = re.compile(
    r"\badult (?=(?:human|bone|mesenchymal|stem|stromal|autologous|allogeneic)\b)"
)
"""An adult cell may be given to a child."""

_SINGULAR: Final = {"children": "child", "men": "man", "women": "woman"}


def contrast(here: frozenset[str], there: frozenset[str]) -> str | None:
    """Give two words by which the titles of two studies tell different people or products.

    Args:
        here: Such words in the titles of a study, from `parting_words`.
        there: Those of the other study.

    Example:
        >>> adults = parting_words(["Stem Cells for Autism in Adults"])
        >>> contrast(adults, parting_words(["Stem Cells for Autism in Children"]))
        'adult and child'
        >>> either = parting_words(["Autologous or Allogeneic"])
        >>> contrast(either, parting_words(["Allogeneic"])) is None
        True
    """
    for one, two in _SIDES:
        for side, opposite in ((one, two), (two, one)):
            only_here, only_there = here & side, there & opposite
            if only_here and only_there and not (here & opposite or there & side):
                return " and ".join(sorted((min(only_here), min(only_there))))
    return None


def parted_by(words: frozenset[str], others: frozenset[str]) -> str | None:
    """Give what parts the people of two studies whose titles are nearly equal.

    Example:
        >>> parted_by(words_of("CD19 and CD20 CAR T cells"), words_of("CD19 and CD22 CAR T cells"))
        'cd20 and cd22'
        >>> parted_by(words_of("Pediatric sub-study of cells"), words_of("Study of cells"))
        'pediatric'
    """
    here, there = sorted(words - others), sorted(others - words)
    numbers = [[word for word in side if any(map(str.isdigit, word))] for side in (here, there)]
    if all(numbers):
        return f"{min(numbers)[0]} and {max(numbers)[0]}"
    return next((word for word in here + there if word in _ON_ONE_SIDE), None)


def parting_words(titles: Iterable[str]) -> frozenset[str]:
    """Give the words of titles, in the singular, that may part people or products of two studies.

    Example:
        >>> sorted(parting_words(["Autologous Cells in Men and Women"]))
        ['autologous', 'man', 'woman']
    """
    text = _CELLS.sub("", fold(" ".join(titles))).replace("sub acute", "subacute")
    words = {_SINGULAR.get(word, _stem(word)) for word in _WORD.findall(text)}
    return _ON_A_SIDE & words


_CODE: Final = re.compile(
    r"\b[A-Z]{2,}[A-Za-z]*(?:[-/][A-Za-z]+)*[-/]?\d{2,}[A-Za-z0-9]*(?:-\d+)*\b"
)


def codes_in(titles: Iterable[str]) -> frozenset[str]:
    """Give what looks like the number of a study in titles.

    Example:
        >>> sorted(
        ...     codes_in(["Subjects Who Completed PNEUMOSTEM Phase II (MP-CR-012) Clinical Trial"])
        ... )
        ['MP-CR-012']
    """
    return frozenset(code for title in titles for code in _CODE.findall(title))


class TitleFacts(NamedTuple):
    """What the titles of a study tell.

    Attributes:
        words: The words of each title by which it is compared, with the title.
        parting: Words that may part its people or products from those of another study.
        phases: The phases that they name.
        follow_up: The words by which they say that people of another study are followed.
        codes: What looks like the number of a study.
    """

    words: tuple[tuple[str, frozenset[str]], ...]
    parting: frozenset[str]
    phases: frozenset[str]
    follow_up: str | None
    codes: frozenset[str]


def facts_of(titles: Iterable[str]) -> TitleFacts:
    """Read the titles of a study."""
    held = sorted(titles)
    return TitleFacts(
        tuple((title, words_of(title)) for title in held),
        parting_words(held),
        phases_named(held),
        follow_up_words(held),
        codes_in(held),
    )
