"""The whole validation in reading order: syntax, shapes, checks, values, quotes."""

from __future__ import annotations

import os
from hashlib import file_digest
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from cellkg.shipped_files import folder
from cellkg.store import LocalStore
from cellkg.store.graph_files import GraphFileReader, quads_into
from cellkg.validation.findings_cache import FindingsCache
from cellkg.validation.graph_files import find_files, read_files
from cellkg.validation.report import Finding, ValidationReport
from cellkg.validation.shapes import ShapeChecker
from cellkg.validation.shards import check_shapes
from cellkg.validation.shipped_graphs import referred_to
from cellkg.validation.sources import QuoteReader
from cellkg.validation.violation_queries import CHECK_FILES, run_checks
from cellkg.vocabulary import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from cellkg.validation.graph_files import GraphFile
    from cellkg.validation.report import Progress


def validate(
    paths: Sequence[Path] = (), sources: Path | None = None, progress: Progress | None = None
) -> ValidationReport:
    """Check graph files: syntax, shapes, checks, values in their quotes, quotes in documents.

    What was found is kept in the cache folder of cellkg, so that only what changed is checked
    again.

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
        SourceFileError: A file was changed while it was checked.

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
    ontology, graphs, checks = folder("ontology"), folder("graphs"), folder("queries") / "checks"
    shipped = [ontology / "terms", graphs]
    given = find_files(paths or shipped)
    others = find_files(shipped) if paths else []
    rules = [*sorted(ontology.rglob("*.ttl")), *sorted(checks.glob(CHECK_FILES))]
    cache = FindingsCache()
    key = cache.key(_state(rules), _state(others), _state(given))
    kept = cache.get(key) if sources is None else None
    if kept is not None:
        findings = tuple(Finding.from_dict(each) for each in kept["findings"])
        return ValidationReport(findings=findings, files=tuple(given), values=kept["values"])
    report = _check(given, others, sources, cache, progress)
    if sources is None:
        plain = [finding.as_dict() for finding in report.findings]
        cache.put(key, {"findings": plain, "values": report.values})
    cache.remove_old()
    return report


def _check(
    given: Sequence[Path],
    shipped: Sequence[Path],
    sources: Path | None,
    cache: FindingsCache,
    progress: Progress | None,
) -> ValidationReport:
    ontology = folder("ontology")
    files = read_files(given)
    findings = [file.problem for file in files if file.problem is not None]

    store = LocalStore()
    store.load(quads_into(ontology / "cellkg.ttl", ONTOLOGY_GRAPH))
    quotes = QuoteReader()
    contents = _read_once(files, store, quotes, progress)
    findings += check_shapes(ShapeChecker(ontology), contents, cache)
    told = frozenset(subject for file in files for subject in file.subjects)
    for file in referred_to(shipped, GraphFileReader(), told, _named(store)) if shipped else ():
        quads = file.quads()
        store.load(quads)
        quotes.add_sources(file, quads)

    checks = run_checks(store, folder("queries") / "checks", files, progress)
    findings += [finding for finding in checks if finding.record in told]

    value_findings, values = quotes.check_values()
    findings += value_findings
    quote_check = None
    if sources is not None:
        quote_findings, quote_check = quotes.check_quotes(sources)
        findings += quote_findings
    return ValidationReport(
        findings=tuple(findings), files=tuple(given), values=values, quote_check=quote_check
    )


def _state(paths: Iterable[Path]) -> bytes:
    """Hash files with their names: whatever is done to one of them, this is another."""
    lines = []
    for path in paths:
        with path.open("rb") as opened:
            lines.append(f"{file_digest(opened, 'sha256').hexdigest()} {path}\n")
    return os.fsencode("".join(lines))


def _read_once(
    files: Sequence[GraphFile], store: LocalStore, quotes: QuoteReader, progress: Progress | None
) -> Iterator[tuple[GraphFile, Sequence[Quad]]]:
    """Give all that files say, one file after the other, and pass it on to who else needs it."""
    for number, file in enumerate(files):
        if progress is not None:
            progress("checking shapes", number, len(files))
        quads = file.quads()
        store.load(quads)
        quotes.add(file, quads)
        yield file, quads


def _named(store: LocalStore) -> frozenset[str]:
    """List the IRIs that the files which are checked name as a subject or an object."""
    ends = (end for quad in store.quads() for end in (quad.subject, quad.object))
    return frozenset(end.value for end in ends if isinstance(end, NamedNode))
