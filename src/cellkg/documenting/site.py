"""Everything that the pages tell, and where each thing is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cellkg.documenting.ontology_words import Ontology, read_ontology
from cellkg.documenting.shape_words import ShapeSection, read_shapes
from cellkg.documenting.statements import Statements
from cellkg.documenting.term_pages import Scheme, read_schemes
from cellkg.identifiers.compact_iris import ONTOLOGY_PREFIXES
from cellkg.querying import list_questions
from cellkg.vocabulary import CKG, DCTERMS, RDFS, SKOS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cellkg.querying import StoredQuestion

ONTOLOGY_PAGE: Final = "ontology.html"
SHAPES_PAGE: Final = "shapes.html"
QUESTIONS_PAGE: Final = "questions.html"


class Place(NamedTuple):
    """Where something is told.

    Attributes:
        address: The page, with the fragment; empty where no page tells of it.
        text: What people call it.
    """

    address: str
    text: str


class Entry(NamedTuple):
    """Something that a search on the first page finds.

    Attributes:
        label: What people call it.
        kind: What it is.
        address: Where it is told.
        names: Its other names.
    """

    label: str
    kind: str
    address: str
    names: tuple[str, ...] = ()


class Documentation(NamedTuple):
    """Everything that the pages tell.

    Attributes:
        ontology: The ontology.
        shapes: What a record has to look like.
        schemes: The terms.
        questions: The stored questions.
        checks: The questions whose rows mean that something is wrong.
        examples: A command line for each question, by its name.
        places: Where each thing is told, by IRI.
        prefixes: What compact IRIs begin with, and what it stands for.
    """

    ontology: Ontology
    shapes: tuple[ShapeSection, ...]
    schemes: tuple[Scheme, ...]
    questions: tuple[StoredQuestion, ...]
    checks: tuple[StoredQuestion, ...]
    examples: Mapping[str, str]
    places: Mapping[str, Place]
    prefixes: Mapping[str, str]

    def place(self, iri: str) -> Place:
        """Tell where something is told, and what it is called.

        Args:
            iri: Its IRI.

        Returns:
            A page of ours, or the IRI itself where it is an address of the web.
        """
        found = self.places.get(iri)
        if found is not None:
            return found
        address = iri if iri.startswith(("https://", "http://")) else ""
        return Place(address, self.compact(iri))

    def compact(self, iri: str) -> str:
        """Write an IRI with the longest prefix that fits, or whole where none does."""
        fitting = [
            (len(start), prefix)
            for prefix, start in self.prefixes.items()
            if iri.startswith(start) and iri != start
        ]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"

    def counts(self) -> dict[str, int]:
        """Count what there is."""
        return {
            "classes": len(self.ontology.classes),
            "properties": len(self.ontology.properties),
            "values of closed lists": sum(len(each.values) for each in self.ontology.classes),
            "shapes": sum(len(each.requirements) for each in self.shapes),
            "questions": len(self.questions),
            "checks": len(self.checks),
            "schemes": len(self.schemes),
            "terms": sum(len(each.terms) for each in self.schemes),
        }

    def entries(self) -> Iterator[Entry]:
        """Give everything that a search finds, in the order of the pages."""
        for scheme in self.schemes:
            yield from (
                Entry(each.label, scheme.title, self.place(each.iri).address, each.synonyms)
                for each in scheme.terms
            )
        for one in self.ontology.classes:
            address = self.place(one.iri).address
            yield Entry(one.label, "class", address, (shorten(one.iri),))
            yield from (
                Entry(value.label, one.label, self.place(value.iri).address, (shorten(value.iri),))
                for value in one.values
            )
        for each in self.ontology.properties:
            yield Entry(each.label, "property", self.place(each.iri).address, (shorten(each.iri),))
        for kind, several in (("question", self.questions), ("check", self.checks)):
            for question in several:
                address = f"{QUESTIONS_PAGE}#{question.name}"
                yield Entry(question.summary, kind, address, (question.name, *question.keywords))
        for section in self.shapes:
            for shape in section.requirements:
                yield Entry(shape.label, "shape", self.place(shape.iri).address, (shape.message,))


def read_documentation(ontology: Path, queries: Path, examples: Mapping[str, str]) -> Documentation:
    """Read everything that the pages tell.

    Args:
        ontology: The folder of the ontology, with the folders ``terms`` and ``shapes`` inside.
        queries: The folder of the stored questions, with the folder ``checks`` inside.
        examples: A command line for each question, by its name.

    Returns:
        The documentation; the same files give the same.

    Raises:
        SourceFileError: A file is not what it should be.

    Example:
        >>> from cellkg.shipped_files import folder
        >>> found = read_documentation(folder("ontology"), folder("queries"), {})
        >>> found.place("https://w3id.org/cellkg/term/fever")
        Place(address='terms-adverse-events.html#fever', text='fever')
    """
    words = Statements(sorted(ontology.glob("*.ttl")))
    terms = Statements(sorted((ontology / "terms").glob("*.ttl")))
    shapes = Statements(sorted((ontology / "shapes").glob("*.ttl")))
    read = read_ontology(words, CKG.iri)
    schemes = read_schemes(terms)
    places = dict(_places(read, schemes))
    labels = {iri: place.text for iri, place in places.items()} | _borrowed_labels()
    sections = read_shapes(shapes, labels)
    places |= _shape_places(sections)
    return Documentation(
        read,
        sections,
        schemes,
        list_questions(queries),
        list_questions(queries / "checks"),
        examples,
        places,
        words.prefixes | terms.prefixes | shapes.prefixes | ONTOLOGY_PREFIXES,
    )


def scheme_page(name: str) -> str:
    """Name the page of a scheme of terms."""
    return f"terms-{name}.html"


def anchor(iri: str) -> str:
    """Give the last part of an IRI, by which a page is entered."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def _places(ontology: Ontology, schemes: Iterable[Scheme]) -> Iterator[tuple[str, Place]]:
    for one in ontology.classes:
        yield one.iri, Place(f"{ONTOLOGY_PAGE}#{anchor(one.iri)}", one.label)
        for value in one.values:
            yield value.iri, Place(f"{ONTOLOGY_PAGE}#{anchor(value.iri)}", value.label)
    for each in ontology.properties:
        yield each.iri, Place(f"{ONTOLOGY_PAGE}#{anchor(each.iri)}", each.label)
    for scheme in schemes:
        page = scheme_page(scheme.name)
        yield scheme.iri, Place(page, scheme.title)
        for term in scheme.terms:
            yield term.iri, Place(f"{page}#{anchor(term.iri)}", term.label)


def _shape_places(sections: Iterable[ShapeSection]) -> dict[str, Place]:
    return {
        shape.iri: Place(f"{SHAPES_PAGE}#{anchor(shape.iri)}", shape.label)
        for section in sections
        for shape in section.requirements
    }


def _borrowed_labels() -> dict[str, str]:
    """Give words for properties that other vocabularies define."""
    return {
        DCTERMS["title"].value: "title",
        RDFS["label"].value: "label",
        SKOS["prefLabel"].value: "preferred label",
        SKOS["altLabel"].value: "synonym",
        SKOS["hiddenLabel"].value: "related name",
        SKOS["broader"].value: "broader term",
        SKOS["inScheme"].value: "scheme",
        SKOS["topConceptOf"].value: "top of the scheme",
        SKOS["definition"].value: "definition",
        SKOS["editorialNote"].value: "note of the editors",
    } | {SKOS[name].value: words for name, words in _MATCHES.items()}


_MATCHES: Final = {
    "exactMatch": "exact match",
    "closeMatch": "close match",
    "broadMatch": "broader match",
    "narrowMatch": "narrower match",
    "relatedMatch": "related match",
}
