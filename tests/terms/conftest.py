"""The terms as they are shipped."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from cellkg.terms import Term, TermIndex, read_terms


def triples_of(file: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=file, format=RdfFormat.TURTLE))


@pytest.fixture(scope="session")
def term_files(project: Path) -> list[Path]:
    return sorted((project / "ontology" / "terms").glob("*.ttl"))


@pytest.fixture(scope="session")
def terms(project: Path, term_files: list[Path]) -> list[Term]:
    files = [project / "ontology" / "cellkg.ttl", *term_files]
    return read_terms(chain.from_iterable(map(triples_of, files)))


@pytest.fixture(scope="session")
def index(terms: list[Term]) -> TermIndex:
    """The index after the way through its file, as every command meets it."""
    return TermIndex.from_json(TermIndex.from_terms(terms).to_json())
