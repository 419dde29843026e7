"""Write a store as Turtle with pyoxigraph alone, without what follows from the graphs.

Usage:
    python turtle_peer.py STORE dump|serialize FILE
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

PREFIXES = {
    "ckg": "https://w3id.org/cellkg/ontology#",
    "term": "https://w3id.org/cellkg/term/",
    "study": "https://w3id.org/cellkg/study/",
    "source": "https://w3id.org/cellkg/source/",
    "institution": "https://w3id.org/cellkg/institution/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LEFT_OUT = ("/closure>", "/overlaps>")


def main() -> None:
    """Write the file in the way that is asked for."""
    folder, way, file = sys.argv[1:]
    store = Store.read_only(folder)
    graphs = [name for name in store.named_graphs() if not str(name).endswith(LEFT_OUT)]
    with Path(file).open("wb") as output:
        if way == "dump":
            # A graph at a time, wholly in Rust; Turtle files can stand one after the other.
            for name in graphs:
                store.dump(output, RdfFormat.TURTLE, from_graph=name, prefixes=PREFIXES)
        else:
            quads = chain.from_iterable(
                store.quads_for_pattern(None, None, None, name) for name in graphs
            )
            triples = (quad.triple for quad in quads)
            serialize(triples, output, format=RdfFormat.TURTLE, prefixes=PREFIXES)


if __name__ == "__main__":
    main()
