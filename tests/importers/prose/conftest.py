"""The shipped terms, and one reader of prose for all tests."""

from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from cellkg.importers.prose import ProseReader
from cellkg.terms import TermIndex, read_terms


@pytest.fixture(scope="session")
def index(project: Path) -> TermIndex:
    """The terms as they are shipped."""
    ontology = project / "ontology"
    files = [ontology / "cellkg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
    quads = chain.from_iterable(parse(path=file, format=RdfFormat.TURTLE) for file in files)
    return TermIndex.from_terms(read_terms(quad.triple for quad in quads))


@pytest.fixture(scope="session")
def reader(index: TermIndex) -> ProseReader:
    """One reader, as an import makes one."""
    return ProseReader(index)
