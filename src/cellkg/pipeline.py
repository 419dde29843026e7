"""The whole build in reading order: from ontology, terms and graph files to what is asked.

ontology → terms → graphs → closure → overlaps → term index → marker, see `_fill`.
"""

from __future__ import annotations

from cellkg.errors import StoreError
from cellkg.store import LocalStore, cache
from cellkg.store.complete_folders import IMPORTED, open_folder
from cellkg.store.input_files import InputFiles, version_of
from cellkg.vocabulary import ONTOLOGY_GRAPH, TERMS_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Final

    from pyoxigraph import Quad

    from cellkg.store import GraphStore
    from cellkg.store.complete_folders import CompleteFolder
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
    cached = _Cached(folder, inputs, progress)
    report = _report_of(cached.made, tuple(cached.files.ignored))
    return BuiltGraph(
        cached.data_version, report, cached.store, cached.terms, rebuilt=cached.rebuilt
    )


def open_built(folder: Path) -> BuiltGraph:
    """Open a graph by the folder that it was built or imported into.

    Args:
        folder: One folder inside a cache, or one that studies were imported into.

    Returns:
        The graph; the report tells of the build, before anything was imported.

    Raises:
        StoreError: It is not complete, is being written to, was made by another version, or is
            damaged.
    """
    made = open_folder(folder)
    data_version = made.facts["data version"]
    if made.facts.get("content") == IMPORTED:
        from cellkg.store.import_store import data_version_of

        data_version = data_version_of(_store_of(made))
    return BuiltGraph(
        data_version,
        _report_of(made, ()),
        lambda: _store_of(made, data_version),
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


def fill_import_store(folder: Path) -> dict[str, str]:
    """Put what a store of imported studies begins with into a folder.

    Args:
        folder: An empty folder; it gets the ontology, the terms, and the graphs made by hand that
            come with cellkg, with what follows from them.

    Returns:
        What the marker of the store is to say.
    """
    from cellkg.shipped_files import folder as shipped

    graphs = shipped("graphs")
    files = InputFiles(shipped("ontology"), (graphs / "curated", graphs / "institutions.ttl"))
    return _fill(folder, files, None)


class _Cached:
    """The build of some inputs in a cache, made where it is not there, and again where damaged."""

    def __init__(self, folder: Path, inputs: Inputs, progress: Progress | None) -> None:
        self.folder = folder
        self.inputs = inputs
        self.progress = progress
        self.files = InputFiles(inputs.ontology, inputs.graphs)
        self.data_version = version_of(self.files, folder)
        found = cache.find(folder, self.data_version)
        self.rebuilt = found is None
        self.made = found or self._build()

    def store(self) -> GraphStore:
        """Open the store."""
        try:
            return _store_of(self.made)
        except StoreError:
            self._build_again()
            return _store_of(self.made)

    def terms(self) -> TermIndex:
        """Open the term index."""
        try:
            return _terms_of(self.made)
        except StoreError:
            self._build_again()
            return _terms_of(self.made)

    def _build_again(self) -> None:
        cache.remove(self.folder, self.made)
        self.made = self._build()

    def _build(self) -> CompleteFolder:
        def fill(content: Path) -> dict[str, str]:
            facts = _fill(content, self.files, self.progress)
            now = InputFiles(self.inputs.ontology, self.inputs.graphs)
            if now.status() != self.files.status():
                raise StoreError(
                    "The graph files changed while they were being read: ask again.", kind="cache"
                )
            return facts

        return cache.build(self.folder, self.data_version, fill)


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
    from cellkg.linking import write_overlaps
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
    write_overlaps(store)
    return BuildReport(
        files=len(files.graphs),
        studies=len(reader.studies),
        quads=len(store),
        closure=closure,
        ignored=tuple(files.ignored),
    )


def _index_terms(store: LocalStore) -> TermIndex:
    from cellkg.terms import TermIndex, read_terms

    graphs = (TERMS_GRAPH, ONTOLOGY_GRAPH)  # the closed lists stand in the ontology
    quads = (quad for graph in graphs for quad in store.quads(graph=graph))
    return TermIndex.from_terms(read_terms(quads))


def _store_of(made: CompleteFolder, data_version: str | None = None) -> LocalStore:
    version = made.facts["data version"] if data_version is None else data_version
    return LocalStore.open(made.folder / _STORE, version, holding=made)


def _terms_of(made: CompleteFolder) -> TermIndex:
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


def _report_of(made: CompleteFolder, ignored: tuple[Path, ...]) -> BuildReport:
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
