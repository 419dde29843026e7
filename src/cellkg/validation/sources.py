"""Quotes against the documents that they were taken from, and values against their quotes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from cellkg.errors import UserInputError
from cellkg.validation.printed_numbers import numbers_in
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
    """The words of one piece of evidence, and the values that they are said to state."""

    file: GraphFile
    evidence: NamedNode
    text: str
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
                if not _shows(quote.text, value):
                    kind = "number" if value.datatype in _NUMERIC else "wording"
                    name = shorten(property_.value)
                    message = (
                        f"The quote does not show the {kind} {value.value!r} of {name}: quote the"
                        " words that state it, or call it inferred or derived and say why."
                    )
                    findings.append(_finding(quote, message, property_, value.value))
        return findings, sum(len(quote.stated) for quote in self._quotes)

    def check_quotes(self, folder: Path) -> tuple[list[Finding], QuoteCheck]:
        """Look up every quote in its document, found by the SHA-256 of its bytes.

        Args:
            folder: The documents, in UTF-8; folders inside it are searched too.

        Returns:
            A finding for each quote that is not where it should be, and what could not be checked.

        Raises:
            UserInputError: There is no such folder, or it holds no documents.
        """
        documents = _Documents(folder)
        known = {self._sum_of(source) for source in self._sources}
        findings = [*self._renewed(documents), *documents.unreadable(known)]
        unchecked = []
        for quote in self._quotes:
            text = documents.text(self._sum_of(quote.source))
            if text is None:
                unchecked.append(quote)
                continue
            message = _misplaced(quote, text)
            if message is not None:
                findings.append(_finding(quote, message, CKG["quote"], quote.text))
        return findings, QuoteCheck(
            quotes=len(self._quotes) - len(unchecked),
            unchecked_quotes=len(unchecked),
            sources_without_document=tuple(
                sorted({quote.source.value for quote in unchecked if quote.source is not None})
            ),
            documents_without_source=documents.names_without(known),
        )

    def _sum_of(self, source: NamedNode | None) -> str | None:
        if source is None or source not in self._sources:
            return None
        return _literal(self._sources[source][1], "sha256")

    def _renewed(self, documents: _Documents) -> Iterator[Finding]:
        """Find documents that carry the name of a source and are not the text as it was read."""
        for source, (file, facts) in self._sources.items():
            name = _literal(facts, "fileName")
            found = documents.sum_of_name(name)
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


class _Documents:
    """The documents of a folder, by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            message = f"There is no folder '{folder}'; give the one that holds the documents."
            raise UserInputError(message, value=str(folder))
        self._texts: dict[str, str] = {}
        self._paths: dict[str, Path] = {}
        for path in sorted(each for each in folder.rglob("[!.]*") if each.is_file()):
            content = path.read_bytes()
            checksum = hashlib.sha256(content).hexdigest()
            self._paths[checksum] = path
            # Decoding bytes leaves line ends as they are, so that offsets hold everywhere.
            with suppress(UnicodeDecodeError):
                self._texts[checksum] = content.decode("utf-8")
        if not self._paths:
            message = f"The folder '{folder}' holds no documents; give the one that does."
            raise UserInputError(message, value=str(folder))

    def text(self, checksum: str | None) -> str | None:
        return None if checksum is None else self._texts.get(checksum)

    def sum_of_name(self, name: str | None) -> str | None:
        """Give the SHA-256 of the document of this name."""
        return next((each for each, path in self._paths.items() if path.name == name), None)

    def names_without(self, known: set[str | None]) -> tuple[str, ...]:
        return tuple(sorted(path.name for each, path in self._paths.items() if each not in known))

    def unreadable(self, known: set[str | None]) -> Iterator[Finding]:
        """Find documents of sources that are no text."""
        for checksum, path in self._paths.items():
            if checksum in known and checksum not in self._texts:
                yield Finding(
                    severity=Severity.WARNING,
                    message="The document is not text in UTF-8: no quote can be looked up in it.",
                    origin=ORIGIN,
                    file=path,
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
        text = _literal(about, "quote")
        if text is None:
            continue
        is_stated = CKG["Stated"] in about.get(CKG["status"], ())
        sources = [each for each in about.get(CKG["source"], ()) if isinstance(each, NamedNode)]
        yield _Quote(
            file=file,
            evidence=subject,
            text=text,
            start=_offset(about, "start"),
            end=_offset(about, "end"),
            source=sources[0] if sources else None,
            stated=tuple(_shown_values(about, record_of[subject])) if is_stated else (),
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


def _misplaced(quote: _Quote, text: str) -> str | None:
    """Say where a quote does not stand, and where it does, if anywhere."""
    if quote.start is None or quote.end is None:
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
    return f"From {quote.start} to {quote.end} the document reads {found[:100]!r}; {hint}."


def _finding(quote: _Quote, message: str, property_: NamedNode, value: str) -> Finding:
    return Finding(
        severity=Severity.VIOLATION,
        message=message,
        origin=ORIGIN,
        file=quote.file.path,
        line=quote.file.lines.line_of(quote.evidence.value, CKG["quote"].value),
        record=quote.evidence.value,
        property=property_.value,
        value=value,
    )
