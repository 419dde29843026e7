"""The whole validation in reading order: syntax, shapes, checks, values, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cellkg.shipped_files import folder
from cellkg.store import LocalStore
from cellkg.store.graph_files import quads_into
from cellkg.validation.graph_files import read_files
from cellkg.validation.report import ValidationReport
from cellkg.validation.shapes import ShapeChecker
from cellkg.validation.sources import QuoteReader
from cellkg.validation.violation_queries import run_checks
from cellkg.vocabulary import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cellkg.validation.graph_files import GraphFile
    from cellkg.validation.report import Finding, Progress


def validate(
    paths: Sequence[Path] = (), sources: Path | None = None, progress: Progress | None = None
) -> ValidationReport:
    """Check graph files: syntax, shapes, checks, values in their quotes, quotes in documents.

    Args:
        paths: Graph files and folders of them; none for the terms and graphs that come with
            cellkg. What files refer to is looked up in the shipped graphs as well, except in those
            that tell of the same things.
        sources: The folder of the documents that were quoted; None to look no quote up.
        progress: Told how far it is.

    Returns:
        Everything that was found, not only the first. A file that cannot be read is one of the
        findings; the others are checked all the same.

    Raises:
        UserInputError: A path does not exist, is not a graph file, or a folder holds none.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "poster.ttl")
        ...     _ = file.write_text("@prefix ckg: <https://w3id.org/cellkg/ontology#>")
        ...     report = validate([file])
        >>> [(finding.line, finding.origin) for finding in report.findings]
        [(1, 'syntax')]
    """
    ontology, graphs = folder("ontology"), folder("graphs")
    shipped = [ontology / "terms", graphs]
    files = read_files(paths or shipped)
    others = _not_told_again(read_files(shipped), files) if paths else []
    findings = [file.problem for file in files if file.problem is not None]
    findings += _shape_findings(ShapeChecker(ontology), files, progress)

    store = LocalStore()
    store.load(quads_into(ontology / "cellkg.ttl", ONTOLOGY_GRAPH))
    for file in [*files, *others]:
        store.load(file.quads)
    described = {subject for file in files for subject in file.subjects}
    checks = run_checks(store, folder("queries") / "checks", files, progress)
    findings += [finding for finding in checks if finding.record in described]

    quotes = QuoteReader(files, others)
    value_findings, values = quotes.check_values()
    findings += value_findings
    quote_check = None
    if sources is not None:
        quote_findings, quote_check = quotes.check_quotes(sources)
        findings += quote_findings
    return ValidationReport(
        findings=tuple(findings),
        files=tuple(file.path for file in files),
        values=values,
        quote_check=quote_check,
    )


def _not_told_again(shipped: list[GraphFile], given: list[GraphFile]) -> list[GraphFile]:
    told = {subject for file in given for subject in file.subjects}
    return [file for file in shipped if told.isdisjoint(file.subjects)]


def _shape_findings(
    checker: ShapeChecker, files: Sequence[GraphFile], progress: Progress | None
) -> Iterator[Finding]:
    for number, file in enumerate(files):
        if progress is not None:
            progress("checking shapes", number, len(files))
        yield from checker.check(file)
