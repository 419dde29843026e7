"""Quotes against the documents that they were taken from, and values against their quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.validation.documents import Documents
from cellkg.validation.printed_numbers import numbers_in
from cellkg.validation.registry_records import UnreadableRecords, records_in, value_at
from cellkg.validation.report import Finding, QuoteCheck, Severity
from cellkg.vocabulary import CKG, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, Quad, Triple

    from cellkg.validation.graph_files import GraphFile

    Node = NamedNode | BlankNode | Literal | Triple
    Facts = dict[NamedNode, list[Node]]

ORIGIN: Final = "quotes"
"""What findings of this module name as their origin."""

_NUMERIC: Final = frozenset({XSD["integer"], XSD["decimal"]})
_AS_PRINTED: Final = frozenset(
    CKG[name]
    for name in (
        "printedTerm",
        "timeLabel",
        "severity",
        "course",
        "quantifier",
        "pValue",
        "statisticalTest",
        "place",
    )
)
"""Properties whose values are wordings of the source."""

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


class _Quote(NamedTuple):
    """Where one piece of evidence points, its words, and the values that they are said to state."""

    file: GraphFile
    evidence: NamedNode
    text: str | None
    pointer: str | None
    start: int | None
    end: int | None
    source: NamedNode | None
    stated: tuple[tuple[NamedNode, Literal], ...]


class QuoteReader:
    """The quotes of some files, and what their sources are."""

    def __init__(self) -> None:
        self._quotes: list[_Quote] = []
        self._sources: dict[NamedNode, tuple[GraphFile, Facts]] = {}

    def add(self, file: GraphFile, quads: Iterable[Quad]) -> None:
        """Add a file whose quotes are checked.

        Args:
            file: The file.
            quads: What it says.
        """
        facts = _facts_of(quads)
        self._quotes += _quotes_of(file, facts)
        self._note_sources(file, facts)

    def add_sources(self, file: GraphFile, quads: Iterable[Quad]) -> None:
        """Add a file that only says what the sources of others are.

        Args:
            file: The file.
            quads: What it says.
        """
        self._note_sources(file, _facts_of(quads))

    def _note_sources(self, file: GraphFile, facts: dict[NamedNode, Facts]) -> None:
        for subject, about in facts.items():
            if CKG["sha256"] in about:
                self._sources.setdefault(subject, (file, about))

    def check_values(self) -> tuple[list[Finding], int]:
        """Look for every stated value in its quote: numbers, and what is said to be as printed.

        Returns:
            A finding for each that is not there, and how many were looked for.
        """
        findings = []
        for quote in self._quotes:
            for property_, value in quote.stated:
                if not _shows(quote.text or "", value):
                    kind = "number" if value.datatype in _NUMERIC else "wording"
                    name = shorten(property_.value)
                    message = (
                        f"The quote does not show the {kind} {value.value!r} of {name}: quote the"
                        " words that state it, or call it inferred or derived and say why."
                    )
                    findings.append(_finding(quote, message, property_, value.value))
        return findings, sum(len(quote.stated) for quote in self._quotes)

    def check_quotes(self, folder: Path) -> tuple[list[Finding], QuoteCheck]:
        """Look up every quote in its document, and every place in its registry record.

        Args:
            folder: The documents, in UTF-8, and files of registry records; folders inside it are
                searched too.

        Returns:
            A finding for each quote or place that is not where it should be, and what could not be
            checked.

        Raises:
            UserInputError: There is no such folder, or it holds no documents.
        """
        documents = Documents(folder)
        waiting: dict[tuple[str, bool], list[_Quote]] = defaultdict(list)
        for quote in self._quotes:
            checksum = self._sum_of(quote.source) or ""
            waiting[checksum, quote.pointer is not None].append(quote)
        used = {each for source in self._sources if (each := self._sum_of(source)) is not None}
        files_of_records: set[Path] = set()
        findings = [*self._renewed(documents), *_unreadable(documents, used)]
        for checksum in [checksum for checksum, is_record in waiting if not is_record]:
            text = documents.text(checksum)
            if text is not None:
                for quote in waiting.pop((checksum, False)):
                    findings += _told(quote, _misplaced(quote, text, "document"))
        for record in records_in(documents.paths.values()):
            if isinstance(record, UnreadableRecords):
                findings.append(_unreadable_records(record))
            elif record.checksum in used:
                files_of_records.add(record.path)
                for quote in waiting.pop((record.checksum, True), ()):
                    findings += _told(quote, _not_in_record(quote, record.value))
        unchecked = [quote for quotes in waiting.values() for quote in quotes]
        return findings, QuoteCheck(
            quotes=len(self._quotes) - len(unchecked),
            unchecked_quotes=len(unchecked),
            sources_without_document=tuple(
                sorted({quote.source.value for quote in unchecked if quote.source is not None})
            ),
            documents_without_source=tuple(
                sorted(
                    path.name
                    for checksum, path in documents.paths.items()
                    if checksum not in used and path not in files_of_records
                )
            ),
        )

    def _sum_of(self, source: NamedNode | None) -> str | None:
        if source is None or source not in self._sources:
            return None
        return _literal(self._sources[source][1], "sha256")

    def _renewed(self, documents: Documents) -> Iterator[Finding]:
        """Find documents that carry the name of a source and are not the text as it was read."""
        for source, (file, facts) in self._sources.items():
            name = _literal(facts, "fileName")
            found = None if name is None else documents.sum_of_name(name)
            if found is not None and documents.text(self._sum_of(source)) is None:
                yield Finding(
                    severity=Severity.VIOLATION,
                    message=f"The file {name} is not the text as it was read: its SHA-256 is"
                    f" {found}. Look for the old one, or read the new one again.",
                    origin=ORIGIN,
                    file=file.path,
                    line=file.lines.line_of(source.value, CKG["sha256"].value),
                    record=source.value,
                    property=CKG["sha256"].value,
                    value=self._sum_of(source),
                )


def _unreadable(documents: Documents, used: set[str]) -> Iterator[Finding]:
    """Find documents of sources that are no text."""
    for checksum, path in documents.paths.items():
        if checksum in used and documents.text(checksum) is None:
            yield Finding(
                severity=Severity.WARNING,
                message="The document is not text in UTF-8: no quote can be looked up in it.",
                origin=ORIGIN,
                file=path,
            )


def _unreadable_records(place: UnreadableRecords) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        message=place.problem,
        origin=ORIGIN,
        file=place.path,
        line=place.line,
    )


def _facts_of(quads: Iterable[Quad]) -> dict[NamedNode, Facts]:
    """Arrange what a file says by subject and property."""
    facts: dict[NamedNode, Facts] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            facts[quad.subject][quad.predicate].append(quad.object)
    return {subject: dict(about) for subject, about in facts.items()}


def _quotes_of(file: GraphFile, facts: dict[NamedNode, Facts]) -> Iterator[_Quote]:
    record_of: dict[Node, list[Facts]] = defaultdict(list)
    for about in facts.values():
        for evidence in about.get(CKG["evidence"], ()):
            record_of[evidence].append(about)
    for subject, about in facts.items():
        text, pointer = _literal(about, "quote"), _literal(about, "jsonPointer")
        if text is None and pointer is None:
            continue
        is_shown = text is not None and CKG["Stated"] in about.get(CKG["status"], ())
        sources = [each for each in about.get(CKG["source"], ()) if isinstance(each, NamedNode)]
        yield _Quote(
            file=file,
            evidence=subject,
            text=text,
            pointer=pointer,
            start=_offset(about, "start"),
            end=_offset(about, "end"),
            source=sources[0] if sources else None,
            stated=tuple(_shown_values(about, record_of[subject])) if is_shown else (),
        )


def _shown_values(evidence: Facts, records: Iterable[Facts]) -> Iterator[tuple[NamedNode, Literal]]:
    """Give the numbers and wordings of the properties that a piece of evidence supports."""
    for property_ in evidence.get(CKG["supports"], ()):
        if isinstance(property_, NamedNode):
            for record in records:
                for value in record.get(property_, ()):
                    # What is typed as a number and is none is told of by the shapes.
                    if isinstance(value, Literal) and (
                        property_ in _AS_PRINTED
                        or (value.datatype in _NUMERIC and _NUMBER.fullmatch(value.value))
                    ):
                        yield property_, value


def _shows(quote: str, value: Literal) -> bool:
    if value.datatype in _NUMERIC:
        return abs(Decimal(value.value)) in numbers_in(quote)
    # A quote keeps the line ends of the document and a wording does not.
    return _on_one_line(value.value) in _on_one_line(quote)


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).casefold()


def _literal(facts: Facts, name: str) -> str | None:
    values = [each.value for each in facts.get(CKG[name], ()) if isinstance(each, Literal)]
    return values[0] if values else None


def _offset(facts: Facts, name: str) -> int | None:
    value = _literal(facts, name)
    return int(value) if value is not None and value.isdecimal() else None


def _not_in_record(quote: _Quote, record: object) -> str | None:
    """Say why evidence does not show what it points at in its registry record."""
    assert quote.pointer is not None  # noqa: S101 - it waits for a record
    try:
        value = value_at(record, quote.pointer)
    except LookupError as error:
        reached = error.args[0] or "its beginning"
        return f"The registry record has nothing at {quote.pointer}: it goes as far as {reached}."
    if quote.text is None:
        return None
    if not isinstance(value, str):
        return (
            f"At {quote.pointer} the registry record has no text, so nothing can be quoted there."
        )
    return _misplaced(quote, value, f"text at {quote.pointer}")


def _misplaced(quote: _Quote, text: str, place: str) -> str | None:
    """Say where a quote does not stand, and where it does, if anywhere."""
    if quote.text is None or quote.start is None or quote.end is None:
        return None  # the shapes say so
    found = text[quote.start : quote.end]
    if found == quote.text:
        return None
    elsewhere = text.find(quote.text)
    if elsewhere >= 0:
        hint = f"the quote begins at {elsewhere} and ends at {elsewhere + len(quote.text)}"
        if text.find(quote.text, elsewhere + 1) >= 0:
            hint += ", and it occurs again"
    else:
        hint = "the quote is nowhere in it, letter by letter"
    return f"From {quote.start} to {quote.end} the {place} reads {found[:100]!r}; {hint}."


def _told(quote: _Quote, message: str | None) -> Iterator[Finding]:
    if message is not None:
        name = "quote" if quote.text is not None else "jsonPointer"
        yield _finding(quote, message, CKG[name], quote.text or quote.pointer or "")


def _finding(quote: _Quote, message: str, property_: NamedNode, value: str) -> Finding:
    at = CKG["quote"] if quote.text is not None else CKG["jsonPointer"]
    return Finding(
        severity=Severity.VIOLATION,
        message=message,
        origin=ORIGIN,
        file=quote.file.path,
        line=quote.file.lines.line_of(quote.evidence.value, at.value),
        record=quote.evidence.value,
        property=property_.value,
        value=value,
    )
