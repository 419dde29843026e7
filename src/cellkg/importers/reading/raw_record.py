"""What reading yields: a record, not yet parsed, or the reason why there is none."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cellkg.errors import SourceFileError
from cellkg.importers.reading.limits import MAX_SHOWN

RefusalKind = Literal[
    "empty",  # a file, folder or archive with nothing in it
    "not JSON",  # a file of another kind, as a picture, a table or a web page
    "not a study",  # JSON, and something else: an error message, a record of the retired API
    "malformed",  # meant as a study, and not as JSON or the registry has it
    "damaged",  # cut off or changed on its way
    "too large",  # beyond a limit: no registry record is like that
    "unreadable",  # cannot be opened: rights, a password, an unknown packing
]
"""Why something gave no record, for counting."""


class Place(NamedTuple):
    """Where a record stands, for messages.

    Attributes:
        file: The file as the user named it, or found in a folder; "standard input".
        member: The file inside an archive.
        line: The line, counted from 1, in JSON Lines.
        number: Which it is, counted from 1, in a list.

    Example:
        >>> print(Place("trials.zip", member="2024/page-3.json", number=7))
        trials.zip, member 2024/page-3.json, record 7
        >>> print(Place("trials.jsonl", line=12))
        trials.jsonl, line 12
    """

    file: str
    member: str | None = None
    line: int | None = None
    number: int | None = None

    @property
    def container(self) -> str:
        """The file, with the member of it."""
        file = printable(self.file)
        return file if self.member is None else f"{file}, member {printable(self.member)}"

    def __str__(self) -> str:
        """From the outside in."""
        line = "" if self.line is None else f", line {self.line}"
        return self.container + line + ("" if self.number is None else f", record {self.number}")


class RawRecord(NamedTuple):
    """One record as it was read, before anything is known of it.

    Attributes:
        place: Where it stands.
        data: Its JSON, exactly as it stands there; `parse` makes a study object of it.
    """

    place: Place
    data: bytes


class Refusal(NamedTuple):
    """Something that gave no record.

    Attributes:
        place: Where it stands.
        reason: Why, as one sentence.
        kind: What sort of reason it is, for counting.

    Example:
        >>> print(Refusal(Place("notes.txt"), "It is plain text.", "not JSON"))
        notes.txt: It is plain text.
    """

    place: Place
    reason: str
    kind: RefusalKind

    def __str__(self) -> str:
        """The place, then the reason."""
        return f"{self.place}: {self.reason}"


class RefusedRecordError(SourceFileError):
    """A record that cannot be taken in; it tells of one record only, so the others go on.

    Args:
        place: Where it stands.
        reason: Why, as one sentence.
        kind: What sort of reason it is.

    Example:
        >>> error = RefusedRecordError(Place("a.jsonl", line=2), "It is empty.", "malformed")
        >>> print(error)
        a.jsonl, line 2: It is empty.
        >>> error.refusal.kind
        'malformed'
    """

    def __init__(self, place: Place, reason: str, kind: RefusalKind) -> None:
        record = None if place.number is None else str(place.number)
        super().__init__(reason, place.container, line=place.line, record=record)
        self.args = (place, reason, kind)  # workers hand it over pickled, and this is what is kept
        self.refusal = Refusal(place, reason, kind)


def printable(text: str) -> str:
    r"""Show a stranger's text without what would move the cursor, colour the screen or fill it.

    Example:
        >>> printable("a\x1b[31m\nb")
        'a\\x1b[31m\\nb'
        >>> len(printable("long " * 1000))
        81
    """
    shown = text[:MAX_SHOWN] + "…" * (len(text) > MAX_SHOWN)
    if shown.isprintable():
        return shown
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in shown
    )
