"""What a folder of imported graph files holds, and how to make it again."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from cellkg.exporting.rdf.turtle import canonical_turtle
from cellkg.version import __version__
from cellkg.vocabulary import CTGOV_IMPORTER, DCTERMS, GRAPH, RDF, XSD, Namespace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.store.graph_folder import WrittenFile

MANIFEST: Final = "registry-manifest.ttl"

DCAT: Final = Namespace("dcat", "http://www.w3.org/ns/dcat#")
SPDX: Final = Namespace("spdx", "http://spdx.org/rdf/terms#")
VOID: Final = Namespace("void", "http://rdfs.org/ns/void#")

_HOW: Final = "cellkg import ctgov RECORDS -o FOLDER"


def manifest_of(files: Sequence[WrittenFile]) -> bytes:
    """Describe the graph files of an import.

    Args:
        files: All of them.

    Returns:
        Turtle in canonical form, the same for the same files: the day is that of the newest
        record, not that of the import.
    """
    return canonical_turtle(_triples(files))


def _triples(files: Sequence[WrittenFile]) -> Iterator[Triple]:
    catalogue = GRAPH["registry"]
    newest = max((file.newest for file in files), default="")
    text = {
        "title": "Studies taken from records of ClinicalTrials.gov",
        "description": f"{sum(file.studies for file in files)} studies. To make this folder again"
        f" from the records: {_HOW}",
        "provenance": "Public data of the United States government; facts and fragments only.",
        "hasVersion": f"cellkg {__version__}",
    }
    yield Triple(catalogue, RDF["type"], DCAT["Catalog"])
    for name, value in text.items():
        yield Triple(catalogue, DCTERMS[name], Literal(value, language="en"))
    yield Triple(catalogue, DCTERMS["creator"], CTGOV_IMPORTER)
    licence = NamedNode("https://creativecommons.org/licenses/by/4.0/")
    yield Triple(catalogue, DCTERMS["license"], licence)
    if newest:
        yield Triple(catalogue, DCTERMS["issued"], Literal(newest, datatype=XSD["date"]))
    for file in files:
        yield from _file(catalogue, file)


def _file(catalogue: NamedNode, file: WrittenFile) -> Iterator[Triple]:
    node = GRAPH[f"registry/{file.path.name}"]
    yield Triple(catalogue, DCAT["distribution"], node)
    yield Triple(node, RDF["type"], DCAT["Distribution"])
    yield Triple(node, DCTERMS["title"], Literal(file.path.name, language="en"))
    yield Triple(node, VOID["entities"], Literal(file.studies))
    yield Triple(node, VOID["triples"], Literal(file.quads))
    digest = sha256(file.path.read_bytes()).hexdigest()
    checksum = GRAPH[f"registry/{file.path.name}#checksum"]
    yield Triple(node, SPDX["checksum"], checksum)
    yield Triple(checksum, RDF["type"], SPDX["Checksum"])
    yield Triple(checksum, SPDX["algorithm"], SPDX["checksumAlgorithm_sha256"])
    yield Triple(checksum, SPDX["checksumValue"], Literal(digest))
