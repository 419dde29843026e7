"""Small graphs for the tests of the stores."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from cellkg.vocabulary import CKG, GRAPH, RDF, STUDY

PREFIXES = (
    "@prefix ckg: <https://w3id.org/cellkg/ontology#> .\n"
    "@prefix study: <https://w3id.org/cellkg/study/> .\n"
    "@prefix graph: <https://w3id.org/cellkg/graph/> .\n"
)


@pytest.fixture
def quads() -> list[Quad]:
    """Two studies in a graph each, one statement of them in both graphs."""
    one, two = STUDY["one"], STUDY["two"]
    in_one, in_two = GRAPH["study/one"], GRAPH["study/two"]
    shared = (one, CKG["mayOverlapWith"], two)
    return [
        Quad(one, RDF["type"], CKG["Study"], in_one),
        Quad(one, CKG["phaseAsPrinted"], Literal("phase I/II", language="en"), in_one),
        Quad(*shared, in_one),
        Quad(*shared, in_two),
        Quad(two, RDF["type"], CKG["Study"], in_two),
        Quad(two, CKG["count"], Literal(4), in_two),
    ]


@pytest.fixture
def graph_file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a graph file; a text gets the prefixes in front."""

    def write(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else (PREFIXES + content).encode())
        return file

    return write
