"""The pages as texts: nothing is missing, nothing leads nowhere, nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Node, URIRef

from cellkg.documenting import read_documentation, render_site
from cellkg.documenting.diagram import class_diagram
from cellkg.documenting.site import anchor
from cellkg.errors import SourceFileError
from cellkg.shipped_files import folder
from cellkg.vocabulary import CKG, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cellkg.documenting import Documentation

PAGES = {
    "index.html",
    "ontology.html",
    "shapes.html",
    "questions.html",
    *(
        f"terms-{scheme}.html"
        for scheme in (
            *("adverse-events", "cell-types", "conditions", "donors", "outcome-measures"),
            *("routes", "study-designs", "tissues", "units"),
        )
    ),
}
WITHOUT_END = {"meta", "input", "link", "br", "hr", "img", "path", "rect"}


class Parsed(HTMLParser):
    """A page as its elements, which have to be closed in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.entries: list[str] = []
        self.addresses: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element down."""
        values = {name: value or "" for name, value in attrs}
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.addresses += [values[name] for name in ("src", "srcset", "data") if name in values]
        if "entry" in values.get("class", "").split():
            self.entries.append(values["id"])
        if tag not in WITHOUT_END:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG down that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in WITHOUT_END:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        assert self._open.pop() == tag


@pytest.fixture(scope="module")
def parsed(site: Mapping[str, bytes]) -> dict[str, Parsed]:
    """All pages as their elements."""
    return {name: Parsed(page) for name, page in site.items()}


def graph_of(paths: Iterable[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def words() -> Graph:
    """The ontology as rdflib reads it."""
    return graph_of(folder("ontology").glob("*.ttl"))


def own(nodes: Iterable[Node]) -> set[str]:
    return {str(each) for each in nodes if isinstance(each, URIRef) and str(each) in CKG}


def test_there_are_as_many_pages_as_there_should_be(site: Mapping[str, bytes]) -> None:
    assert site.keys() == PAGES
    assert len(PAGES) == 13


def test_every_class_property_and_value_has_its_place(
    parsed: dict[str, Parsed], words: Graph, shipped: Documentation
) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    classes = own(words.subjects(RDF.type, OWL.Class))
    properties = own(each for kind in kinds for each in words.subjects(RDF.type, kind))
    values = own(words.subjects(RDF.type, OWL.NamedIndividual))
    assert (len(classes), len(properties), len(values)) == (55, 224, 91)
    expected = sorted(map(anchor, classes | properties))
    entries = parsed["ontology.html"].entries
    assert sorted([*entries]) == sorted([*expected, "disjoint-classes"])
    assert {*map(anchor, values)} <= {*parsed["ontology.html"].ids}
    assert shipped.counts()["classes"] == len(classes)
    assert shipped.counts()["properties"] == len(properties)
    assert shipped.counts()["values of closed lists"] == len(values)


def test_every_alignment_domain_range_and_chain_is_shown(
    parsed: dict[str, Parsed], site: Mapping[str, bytes], words: Graph
) -> None:
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
    alignments = [str(other) for match in matches for other in words.objects(None, match)]
    assert len(alignments) == 74
    links = parsed["ontology.html"].links
    assert {*alignments} <= {*links}
    chains = list(words.objects(None, OWL.propertyChainAxiom))
    assert site["ontology.html"].count(b"<dt>follows from</dt>") == len(chains) == 23
    assert site["ontology.html"].count(b"<dt>of</dt>") == len(
        set(words.subjects(RDFS.domain, None))
    )


def test_every_shape_has_its_place(parsed: dict[str, Parsed], site: Mapping[str, bytes]) -> None:
    shapes = graph_of((folder("ontology") / "shapes").glob("*.ttl"))
    named = {
        str(each)
        for kind in (SH.NodeShape, SH.PropertyShape)
        for each in shapes.subjects(RDF.type, kind)
        if not isinstance(each, BNode)
    }
    assert len(named) == 359
    assert sorted(parsed["shapes.html"].entries) == sorted(map(anchor, named))
    page = site["shapes.html"].decode()
    assert page.count('<span class="severity warning">') == 5
    assert page.count('<span class="severity info">') == 1
    assert "<q></q>" not in page
    assert page.count("holds what its parts require") == 2


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("dose-dose-value", "at most 1; a decimal number; above 0; not above dose, at most"),
        ("study-title", "exactly 1; a text in a language; in the language en"),
        ("evidence-status", "exactly 1; an evidence status"),
    ],
)
def test_constraints_read_as_words(shipped: Documentation, shape: str, words: str) -> None:
    (found,) = [
        each
        for section in shipped.shapes
        for each in section.requirements
        if anchor(each.iri) == shape
    ]
    assert "; ".join(found.words).startswith(words)


def test_no_constraint_is_without_words(shipped: Documentation) -> None:
    told = [
        word for section in shipped.shapes for each in section.requirements for word in each.words
    ]
    assert len(told) == 677
    assert [word for word in told if word.startswith("sh:") or "_:" in word] == []


def test_every_question_and_check_has_its_place(
    parsed: dict[str, Parsed], site: Mapping[str, bytes]
) -> None:
    files = [*folder("queries").glob("*.rq"), *folder("queries").glob("checks/*.rq")]
    assert len(files) == 74 + 15
    assert sorted(parsed["questions.html"].entries) == sorted(path.stem for path in files)
    page = site["questions.html"].decode()
    assert page.count("<summary>SPARQL</summary>") == len(files)
    assert "<code>cellkg query doses</code>" in page


def test_every_term_has_its_place_with_its_mappings(
    parsed: dict[str, Parsed], shipped: Documentation
) -> None:
    total = 0
    for path in (folder("ontology") / "terms").glob("*.ttl"):
        terms = graph_of([path])
        page = parsed[f"terms-{path.stem}.html"]
        concepts = {*map(str, terms.subjects(RDF.type, SKOS.Concept))}
        assert sorted(page.entries) == sorted(map(anchor, concepts))
        mapped = {
            str(other)
            for match in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
            for other in terms.objects(None, match)
        }
        assert mapped <= {*page.links}
        total += len(concepts)
    counts = shipped.counts()
    assert (counts["terms"], counts["schemes"]) == (total, 9)
    assert total >= 1600


def test_every_link_leads_somewhere(parsed: dict[str, Parsed]) -> None:
    checked = 0
    for name, page in parsed.items():
        assert len(page.ids) == len({*page.ids}), name
        for link in page.links:
            if not link.startswith(("https://", "http://")):
                other, _, fragment = link.partition("#")
                target = parsed[other or name]
                assert not fragment or fragment in target.ids, f"{name}: {link}"
                checked += 1
    assert checked > 8000


def test_every_found_thing_leads_somewhere(
    parsed: dict[str, Parsed], shipped: Documentation
) -> None:
    entries = list(shipped.entries())
    counts = shipped.counts()
    assert len(entries) == sum(counts.values()) - counts["schemes"]
    for entry in entries:
        page, _, fragment = entry.address.partition("#")
        assert fragment in parsed[page].ids


def test_pages_fetch_nothing(parsed: dict[str, Parsed], site: Mapping[str, bytes]) -> None:
    for name, page in parsed.items():
        assert page.addresses == []
        text = site[name].decode()
        assert "default-src &#39;none&#39;" in text
        assert "<link" not in text
        assert "@import" not in text
        assert re.findall(r"\burl\(", text.replace("&#34;", '"').partition("<body>")[0]) == []


def test_the_same_words_give_the_same_bytes(site: Mapping[str, bytes]) -> None:
    again = read_documentation(
        folder("ontology"), folder("queries"), {"doses": "cellkg query doses"}
    )
    assert render_site(again) == site


def test_the_picture_holds_every_record(shipped: Documentation) -> None:
    picture = class_diagram(shipped.ontology)
    drawn = {each.iri for each in picture.boxes}
    records = {each.iri for each in shipped.ontology.classes if CKG["Record"].value in each.broader}
    assert len(records) == 21
    assert records | {CKG["Record"].value, CKG["Evidence"].value} == drawn
    assert picture.left_out == (CKG["OverlapCandidate"].value, CKG["OverlapReason"].value)
    assert len(picture.lines) == len(drawn) - 2  # two roots
    contains = {
        each.iri for each in shipped.ontology.properties if CKG["contains"].value in each.broader
    }
    named = {name for each in picture.boxes for name, _ in each.names}
    assert contains <= {line.iri for line in picture.lines} | named
    by_place = sorted(picture.boxes, key=lambda box: (box.x, box.y))
    for above, below in pairwise(by_place):
        assert above.x != below.x or above.y + above.height < below.y


def test_the_picture_follows_the_ontology(tmp_path: Path, shipped: Documentation) -> None:
    del shipped
    words = folder("ontology") / "cellkg.ttl"
    (tmp_path / "cellkg.ttl").write_text(
        words.read_text("utf-8")
        + 'ckg:Follow a owl:Class ; rdfs:label "follow"@en ; rdfs:subClassOf ckg:Record .\n'
        "ckg:follow a owl:ObjectProperty ; rdfs:subPropertyOf ckg:contains ;"
        " rdfs:domain ckg:Dose ; rdfs:range ckg:Follow .\n",
        "utf-8",
    )
    found = read_documentation(tmp_path, folder("queries"), {})
    boxes = {each.iri: each for each in class_diagram(found.ontology).boxes}
    assert boxes[CKG["Follow"].value].x > boxes[CKG["Dose"].value].x


def test_what_is_not_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("ckg:Record a")
    with pytest.raises(SourceFileError, match=r"broken\.ttl"):
        read_documentation(tmp_path, folder("queries"), {})


def test_no_study_stands_in_the_pages(site: Mapping[str, bytes]) -> None:
    # A shape shows the beginning that IRIs of studies have, and no more.
    for page in site.values():
        assert re.findall(re.escape(STUDY.iri) + r"[a-z]", page.decode()) == []
