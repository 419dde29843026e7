"""What two studies have in common, in the light of how common that is among all studies."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.identifiers import find_identifiers
from cellkg.linking.telling_nothing import OF_MANY_DISEASES, OF_MANY_INSTITUTIONS
from cellkg.linking.titles import contrast, facts_of, product_names
from cellkg.terms.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from cellkg.linking.study_profile import Background, StudyProfile
    from cellkg.linking.titles import TitleFacts

_WORD: Final = re.compile(r"[a-z]+")
_RARE: Final = 8
"""A word that names of at most so many institutions have tells them from others."""

_LONG: Final = 5
"""Shorter words in names of institutions are mostly abbreviations that several have."""

_LONGEST_NUMBER: Final = 6
"""So many words a study number has at most: ALLO-ASC-DFU-101 has four."""

_TELLING: Final = 6
"""Shorter numbers are found everywhere."""

_SHORT: Final = 4
"""Shorter acronyms are chance."""

_PRODUCT_STUDIES: Final = 40
"""A name that more studies have in their titles is no product of one maker."""

_GRANT: Final = re.compile(
    r"\((?:NIH|AHRQ|FDA|Other grant|OTHER_GRANT|[^()]*grant[^()]*)\)", re.IGNORECASE
)
_FOLLOW_UP_ID: Final = re.compile(r" (?:f u|fu|ltfu|lt|ext|extension|ole|follow ?up)\b")
_NIH_GRANT: Final = re.compile(r"(?:\d ?)?(?:[a-z]\d\d|um1) ?[a-z]{2} ?\d{5,6}")
_LIKELY_NUMBER: Final = re.compile(r"\d{5}")
_WHOSE: Final = re.compile(r"\s*\([^()]*\)$")
_LETTERS_AND_DIGITS: Final = re.compile(r"[^0-9a-z]+")


class OwnId(NamedTuple):
    """An identifier that no registry gave.

    Attributes:
        printed: As printed, without the words in brackets after it.
        key: In the form in which it is compared.
        is_grant: Whether it is the number of a grant, which may pay for several studies.
    """

    printed: str
    key: str
    is_grant: bool

    @property
    def tells_much(self) -> bool:
        """Whether it is long enough, of letters and digits: "MSC-1" is found everywhere."""
        mixed = any(map(str.isdigit, self.key)) and any(map(str.isalpha, self.key))
        return mixed and len(self.key) >= _TELLING


class Shared(NamedTuple):
    """What two studies have in common.

    Attributes:
        sponsors: Institutions that are responsible for one and have a part in the other.
        institutions: All other institutions that both have.
        kin: Rare words in the names of otherwise different institutions of both.
        conditions: Conditions of either that the other has too, or a narrower one of them.
        cell_types: Cell types, likewise.
        routes: Routes.
        products: Names of products in the titles of both.
        overlap: Whether they ran at the same time; None where a date is missing.
        other_disease: Whether both tell their conditions, and not even a word is shared.
        other_product: Whether both tell their cell types, and none is shared.
        contrast: Words in their titles that tell different people or products.
    """

    sponsors: tuple[str, ...]
    institutions: tuple[str, ...]
    kin: tuple[str, ...]
    conditions: tuple[str, ...]
    cell_types: tuple[str, ...]
    routes: tuple[str, ...]
    products: tuple[str, ...]
    overlap: bool | None
    other_disease: bool
    other_product: bool
    contrast: str | None

    @property
    def who(self) -> bool:
        """Whether anybody has a part in both."""
        return bool(self.sponsors or self.institutions or self.kin)


class Traits(NamedTuple):
    """What is worked out of a study once, before it is compared.

    Attributes:
        titles: What its titles tell.
        products: Names of products in its titles.
        own_ids: Its identifiers that no registry gave.
        named: Registry numbers in its texts, without its own.
        ids_in_titles: Identifiers of any study that its titles name.
        kin: Rare words in the names of its institutions.
        condition_words: The words of its conditions that not many diseases have.
    """

    titles: TitleFacts
    products: frozenset[str]
    own_ids: tuple[OwnId, ...]
    named: frozenset[str]
    ids_in_titles: frozenset[str]
    kin: frozenset[str]
    condition_words: frozenset[str]


class Context:
    """All studies with what is common among them.

    Args:
        profiles: The studies by name.
        background: The terms and institutions that they speak of.

    Attributes:
        profiles: The studies by name.
        background: The terms and institutions.
        traits: What was worked out of each study, by its name.
        id_count: How many studies have an identifier that no registry gave.
        titles_with_id: How many studies name such an identifier in a title.
        result_count: How many studies have a publication.
    """

    def __init__(self, profiles: Mapping[str, StudyProfile], background: Background) -> None:
        self.profiles = profiles
        self.background = background
        self._vocabulary = {
            word for label in background.names_of_terms for word in re.split(r"\W+", label)
        }
        self._kin_words = _rare_words(
            (each.institutions for each in profiles.values()), self._vocabulary
        )
        own_ids = {name: own_ids_of(each) for name, each in profiles.items()}
        known = _Phrases(each.key for ids in own_ids.values() for each in ids if each.tells_much)
        named = {
            name: product_names(each.titles, self._vocabulary) for name, each in profiles.items()
        }
        count = Counter(product for products in named.values() for product in products)
        common = {product for product, studies in count.items() if studies > _PRODUCT_STUDIES}
        self.traits = {
            name: Traits(
                facts_of(each.titles),
                named[name] - common,
                own_ids[name],
                _numbers_in(each),
                frozenset().union(*(known.found_in(plain(title)) for title in each.titles)),
                frozenset().union(*(self._kin_words.get(place, ()) for place in each.institutions)),
                self._words_of_conditions(each),
            )
            for name, each in profiles.items()
        }
        self.id_count = Counter(
            key for ids in own_ids.values() for key in {each.key for each in ids}
        )
        self.titles_with_id = Counter(
            key for each in self.traits.values() for key in each.ids_in_titles
        )
        self._acronym_count = Counter(
            fold(each.acronym) for each in profiles.values() if each.acronym
        )
        self.result_count = Counter(
            number for each in profiles.values() for number in each.results | each.documents
        )

    def called(self, names: Iterable[str]) -> str:
        """Write terms and institutions as people call them."""
        labels = self.background.labels
        return ", ".join(labels.get(name, name) for name in names)

    def acronym_key(self, profile: StudyProfile) -> str | None:
        """Give the acronym for comparing; None where it abbreviates what is given or treated."""
        key = fold(profile.acronym or "")
        words = _WORD.findall(key)
        usual = all(word in self._vocabulary for word in words)
        if usual or len(key) < _SHORT or self._acronym_count[key] > _RARE:
            return None
        return key

    def shared(self, one: StudyProfile, two: StudyProfile) -> Shared:
        """Gather what two studies have in common."""
        traits, others = self.traits[one.name], self.traits[two.name]
        sponsors = (one.responsible & two.institutions) | (two.responsible & one.institutions)
        both = (one.institutions & two.institutions) - sponsors
        related = self.background.related
        conditions = related(one.conditions, two.conditions) or tuple(
            sorted(one.printed_conditions & two.printed_conditions)
        )
        cell_types = related(one.cell_types, two.cell_types)
        words = traits.condition_words, others.condition_words
        return Shared(
            tuple(sorted(sponsors)),
            tuple(sorted(both)),
            () if sponsors else tuple(sorted(traits.kin & others.kin)),
            conditions,
            cell_types,
            tuple(sorted(one.routes & two.routes)),
            tuple(sorted(traits.products & others.products)),
            run_together(one, two),
            other_disease=not conditions and all(words) and words[0].isdisjoint(words[1]),
            other_product=bool(one.cell_types and two.cell_types and not cell_types),
            contrast=contrast(traits.titles.parting, others.titles.parting),
        )

    def _words_of_conditions(self, profile: StudyProfile) -> frozenset[str]:
        named = {self.background.labels.get(each, each) for each in profile.conditions}
        words = {w for text in named | profile.printed_conditions for w in plain(text).split()}
        return frozenset(words - OF_MANY_DISEASES)

    def names_another(self, this: str, other: str) -> bool:
        """Tell whether a follow-up study names a study by its number, and not the other one."""
        own = {each.key for each in self.traits[this].own_ids}
        named = {plain(code) for code in self.traits[this].titles.codes} - own
        named |= {key for key in own if is_follow_up_id(key)}
        theirs = {each.key for each in self.traits[other].own_ids}
        texts = [plain(title) for title in self.profiles[other].titles]
        return bool(named) and not any(
            any(code in text for text in texts) or any(code.startswith(key) for key in theirs)
            for code in named
        )


class _Phrases:
    """Runs of words that are looked for in texts."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = set(phrases)
        self._firsts = {phrase.partition(" ")[0] for phrase in self._phrases}

    def found_in(self, text: str) -> set[str]:
        """Give those that are in a text, which was made plain."""
        words = text.split()
        return {
            phrase
            for start, word in enumerate(words)
            if word in self._firsts
            for end in range(start + 1, min(start + _LONGEST_NUMBER, len(words)) + 1)
            if (phrase := " ".join(words[start:end])) in self._phrases
        }


def plain(text: str) -> str:
    """Fold a text and put a space for every sign.

    Example:
        >>> plain("MP-CR-006-F/U")
        'mp cr 006 f u'
    """
    return _LETTERS_AND_DIGITS.sub(" ", fold(text)).strip()


def _rare_words(
    named: Iterable[frozenset[str]], known: AbstractSet[str]
) -> dict[str, frozenset[str]]:
    """Give the rare words in names of institutions that have some, but not of the vocabulary."""
    usual = known | OF_MANY_INSTITUTIONS
    words = {name: frozenset(_WORD.findall(name)) for names in named for name in names}
    count = Counter(word for each in words.values() for word in each)
    rare = {word for word, names in count.items() if len(word) >= _LONG and names <= _RARE} - usual
    return {name: each & rare for name, each in words.items() if not each.isdisjoint(rare)}


def is_follow_up_id(key: str) -> bool:
    """Tell whether the number of a study says that it follows another one.

    Example:
        >>> is_follow_up_id("mp cr 006 f u"), is_follow_up_id("mp cr 006")
        (True, False)
    """
    return _FOLLOW_UP_ID.search(key) is not None


def own_ids_of(profile: StudyProfile) -> tuple[OwnId, ...]:
    """Give the identifiers of a study that no registry gave, in the form for comparing."""
    found = []
    for printed in sorted(profile.own_ids):
        bare = _WHOSE.sub("", printed)
        key = plain(bare)
        if key:
            is_grant = bool(_GRANT.search(printed) or _NIH_GRANT.match(key))
            found.append(OwnId(bare, key, is_grant))
    return tuple(found)


def _numbers_in(profile: StudyProfile) -> frozenset[str]:
    """Give the registry numbers that the texts of a study name, without its own."""
    texts = (*profile.titles, *profile.remarks, *profile.own_ids)
    likely = (text for text in texts if _LIKELY_NUMBER.search(text))
    found = {each.curie for text in likely for each in find_identifiers(text)}
    return frozenset(found - profile.numbers)


def run_together(one: StudyProfile, two: StudyProfile) -> bool | None:
    """Tell whether two studies ran at the same time, as far as the dates go.

    Example:
        >>> from cellkg.linking.study_profile import StudyProfile
        >>> early = StudyProfile("a", start="2010-01", end="2012")
        >>> late = StudyProfile("b", start="2012-06", end="2014-01-31")
        >>> run_together(early, late), run_together(early, StudyProfile("c", start="2011"))
        (True, None)
    """
    if not (one.start and one.end and two.start and two.end):
        return None
    return _not_after(one.start, two.end) and _not_after(two.start, one.end)


def _not_after(date: str, other: str) -> bool:
    length = min(len(date), len(other))
    return date[:length] <= other[:length]
