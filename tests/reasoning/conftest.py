"""What the tests of this room share: Turtle with the usual prefixes, and the shipped ontology."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from cellkg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], list[Triple]]

_HEADER = "".join(f"@prefix {prefix}: <{iri}> . " for prefix, iri in PREFIXES.items())


def _triples(turtle: bytes | Path) -> list[Triple]:
    if isinstance(turtle, Path):
        return [quad.triple for quad in parse(path=str(turtle), format=RdfFormat.TURTLE)]
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads Turtle without its prefixes; ``:`` stands for ckg:."""

    def read_turtle(turtle: str) -> list[Triple]:
        return _triples(f"{_HEADER} @prefix : <{PREFIXES['ckg']}> . {turtle}".encode())

    return read_turtle


@pytest.fixture(scope="session")
def ontology(project: Path) -> list[Triple]:
    """The shipped ontology, without terms."""
    return _triples(project / "ontology" / "cellkg.ttl")


@pytest.fixture(scope="session")
def terms(project: Path) -> list[Triple]:
    """The shipped terms."""
    files = sorted((project / "ontology" / "terms").glob("*.ttl"))
    assert len(files) >= 9
    return list(chain.from_iterable(map(_triples, files)))
