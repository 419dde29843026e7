"""The reasons for which two studies may overlap, each with its weight and the shared values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.linking import weights
from cellkg.linking.context import is_follow_up_id
from cellkg.linking.titles import NEAR_EQUAL, likeness, parted_by
from cellkg.vocabulary import CKG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pyoxigraph import NamedNode

    from cellkg.linking.context import Context, OwnId, Shared
    from cellkg.linking.study_profile import StudyProfile

SAME_TRIAL: Final = CKG["SameTrial"]
EXTENSION: Final = CKG["ExtensionOrFollowUp"]
COHORT: Final = CKG["SharedCohort"]
ACCOUNT: Final = CKG["CuratedAccount"]

_FEW_TITLES: Final = 3
"""What more titles name is no number of a study."""

_YEARS_BETWEEN: Final = 3
"""A follow-up study begins at most so many years after the one that it follows."""

_NAMED: Final = 3
_PAIR: Final = 2
_LISTED_ARTICLES: Final = 3


class Reason(NamedTuple):
    """Why two studies may overlap.

    Attributes:
        text: What they share, with the values.
        weight: How sure it alone would make us, from 0 to 1.
        suggests: How the studies would then relate; None where it says nothing of that.
    """

    text: str
    weight: Decimal
    suggests: NamedNode | None = None


def reasons_for(one: StudyProfile, two: StudyProfile, context: Context) -> list[Reason]:
    """Compare two studies.

    Args:
        one: A study.
        two: Another one; the order makes no difference.
        context: All studies.

    Returns:
        The reasons for which they may overlap, the weightiest first; none for most pairs.
    """
    if two.name < one.name:
        one, two = two, one
    return sorted(_Pair(one, two, context).reasons(), key=lambda each: (-each.weight, each.text))


class _Pair:
    """Two studies that are compared, in the order of their names."""

    def __init__(self, one: StudyProfile, two: StudyProfile, context: Context) -> None:
        self.one = one
        self.two = two
        self.context = context
        self.shared: Shared = context.shared(one, two)

    @property
    def both_ways(self) -> tuple[tuple[StudyProfile, StudyProfile], ...]:
        """The pair in both orders, for what one study says of the other."""
        return (self.one, self.two), (self.two, self.one)

    def reasons(self) -> Iterator[Reason]:
        """Give all reasons."""
        yield from self._registry_numbers()
        yield from self._study_numbers()
        yield from self._documents()
        yield from self._publications()
        yield from self._acronym()
        yield from self._titles()
        yield from self._follow_up()
        yield from self._setting()

    def _registry_numbers(self) -> Iterator[Reason]:
        for number in sorted(self.one.numbers & self.two.numbers):
            text = f"both have the number {_bare(number)}"
            yield Reason(text, weights.SAME_REGISTRY_NUMBER, SAME_TRIAL)
        for this, other in self.both_ways:
            for number in sorted(other.numbers & self.context.traits[this.name].named):
                text = f"{this.name} names {_bare(number)}, the number of {other.name}"
                yield Reason(text, weights.NAMED_BY_REGISTRY_NUMBER, EXTENSION)

    def _study_numbers(self) -> Iterator[Reason]:
        theirs = {each.key: each for each in self.context.traits[self.two.name].own_ids}
        same = [each for each in self.context.traits[self.one.name].own_ids if each.key in theirs]
        weighed = [self._weigh_number(each, theirs[each.key]) for each in same]
        if weighed:
            weight, relation = max(weighed, key=lambda each: each[0])
            numbers = ", ".join(each.printed for each in same)
            yield Reason(f"both have the number {numbers}", weight, relation)
        for this, other in self.both_ways:
            for number in self.context.traits[other.name].own_ids:
                if number.tells_much and not number.is_grant:
                    yield from self._named_by_study_number(this, other, number)

    def _weigh_number(self, ours: OwnId, theirs: OwnId) -> tuple[Decimal, NamedNode]:
        pair_only = self.context.id_count[ours.key] == _PAIR
        if ours.is_grant or theirs.is_grant or self.shared.other_disease or not pair_only:
            return weights.SAME_PROJECT, COHORT
        if self.shared.sponsors:
            return weights.SAME_STUDY_NUMBER, SAME_TRIAL
        if ours.tells_much:
            return weights.SAME_STUDY_NUMBER_ELSEWHERE, SAME_TRIAL
        return weights.EACH_MORE_IN_COMMON, COHORT

    def _named_by_study_number(
        self, this: StudyProfile, other: StudyProfile, number: OwnId
    ) -> Iterator[Reason]:
        """Find the number of the other study in a title of this one, or inside its number."""
        context = self.context
        named = number.key in context.traits[this.name].ids_in_titles
        if named and context.titles_with_id[number.key] <= _FEW_TITLES:
            text = f"the title of {this.name} names {number.printed}, the number of {other.name}"
            yield Reason(text, weights.NAMED_BY_STUDY_NUMBER, EXTENSION)
        for ours in context.traits[this.name].own_ids:
            if ours.key.startswith(number.key + " ") and self.shared.who:
                text = f"{ours.printed}, the number of {this.name}, begins with the one of "
                text += f"{other.name}"
                if is_follow_up_id(ours.key):
                    yield Reason(text, weights.NAMED_BY_STUDY_NUMBER, EXTENSION)
                else:
                    yield Reason(text, weights.STUDY_NUMBER_BEGINS_ALIKE, COHORT)

    def _documents(self) -> Iterator[Reason]:
        both = self.one.documents & self.two.documents
        for number in sorted(both):
            text = f"one document describes both, {_bare(number)}"
            yield Reason(text, weights.SAME_DOCUMENT, COHORT)
        for this, other in self.both_ways:
            for number in sorted((this.documents & other.results) - both):
                text = (
                    f"{other.name} lists as its result {_bare(number)}, which describes {this.name}"
                )
                yield Reason(text, weights.DESCRIBED_BY_A_RESULT, ACCOUNT)

    def _publications(self) -> Iterator[Reason]:
        both = sorted(self.one.results & self.two.results)
        # One article may be listed by both of its numbers.
        articles = [number for number in both if number.startswith("pubmed:")] or both
        if not articles:
            return
        if self.shared.who and not self.shared.other_disease:
            weight, most = weights.SHARED_RESULT, weights.SHARED_RESULT_AT_MOST
        else:
            pair_only = min(self.context.result_count[each] for each in articles) == _PAIR
            weight = weights.RESULT_OF_STRANGERS if pair_only else weights.RESULT_OF_MANY_STRANGERS
            most = weights.RESULTS_OF_STRANGERS_AT_MOST
        together = min(most, 1 - (1 - weight) ** len(articles))
        listed = ", ".join(map(_bare, articles[:_LISTED_ARTICLES]))
        more = len(articles) - _LISTED_ARTICLES
        text = f"both list as results {listed}" + (f" and {more} more" if more > 0 else "")
        yield Reason(text, together, COHORT)

    def _acronym(self) -> Iterator[Reason]:
        key = self.context.acronym_key(self.one)
        if key is None or key != self.context.acronym_key(self.two) or self.shared.other_disease:
            return
        weight = weights.SAME_ACRONYM if self.shared.who else weights.SAME_ACRONYM_ELSEWHERE
        yield Reason(f"both are called {self.one.acronym}", weight, COHORT)

    def _titles(self) -> Iterator[Reason]:
        here, there = (self.context.traits[each.name].titles for each in (self.one, self.two))
        alike = [
            (likeness(words, others), title, words, others)
            for title, words in here.words
            for _, others in there.words
        ]
        if not alike:
            return
        best, title, words, others = max(alike, key=lambda each: each[:2])
        if best < NEAR_EQUAL:
            return
        phases = here.phases or _digits(self.one), there.phases or _digits(self.two)
        differ = f"the titles differ in little but %s: “{title}”"
        if all(phases) and phases[0].isdisjoint(phases[1]):
            yield Reason(differ % "the phase", weights.ALIKE_BUT_THE_PHASE)
        elif parted := self.shared.contrast or parted_by(words, others):
            yield Reason(differ % parted, weights.ALIKE_BUT_THE_PEOPLE)
        elif self.shared.overlap is False:
            yield Reason(differ % "the time", weights.ALIKE_BUT_THE_PHASE)
        elif self.shared.other_product:
            yield Reason(differ % "the cells", weights.ALIKE_BUT_THE_PEOPLE)
        else:
            known = self.shared.who
            weight = weights.ALIKE_TITLE if known else weights.ALIKE_TITLE_ELSEWHERE
            yield Reason(f"the titles are nearly equal: “{title}”", weight, SAME_TRIAL)

    def _follow_up(self) -> Iterator[Reason]:
        shared = self.shared
        if shared.other_disease or shared.contrast is not None:
            return
        if not (shared.products or (shared.who and shared.conditions)):
            return
        for this, other in self.both_ways:
            words = self.context.traits[this.name].titles.follow_up
            # Where both follow up, it is not known which follows up which.
            if words is None or self.context.traits[other.name].titles.follow_up is not None:
                continue
            if self._may_follow(this, other):
                near = shared.sponsors or shared.products
                weight = weights.FOLLOW_UP if near else weights.FOLLOW_UP_ELSEWHERE
                yield Reason(f"the title of {this.name} says “{words}”", weight, EXTENSION)

    def _may_follow(self, this: StudyProfile, other: StudyProfile) -> bool:
        """Tell whether one may follow up the other by date, phase and the number that it names."""
        named, phases = (self.context.traits[each.name].titles.phases for each in (this, other))
        phases = phases or _digits(other)
        if named and phases and named.isdisjoint(phases):
            return False
        if this.start and other.start and this.start < other.start:
            return False
        ended = other.end or other.start
        if this.start and ended and int(this.start[:4]) > int(ended[:4]) + _YEARS_BETWEEN:
            return False
        return not self.context.names_another(this.name, other.name)

    def _setting(self) -> Iterator[Reason]:
        """Weigh who did what to whom when: one reason, as all of it hangs together."""
        shared, called = self.shared, self.context.called
        if not shared.who or shared.other_disease or not (shared.conditions or shared.products):
            return
        if shared.sponsors:
            weight, said = weights.SAME_SPONSOR, [called(shared.sponsors)]
        elif shared.institutions:
            weight, said = weights.SAME_SITE, [called(shared.institutions)]
        else:
            weight = weights.SIMILAR_INSTITUTION
            said = [f"institutions named {', '.join(shared.kin)}"]
        said += [called(shared.conditions[:_NAMED])] if shared.conditions else []
        phases = sorted(self.one.phases & self.two.phases)
        more = [called(each) for each in (shared.cell_types, shared.routes) if each]
        if shared.overlap:
            more.append("at the same time")
        elif shared.overlap is None and phases:
            more.append(called(phases))
        weight += weights.EACH_MORE_IN_COMMON * len(more)
        yield Reason(f"both: {'; '.join(said + more)}", weight)
        if shared.products:
            text = f"both titles name the product {called(shared.products)}"
            yield Reason(text, weights.SAME_PRODUCT_NAME)
        yield from self._start_and_people()

    def _start_and_people(self) -> Iterator[Reason]:
        start = self.one.start
        apart = self.shared.contrast is not None or self.shared.other_product
        if start and start == self.two.start and len(start) > len("2020") and not apart:
            day = len(start) > len("2020-01")
            weight = weights.SAME_DAY if day else weights.SAME_MONTH
            yield Reason(
                f"both began on {start}" if day else f"both began in {start}", weight, SAME_TRIAL
            )
        same = sorted((self.one.people & self.two.people) - {0})
        if same:
            account = self.one.from_registry != self.two.from_registry
            weight = weights.SAME_PEOPLE_IN_ACCOUNT if account else weights.SAME_PEOPLE
            yield Reason(f"both have {', '.join(map(str, same))} people", weight)


def _digits(profile: StudyProfile) -> frozenset[str]:
    return frozenset(each for phase in profile.phases for each in phase if each.isdigit())


def _bare(curie: str) -> str:
    prefix, _, number = curie.partition(":")
    return f"PubMed {number}" if prefix == "pubmed" else number
