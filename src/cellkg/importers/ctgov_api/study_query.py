"""What is asked of the registry, and how its API writes that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cellkg.errors import UserInputError
from cellkg.identifiers import recognise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

MAX_IDS: Final = 500
"""They travel in the address of the request, which servers cut at about 8,000 characters."""

_ONLY_IDS: Final = re.compile(r"(?:NCT\d+[\s,]*)+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class StudyQuery:
    """Which studies are wanted: those that fit every kind of words given, and any of each kind.

    Attributes:
        conditions: Conditions or diseases, in the registry's search syntax.
        interventions: Interventions or treatments.
        terms: Other words.
        ids: NCT numbers.
        since: Only studies whose record was updated on that day or later, as ``YYYY-MM-DD``.
    """

    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    since: str | None = None

    @classmethod
    def read(
        cls,
        *,
        conditions: Sequence[str] = (),
        interventions: Sequence[str] = (),
        terms: Sequence[str] = (),
        ids: Sequence[str] = (),
        since: str | None = None,
    ) -> StudyQuery:
        """Read what a person wrote; the order in which things are given does not matter.

        Raises:
            UserInputError: Something of it cannot be asked; the message says what to type.

        Example:
            >>> StudyQuery.read(conditions=["ALS"], ids=["nct 00222573"]).ids
            ('NCT00222573',)
        """
        query = cls(
            _words(conditions, "--condition"),
            _words(interventions, "--intervention"),
            _words(terms, "--term"),
            tuple(sorted({_nct_number(each) for each in ids})),
            None if since is None else _day(since),
        )
        if len(query.ids) > MAX_IDS:
            raise UserInputError(
                f"{len(query.ids)} NCT numbers are too many for one request: give at most {MAX_IDS}"
                " and fetch the others into another folder."
            )
        return query

    def refuse_everything(self) -> None:
        """Refuse to ask for all studies of the registry.

        Raises:
            UserInputError: Nothing is asked for in particular.
        """
        if self == StudyQuery():
            raise UserInputError(
                "Nothing says which studies to fetch: give --condition, --intervention, --term,"
                " --id or --since, as in  cellkg fetch ctgov --intervention 'mesenchymal stem cell'"
            )

    @property
    def names_every_study(self) -> bool:
        """Whether every study asked for should be there: NCT numbers are all that is given."""
        return bool(self.ids) and StudyQuery(ids=self.ids) == self

    def parameters(self, since: str | None) -> dict[str, str]:
        """Write the question as parameters of the API.

        Args:
            since: The day from which on records are wanted, if another than that of the query.

        Returns:
            They are the same for every page.

        Example:
            >>> StudyQuery(("ALS", "motor neuron disease"), since="2024-02-01").parameters(None)
            {'query.cond': '(ALS) OR (motor neuron disease)',
             'filter.advanced': 'AREA[LastUpdatePostDate]RANGE[2024-02-01,MAX]'}
        """
        since = since or self.since
        parameters = {
            "query.cond": _any_of(self.conditions),
            "query.intr": _any_of(self.interventions),
            "query.term": _any_of(self.terms),
            "filter.ids": ",".join(self.ids),
            "filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{since},MAX]" if since else "",
        }
        return {name: value for name, value in parameters.items() if value}


def _words(texts: Sequence[str], option: str) -> tuple[str, ...]:
    for text in texts:
        if not text.strip() or not text.isprintable():
            raise UserInputError(
                f"{option} {text!r} holds no words to search for: write one like"
                f" {option} 'multiple sclerosis'.",
                value=text,
            )
        # The API takes no notice of any filter, the date included, when it sees such words.
        if _ONLY_IDS.fullmatch(text.strip()):
            raise UserInputError(
                f"{option} '{text}' holds only NCT numbers: give each with --id.", value=text
            )
    return tuple(sorted({text.strip() for text in texts}))


def _any_of(texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 else " OR ".join(f"({text})" for text in texts)


def _nct_number(text: str) -> str:
    identifier = recognise(text)
    if identifier.prefix != "clinicaltrials":
        raise UserInputError(
            f"'{text}' is no identifier of ClinicalTrials.gov; those look like NCT00222573.",
            value=text,
            suggestions=["NCT00222573"],
        )
    return identifier.value


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise UserInputError(
            f"--since '{text}' is no day: write one like 2024-02-29.", value=text
        ) from None
