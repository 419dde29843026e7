"""The front door: a graph of evidence that answers questions."""

from __future__ import annotations

from pathlib import Path

from cellkg.errors import UserInputError
from cellkg.shipped_files import folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import rdflib
    from pyoxigraph import Triple

    from cellkg.overview import Selection
    from cellkg.pipeline import BuiltGraph, Progress
    from cellkg.querying import Answer, StoredQuestion
    from cellkg.querying.answer import PlainValue
    from cellkg.querying.ask import Understanding
    from cellkg.querying.binding import Value
    from cellkg.records import Evidence, Study
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

SHIPPED = "shipped"
"""The word that stands for the graphs that come with cellkg."""


def open_graph(
    graphs: Sequence[Path | str] | None = None,
    store: str = "cache",
    *,
    progress: Progress | None = None,
) -> Graph:
    """Open the evidence graph; nothing is read before the first question.

    Args:
        graphs: Folders of graph files, or graph files, instead of those that come with cellkg;
            the word "shipped" among them stands for the shipped ones.
        store: "cache" for a copy on disk that is built when files change, "memory", or the
            address of a SPARQL 1.1 endpoint that holds the graphs.
        progress: Told, while a copy is built, the name of the step, how much of it is done, and
            how much there is if that is known.

    Returns:
        The graph.

    Raises:
        UserInputError: The store is none of these, or graphs are given for an endpoint.
        ShippedFolderMissing: What comes with cellkg is not where it should be.

    Example:
        >>> graph = open_graph()
        >>> answer = graph.ask(
        ...     "adverse-event-answers", cellType="MSC", route="intrathecal", event="fever"
        ... )
        >>> [row["answer"] for row in answer.as_dicts()].count("reported")
        4
    """
    from cellkg.pipeline import Inputs, build_in_memory, open_built, open_cached

    folders = [folder("graphs") if each == SHIPPED else Path(each) for each in graphs or [SHIPPED]]
    inputs = Inputs(folder("ontology"), tuple(folders))
    if store == "memory":
        return Graph(lambda: build_in_memory(inputs, progress), inputs.graphs)
    if store == "cache":
        return Graph(lambda: open_cached(inputs, progress=progress), inputs.graphs)
    is_address = store.startswith(("http://", "https://"))
    if not is_address and not Path(store).is_dir():
        raise UserInputError(
            f"There is no store '{store}'; give cache, memory, a folder that  cellkg import  made,"
            " or the address of a SPARQL endpoint that begins with http:// or https://.",
            value=store,
            suggestions=["cache", "memory"],
        )
    if graphs:
        what = f"endpoint {store}" if is_address else f"store '{store}'"
        raise UserInputError(
            f"The {what} holds its own graphs; leave out either it or the folders.",
            value=store,
        )
    if not is_address:
        return Graph(lambda: open_built(Path(store)))
    from cellkg.store.endpoint_store import EndpointStore

    return Graph(lambda: open_cached(inputs, progress=progress), endpoint=EndpointStore(store))


class Graph:
    """Studies of cell therapy with the evidence for every fact.

    `open_graph` makes one. Nothing is read before it is needed.

    Args:
        open_built: Opens the stored copy, with the terms.
        paths: The graph files and folders that the copy is made from.
        endpoint: Where to ask instead of the copy, which then only gives the terms.

    Attributes:
        paths: The graph files and folders; none for an endpoint.
    """

    def __init__(
        self,
        open_built: Callable[[], BuiltGraph],
        paths: tuple[Path, ...] = (),
        endpoint: GraphStore | None = None,
    ) -> None:
        self.paths = paths
        self._open_built = open_built
        self._endpoint = endpoint
        self._built: BuiltGraph | None = None
        self._questions: tuple[StoredQuestion, ...] | None = None

    @property
    def built(self) -> BuiltGraph:
        """The stored copy, with the report of how it was built."""
        if self._built is None:
            self._built = self._open_built()
        return self._built

    @property
    def store(self) -> GraphStore:
        """The named graphs, for SPARQL and single triples."""
        return self.built.store if self._endpoint is None else self._endpoint

    @property
    def terms(self) -> TermIndex:
        """The terms: labels, synonyms, near misses."""
        return self.built.terms

    @property
    def data_version(self) -> str:
        """Which data these are: equal where the graph files are equal."""
        return self.built.data_version if self._endpoint is None else self._endpoint.data_version

    @property
    def questions(self) -> tuple[StoredQuestion, ...]:
        """The stored questions, by name.

        Example:
            >>> "adverse-event-answers" in [each.name for each in open_graph().questions]
            True
        """
        if self._questions is None:
            from cellkg.querying import list_questions

            self._questions = list_questions(folder("queries"))
        return self._questions

    def ask(
        self,
        question: str | StoredQuestion,
        *,
        limit: int | None = None,
        **values: Value | Iterable[Value] | None,
    ) -> Answer:
        """Ask a stored question.

        Args:
            question: It, or its name.
            limit: How many rows to keep at most; those beyond are counted.
            **values: What it takes, one value or several each: terms by label, synonym, CURIE or
                IRI; ``cell_type`` and ``cellType`` are the same; "any" leaves open what has a
                default.

        Returns:
            The answer: columns, rows of RDF terms, `Answer.as_dicts` for plain values, stamp.

        Raises:
            UserInputError: The question or a value does not exist, or a required one is missing;
                the message says what to give.
            StoreError: The graphs cannot be read or reached.

        Example:
            >>> answer = open_graph().ask("adverse-events-of-study", study="poster")
            Traceback (most recent call last):
            ...
            cellkg.errors.UserInputError: --study: There is no study 'poster'; did you mean
            'ms-intrathecal-msc-poster'?
        """
        from cellkg.querying import find_question, run

        if isinstance(question, str):
            question = find_question(question, folder("queries"))
        return run(
            question,
            self.store,
            self.terms,
            {_in_camel_case(name): value for name, value in values.items()},
            limit,
        )

    def understand(self, sentence: str) -> Understanding:
        """Find the stored question that a sentence asks, with its values.

        Args:
            sentence: The question in words.

        Returns:
            The question, the values, and what was made of each part of the sentence.

        Raises:
            UserInputError: No stored question fits; the message names the nearest.
        """
        from cellkg.querying.ask import understand

        return understand(sentence, self.questions, self.terms, self.store)

    def ask_in_words(self, sentence: str, *, limit: int | None = None) -> Answer:
        """Ask in words.

        Args:
            sentence: The question, as a person would put it.
            limit: How many rows to keep at most; those beyond are counted.

        Returns:
            The answer; its stamp says which question was understood.

        Raises:
            UserInputError: No stored question fits, or a part of the sentence stands for nothing.
            StoreError: The graphs cannot be read or reached.

        Example:
            >>> answer = open_graph().ask_in_words("which intrathecal MSC trials reported fever")
            >>> answer.stamp.question
            'adverse-event-answers'
        """
        found = self.understand(sentence)
        return self.ask(found.question, limit=limit, **found.values)

    def sparql(self, text: str) -> list[dict[str, PlainValue]] | list[Triple] | bool:
        """Ask a SPARQL 1.1 query; its default graph is the union of all named graphs.

        Args:
            text: A SELECT, ASK, CONSTRUCT or DESCRIBE query.

        Returns:
            For SELECT one dictionary of plain values a row, None where nothing is known; for ASK
            yes or no; for CONSTRUCT and DESCRIBE the triples.

        Raises:
            UserInputError: The text is not such a query; the message has the line and column.
            StoreError: The graphs cannot be read or reached.

        Example:
            >>> open_graph().sparql("ASK { ?study a <https://w3id.org/cellkg/ontology#Study> }")
            True
        """
        from pyoxigraph import QueryBoolean, QuerySolutions

        from cellkg.querying import plain_value

        found = self.store.query(text)
        if isinstance(found, QueryBoolean):
            return bool(found)
        if not isinstance(found, QuerySolutions):
            return list(found)
        names = [variable.value for variable in found.variables]
        return [dict(zip(names, map(plain_value, row), strict=True)) for row in found]

    def study(self, name: str) -> Study:
        """Read one study with everything it contains.

        Args:
            name: Its short name, CURIE, IRI, or the beginning of one short name.

        Returns:
            The record of the study; whatever its sources are silent about is None or empty.

        Raises:
            UserInputError: There is no such study; the message names the nearest.
            SourceFileError: Something about it is not what it should be.

        Example:
            >>> study = open_graph().study("ms-intrathecal-msc-poster")
            >>> [each.count for each in study.adverse_event_findings if "fever" in each.iri.value]
            [4]
        """
        from cellkg.querying.named_things import find_thing
        from cellkg.records import RecordReader, Study
        from cellkg.vocabulary import study_graph

        iri = find_thing(name, "study", self.store)
        graph = study_graph(iri.value)
        return RecordReader(self.store.triples(graph), graph.value).read(Study, iri)

    def evidence(self, record: str) -> tuple[Evidence, ...]:
        """Read what a record rests on.

        Args:
            record: ``study#name`` as the column "record" of an answer shows it, or a CURIE or IRI.

        Returns:
            Its evidence: quote, place in the text as read, source, status, reasoning.

        Raises:
            UserInputError: There is no such record; the message names the nearest.
            SourceFileError: The evidence is not what it should be.

        Example:
            >>> open_graph().evidence("ms-intrathecal-msc-poster#fever")[0].quote
            'Fever 4'
        """
        from cellkg.graph.fact_reader import FactReader
        from cellkg.graph.names import find_record

        iri = find_record(self.store, record)
        reader = FactReader(self.store)
        reader.load([iri])
        return reader.evidence_of(iri)

    def select(
        self, *, studies: Sequence[str] = (), about: Sequence[str] = (), question: str | None = None
    ) -> Selection:
        """Choose the studies that a picture or an export is about.

        Args:
            studies: Names of studies.
            about: Terms: the studies with a record that names one of them, or a narrower one.
            question: A question in words, or a stored one by name with its values, such as
                ``adverse-event-silence event=fever``.

        Returns:
            The studies that fit all that is given; without anything all studies.

        Raises:
            UserInputError: A name stands for nothing, or no study fits.
            StoreError: The graphs cannot be read or reached.
        """
        from cellkg.overview import select

        return select(
            self.store,
            self.terms,
            self.questions,
            studies=studies,
            about=about,
            question=question,
        )

    def to_rdflib(self) -> rdflib.Dataset:
        """Copy all named graphs for rdflib.

        Returns:
            A dataset whose default graph is the union of its named graphs.

        Raises:
            StoreError: The graphs cannot be read or reached.
        """
        from cellkg.exporting import to_rdflib

        return to_rdflib(self.store)


def _in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)
