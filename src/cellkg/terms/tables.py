"""The look-up tables of an index of terms: made once by the build, then only loaded."""

from __future__ import annotations

from typing import NamedTuple

from cellkg.errors import StoreError
from cellkg.terms.folding import fold, singulars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

    from cellkg.terms.term import Term

    Places = dict[str, list[int]]

_FORMAT: Final = 2
"""The layout of the text; a file with another number is written again."""


class Tables(NamedTuple):
    """Where to find a term; a place is a number of a row.

    Attributes:
        rows: Each term, or the JSON of its fields in the order of `Term`.
        kinds: From a kind to the places of its terms.
        names: From a folded label or synonym to places.
        singular_names: From the singular of a name that is a plural to places.
        elsewhere: From the IRI of an exact match to places.
    """

    rows: list[Term | str]
    kinds: Places
    names: Places
    singular_names: Places
    elsewhere: Places

    @classmethod
    def from_json(cls, text: str) -> Tables:
        """Load what `to_json` wrote.

        Raises:
            StoreError: It was written by another version, or is damaged.
        """
        import json

        first, *rows = text.split("\n")
        try:
            stored = json.loads(first)
            if stored.pop("format") == _FORMAT:
                return cls([*rows], **stored)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                "The stored terms are damaged: type  cellkg build  to write them again.",
                kind="cache",
            ) from error
        raise StoreError(
            "The stored terms were written by another version of cellkg: type  cellkg build  to"
            " write them again.",
            kind="version",
        )

    def to_json(self) -> str:
        """Write the tables as lines of JSON, the same for the same terms in the same order.

        Returns:
            The look-up tables on the first line, then a line for every term: those that nobody
            asks for are not even parsed.
        """
        import json

        def line(value: object) -> str:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

        tables = self._asdict()
        rows = [row if isinstance(row, str) else line(row) for row in tables.pop("rows")]
        return "\n".join([line({"format": _FORMAT, **tables}), *rows])


def tabulate(terms: Iterable[Term]) -> Tables:
    """Make the tables.

    Args:
        terms: The terms, no IRI twice.

    Returns:
        The tables, rows in the order of the terms.

    Example:
        >>> from cellkg.terms import Term
        >>> tables = tabulate([Term("https://w3id.org/cellkg/term/patients", "units", "patients")])
        >>> tables.names, tables.singular_names
        ({'patients': [0]}, {'patient': [0]})
    """
    tables = Tables([], {}, {}, {}, {})
    for place, term in enumerate(terms):
        tables.rows.append(term)
        note(tables.kinds, term.kind, place)
        for name in term.names:
            folded = fold(name)
            note(tables.names, folded, place)
            if name.endswith("s"):  # the S of ARDS is none of a plural
                for singular in singulars(folded):
                    note(tables.singular_names, singular, place)
        for relation, iri in term.mappings:
            if relation == "exactMatch":
                note(tables.elsewhere, iri, place)
    return tables


def note(places: Places, key: str, place: int) -> None:
    """Add a place under a key, once."""
    known = places.setdefault(key, [])
    if place not in known:
        known.append(place)
