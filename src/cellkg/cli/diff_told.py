"""What changed between two versions, with the words that people know its things by."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from cellkg.graph.names import short_name, spoken
from cellkg.vocabulary import GRAPH, PREFIXES, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cellkg.comparing import (
        AnswerChange,
        Difference,
        GraphChange,
        NotAsked,
        RecordChange,
        ValueChange,
        Words,
    )
    from cellkg.graph.names import Node

NOTHING = "nothing"
"""What stands for no value and no words at all: never a zero, never an empty text."""

_WORDS_OF_PROPERTIES = {
    "rdf:type": "class",
    "skos:broader": "broader term",
    "skos:prefLabel": "label",
    "skos:altLabel": "synonym",
    "skos:hiddenLabel": "related name",
    "skos:definition": "definition",
    "skos:editorialNote": "note of the editors",
    "skos:inScheme": "scheme",
    "skos:exactMatch": "exact match",
    "skos:closeMatch": "close match",
    "skos:broadMatch": "broader match",
    "skos:narrowMatch": "narrower match",
    "skos:relatedMatch": "related match",
    "rdfs:label": "label",
    "rdfs:domain": "domain",
    "rdfs:range": "range",
    "rdfs:subClassOf": "broader class",
    "rdfs:subPropertyOf": "broader property",
    "dcterms:title": "title",
}
"""What the ontology has no label for, because other vocabularies define it."""


class Told(NamedTuple):
    """A difference, ready to be written.

    Attributes:
        difference: What changed in the graphs.
        labels: What people call things, by IRI.
        answers: The questions that are answered differently.
        not_asked: The questions that one of the versions could not be asked.
        asked: How many questions were asked; None where nobody wanted it, or nothing differs.
    """

    difference: Difference
    labels: Mapping[str, str]
    answers: tuple[AnswerChange, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()
    asked: int | None = None

    @property
    def has_news(self) -> bool:
        """Whether any record, or any answer, is not the same."""
        return bool(self.difference.news or self.answers or self.not_asked)

    def summary(self) -> str:
        """Say in one line how much differs."""
        difference = self.difference
        studies = ", ".join(
            f"{difference.count_studies(each)} {each}" for each in ("added", "withdrawn", "changed")
        )
        records = ", ".join(
            f"{difference.count_records(each)} {each}" for each in ("added", "withdrawn", "changed")
        )
        parts = [f"studies: {studies}", f"records: {records}"]
        if self.asked is not None:
            parts.append(f"answers: {len(self.answers)} of {self.asked} changed")
        if difference.renamed:
            parts.append(f"no news: {difference.renamed} records with another name")
        if difference.moved:
            parts.append(f"no news: {difference.moved} pieces of evidence at another place")
        return "; ".join(parts)

    def text(self, node: Node | None, home: str = "") -> str:
        """Write a value as people read it."""
        return spoken(node, self.labels, home)

    def texts(self, nodes: Iterable[Node], home: str = "") -> str:
        """Write several values in one line."""
        return ", ".join(self.text(each, home) for each in nodes)

    def property_text(self, predicate: NamedNode | None) -> str:
        """Write a property as people read it."""
        if predicate is None:
            return "record as a whole"
        known = _WORDS_OF_PROPERTIES.get(shorten(predicate.value))
        return known or self.labels.get(predicate.value) or shorten(predicate.value)

    def record_text(self, record: RecordChange, home: str) -> str:
        """Name a record: its class, its name, and what it is about."""
        kind = self.text(record.kind) if record.kind else "statement"
        own = self.labels.get(getattr(record.name, "value", ""))
        name = short_name(record.name.value, home) if isinstance(record.name, NamedNode) else ""
        name = name or str(getattr(record.name, "value", ""))
        if record.former is not None:
            name += f", formerly {self.text(record.former, home)}"
        about = self.text(record.about, home) if record.about else own
        return f"{kind} {name} ({about})" if about and about != name else f"{kind} {name}"

    def words_text(self, words: Words) -> str:
        """Write what a value rests on: the quote, and how the value follows unless it is stated."""
        quote = f"“{words.quote}”" if words.quote else ""
        status = "" if words.status is None else self.text(words.status)
        follows = ": ".join(filter(None, ("" if status == "stated" else status, words.reasoning)))
        source = "" if words.source is None else f"in {self.text(words.source)}"
        told = " — ".join(filter(None, (quote, follows))) or status or "no words"
        return f"{told} ({source})" if source else told


def home_of(graph: GraphChange) -> str:
    """Give the IRI of the study that a graph is about, or nothing."""
    study = graph.name.removeprefix(GRAPH["study/"].value)
    return "" if study == graph.name else PREFIXES["study"] + study


def graph_title(graph: GraphChange) -> str:
    """Name a graph as people know it."""
    home = home_of(graph)
    if not home:
        return graph.name.removeprefix(GRAPH.iri).replace("-", " ").capitalize()
    title = getattr(graph.title, "value", "")
    return f"Study {short_name(home)}" + (f": {title}" if title else "")


def grouped_words(record: RecordChange) -> dict[tuple[tuple[Words, ...], ...], list[ValueChange]]:
    """Put the properties of a record together whose words changed in the same way."""
    found: dict[tuple[tuple[Words, ...], ...], list[ValueChange]] = {}
    for each in record.values:
        if each.words_before or each.words_after:
            found.setdefault((each.words_before, each.words_after), []).append(each)
    return found
