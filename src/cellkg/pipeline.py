"""The whole build in reading order: from ontology, terms and graph files to what is asked.

ontology → terms → graphs → closure → term index → marker, see `_fill`.
"""

from __future__ import annotations

from cellkg.errors import StoreError
from cellkg.store import LocalStore, cache
from cellkg.store.input_files import InputFiles, version_of
from cellkg.vocabulary import ONTOLOGY_GRAPH, TERMS_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Final

    from pyoxigraph import Quad

    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

    Progress = Callable[[str, int, int | None], None]
    """Told the name of the step, how much of it is done, and how much there is if known."""

_STORE: Final = "store"
_TERM_INDEX: Final = "terms.json"


class Inputs:
    """What a build is made from.

    Args:
        ontology: The folder of the ontology, with the folder ``terms`` inside.
        graphs: Folders of graph files, or single graph files.
    """

    __slots__ = ("graphs", "ontology")

    def __init__(self, ontology: Path, graphs: tuple[Path, ...]) -> None:
        self.ontology = ontology
        self.graphs = graphs


class BuildReport:
    """What a build read and made.

    Attributes:
        files: How many graph files were read.
        studies: How many studies they tell of.
        quads: How many statements the store holds, the closure included.
        closure: How many of them the closure added.
        ignored: Files among the graphs that were not read, as they are neither graph files nor
            documentation.
    """

    __slots__ = ("closure", "files", "ignored", "quads", "studies")

    def __init__(
        self, *, files: int, studies: int, quads: int, closure: int, ignored: tuple[Path, ...]
    ) -> None:
        self.files = files
        self.studies = studies
        self.quads = quads
        self.closure = closure
        self.ignored = ignored


class BuiltGraph:
    """A graph that is ready to be asked; its parts are opened when they are first used.

    Attributes:
        data_version: Which data these are: the SHA-256 of all input files.
        report: What the build read and made.
        rebuilt: Whether it was built just now, and not found in the cache.
    """

    def __init__(
        self,
        data_version: str,
        report: BuildReport,
        open_store: Callable[[], GraphStore],
        open_terms: Callable[[], TermIndex],
        *,
        rebuilt: bool,
    ) -> None:
        """Keep how the parts are opened."""
        self.data_version = data_version
        self.report = report
        self.rebuilt = rebuilt
        self._open_store = open_store
        self._open_terms = open_terms
        self._store: GraphStore | None = None
        self._terms: TermIndex | None = None

    @property
    def store(self) -> GraphStore:
        """The graphs."""
        if self._store is None:
            self._store = self._open_store()
        return self._store

    @property
    def terms(self) -> TermIndex:
        """The terms by their labels, synonyms and IRIs."""
        if self._terms is None:
            self._terms = self._open_terms()
        return self._terms


def shipped_inputs() -> Inputs:
    """Name the ontology and the graphs that come with cellkg.

    Raises:
        ShippedFolderMissing: They are not where they should be.

    Example:
        >>> shipped_inputs().ontology.name
        'ontology'
    """
    from cellkg.shipped_files import folder

    return Inputs(folder("ontology"), (folder("graphs"),))


def open_cached(
    inputs: Inputs, cache_folder: Path | None = None, progress: Progress | None = None
) -> BuiltGraph:
    """Open the graph of some inputs, built before or, where anything changed since, built now.

    Args:
        inputs: What it is made from.
        cache_folder: The folder of builds; None for the one of this user.
        progress: Told how far a build is.

    Returns:
        The graph.

    Raises:
        SourceFileError: An input file is not what it should be.
        UserInputError: A folder does not exist or holds no such files.
        StoreError: The cache cannot be written or read.
    """
    folder = cache.default_folder() if cache_folder is None else cache_folder
    files = InputFiles(inputs.ontology, inputs.graphs)
    data_version = version_of(files, folder)
    found = cache.find(folder, data_version)
    made = found or _build(folder, inputs, files, data_version, progress)

    def open_store() -> GraphStore:
        try:
            return _store_of(made)
        except StoreError:  # complete, and damaged since: build it again
            cache.remove(folder, made)
            return _store_of(_build(folder, inputs, files, data_version, progress))

    report = _report_of(made, tuple(files.ignored))
    return BuiltGraph(
        data_version, report, open_store, lambda: _terms_of(made), rebuilt=found is None
    )


def open_built(folder: Path) -> BuiltGraph:
    """Open a graph by the folder that it was built into.

    Args:
        folder: One folder inside a cache.

    Returns:
        The graph.

    Raises:
        StoreError: It is not complete, was made by another version, or is damaged.
    """
    made = cache.open_folder(folder)
    return BuiltGraph(
        made.facts["data version"],
        _report_of(made, ()),
        lambda: _store_of(made),
        lambda: _terms_of(made),
        rebuilt=False,
    )


def build_in_memory(inputs: Inputs, progress: Progress | None = None) -> BuiltGraph:
    """Build the graph of some inputs without touching any disk.

    Args:
        inputs: What it is made from.
        progress: Told how far the build is.

    Returns:
        The graph.

    Raises:
        SourceFileError: An input file is not what it should be.
        UserInputError: A folder does not exist or holds no such files.
    """
    files = InputFiles(inputs.ontology, inputs.graphs)
    store = LocalStore(version_of(files, None))
    report = _load(store, files, progress)
    return BuiltGraph(
        store.data_version, report, lambda: store, lambda: _index_terms(store), rebuilt=True
    )


def _build(
    folder: Path, inputs: Inputs, files: InputFiles, data_version: str, progress: Progress | None
) -> cache.CachedBuild:
    def fill(content: Path) -> dict[str, str]:
        facts = _fill(content, files, progress)
        if InputFiles(inputs.ontology, inputs.graphs).status() != files.status():
            raise StoreError(
                "The graph files changed while they were being read: ask again.", kind="cache"
            )
        return facts

    return cache.build(folder, data_version, fill)


def _fill(content: Path, files: InputFiles, progress: Progress | None) -> dict[str, str]:
    """Build into an empty folder; give the facts for the marker."""
    store = LocalStore.create(content / _STORE)
    report = _load(store, files, progress)
    terms = _index_terms(store).to_json()
    (content / _TERM_INDEX).write_text(terms, "utf-8")
    _tell(progress, "arranging on disk", 0, None)
    store.finish()
    return {name: str(getattr(report, name)) for name in ("files", "studies", "quads", "closure")}


def _load(store: LocalStore, files: InputFiles, progress: Progress | None) -> BuildReport:
    """Fill a store: ontology, terms, graphs, and what follows from them."""
    from cellkg.reasoning.closure import materialise
    from cellkg.store.graph_files import GraphFileReader, quads_into

    reader = GraphFileReader()

    def everything() -> Iterator[Quad]:
        for number, file in enumerate(files.all()):
            _tell(progress, "reading", number, len(files.all()))
            if number < len(files.ontology):
                yield from quads_into(file.path, ONTOLOGY_GRAPH)
            elif number < len(files.ontology) + len(files.terms):
                yield from quads_into(file.path, TERMS_GRAPH)
            else:
                yield from reader.quads(file.path)

    store.load(everything())
    _tell(progress, "drawing conclusions", 0, None)
    closure = materialise(store)
    return BuildReport(
        files=len(files.graphs),
        studies=len(reader.studies),
        quads=len(store),
        closure=closure,
        ignored=tuple(files.ignored),
    )


def _index_terms(store: LocalStore) -> TermIndex:
    from cellkg.terms import read_terms

    return read_terms(store.quads(graph=TERMS_GRAPH))


def _store_of(made: cache.CachedBuild) -> LocalStore:
    return LocalStore.open(made.folder / _STORE, made.facts["data version"], holding=made)


def _terms_of(made: cache.CachedBuild) -> TermIndex:
    from cellkg.terms import TermIndex

    try:
        return TermIndex.from_json((made.folder / _TERM_INDEX).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"The build in '{made.folder}' is damaged ({error}): remove that folder and ask again,"
            " and it is built anew.",
            kind="disk",
            location=made.folder,
        ) from error


def _report_of(made: cache.CachedBuild, ignored: tuple[Path, ...]) -> BuildReport:
    return BuildReport(
        files=int(made.facts["files"]),
        studies=int(made.facts["studies"]),
        quads=int(made.facts["quads"]),
        closure=int(made.facts["closure"]),
        ignored=ignored,
    )


def _tell(progress: Progress | None, step: str, done: int, total: int | None) -> None:
    if progress is not None:
        progress(step, done, total)
