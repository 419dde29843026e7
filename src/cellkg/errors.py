"""Every way it can go wrong.

::

    CellkgError                   str() is one sentence for a person; data are attributes
    ├── UserInputError        2   a word, option, query or file does not exist; says what does
    ├── MissingExtra          2   a library that an extra brings is missing; says what to type
    ├── SourceFileError       3   a file is not what it should be: file, line, record, field, value
    ├── StoreError            3   the stored graphs cannot be used: cache, disk, version, endpoint
    └── ShippedFolderMissing  3   ontology, graphs or queries are not where they should be

The numbers are the exit codes of the command line. Findings (violations, failed checks) are
reports, not errors: on them it ends with 1. Any other exception is a mistake in cellkg itself and
is never dressed up as one of these.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import ClassVar, Literal

    StoreProblem = Literal["cache", "disk", "version", "endpoint"]


class CellkgError(Exception):
    """Tell the user this sentence.

    Only `cellkg.cli` catches it: it prints ``str(error)`` to standard error and ends the process
    with `exit_code`.

    Example:
        >>> raise UserInputError("There is no query 'fevr'; did you mean 'fever'?")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: There is no query 'fevr'; did you mean 'fever'?
    """

    exit_code: ClassVar[int] = 3


class UserInputError(CellkgError):
    """What was asked for, or typed, does not exist or cannot be used (exit code 2).

    Args:
        message: One sentence: what was wrong, with the value, and what to type next.
        value: What the user gave, as given.
        suggestions: What exists instead, best first; may be empty.

    Example:
        >>> error = UserInputError(
        ...     "No route is called 'intratecal'; did you mean 'intrathecal'?",
        ...     value="intratecal",
        ...     suggestions=["intrathecal"],
        ... )
        >>> error.exit_code, error.suggestions
        (2, ('intrathecal',))
    """

    exit_code = 2

    def __init__(
        self, message: str, *, value: str | None = None, suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.value = value
        self.suggestions = tuple(suggestions)


class MissingExtra(CellkgError):  # noqa: N818 - it names what is missing, as ShippedFolderMissing does
    """A library that one of the extras brings is not installed (exit code 2).

    Args:
        purpose: What needs it, as the start of a sentence: "Checking with HermiT".
        extra: The extra as pip knows it: "reasoner".

    Example:
        >>> print(MissingExtra("Checking with HermiT", "reasoner"))
        Checking with HermiT needs the extra 'reasoner': type  pip install 'cellkg[reasoner]'
    """

    exit_code = 2

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(purpose, extra)
        self.purpose = purpose
        self.extra = extra

    def __str__(self) -> str:
        """One sentence with the line to type."""
        return (
            f"{self.purpose} needs the extra '{self.extra}': "
            f"type  pip install 'cellkg[{self.extra}]'"
        )


class SourceFileError(CellkgError):
    """A source, graph, ontology or query file is not what it should be (exit code 3).

    The sentence opens with the place, so no caller can forget it.

    Args:
        problem: What is wrong and what is expected, as a sentence.
        file: The file.
        line: Its line, counted from 1, where that is known.
        record: The record inside it (an identifier or IRI), where there is one.
        field: The field or property that is wrong.
        value: Its value, as read.

    Example:
        >>> print(
        ...     SourceFileError(
        ...         "A count is a whole number.",
        ...         file="graphs/curated/poster.ttl",
        ...         record="#fever",
        ...         field="ckg:count",
        ...         value="four",
        ...     )
        ... )
        graphs/curated/poster.ttl, record #fever, ckg:count 'four': A count is a whole number.
    """

    def __init__(
        self,
        problem: str,
        file: Path | str,
        *,
        line: int | None = None,
        record: str | None = None,
        field: str | None = None,
        value: object = None,
    ) -> None:
        super().__init__(problem, file)
        self.problem = problem
        self.file = file
        self.line = line
        self.record = record
        self.field = field
        self.value = value

    def __str__(self) -> str:
        """The place, then the problem."""
        place = str(self.file)
        if self.line is not None:
            place += f", line {self.line}"
        if self.record is not None:
            place += f", record {self.record}"
        if self.field is not None:
            place += f", {self.field}" if self.value is None else f", {self.field} {self.value!r}"
        elif self.value is not None:
            place += f", {self.value!r}"
        return f"{place}: {self.problem}"


class StoreError(CellkgError):
    """The stored graphs cannot be opened, read or reached (exit code 3).

    Args:
        message: One sentence: what was wrong, where, and what to type next.
        kind: "cache" (the built copy), "disk" (a store folder), "version" (written by another
            version), or "endpoint" (a SPARQL service or a registry).
        location: The folder, file or address.

    Example:
        >>> error = StoreError(
        ...     "http://localhost:7878/query does not answer; is the server running?",
        ...     kind="endpoint",
        ...     location="http://localhost:7878/query",
        ... )
        >>> error.kind, error.exit_code
        ('endpoint', 3)
    """

    def __init__(
        self,
        message: str,
        kind: StoreProblem = "disk",
        *,
        location: Path | str | None = None,
    ) -> None:
        super().__init__(message, kind)
        self.message = message
        self.kind = kind
        self.location = location

    def __str__(self) -> str:
        """The message alone."""
        return self.message


class ShippedFolderMissing(CellkgError):  # noqa: N818 - the name is the sentence
    """One of the folders that come with cellkg is not there (exit code 3).

    Args:
        name: "ontology", "graphs" or "queries".
        places: Where it was looked for.

    Example:
        >>> print(ShippedFolderMissing("graphs", ["/a/_shipped/graphs", "/b/graphs"]))
        The folder 'graphs' is neither at /a/_shipped/graphs nor at /b/graphs: reinstall cellkg.
    """

    def __init__(self, name: str, places: Sequence[Path | str]) -> None:
        super().__init__(name, places)
        self.name = name
        self.places = tuple(places)

    def __str__(self) -> str:
        """One sentence that names every place."""
        places = " nor at ".join(map(str, self.places))
        return f"The folder '{self.name}' is neither at {places}: reinstall cellkg."
