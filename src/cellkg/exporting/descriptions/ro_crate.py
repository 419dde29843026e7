"""The whole as an RO-Crate: a folder of files with one that describes them all.

https://w3id.org/ro/crate/1.2 says what stands in ``ro-crate-metadata.json``. Its dates are those
of the manifests, so the same graphs give the same crate.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from cellkg.exporting.descriptions.dataset_description import (
    DESCRIPTION,
    KEYWORDS,
    LICENCE,
    TITLE,
    dataset_description,
    studies_in_words,
    version_iri,
)
from cellkg.exporting.descriptions.dataset_statistics import dataset_statistics
from cellkg.exporting.rdf.chosen_graphs import chosen_graphs
from cellkg.exporting.rdf.turtle import trig_of_graphs
from cellkg.shipped_files import folder
from cellkg.vocabulary import AGENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cellkg.store import GraphStore

    Json: TypeAlias = str | dict[str, "Json"] | list["Json"]

METADATA_NAME: Final = "ro-crate-metadata.json"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"
_ORGANISATION: Final = AGENT["project"].value
_PAGE: Final = "https://w3id.org/cellkg/"


class _Kind(NamedTuple):
    """What files of a kind are, by how their names end."""

    media_type: str
    page: str
    name: str


_KINDS: Final = {
    ".trig": _Kind("application/trig", "https://www.w3.org/TR/trig/", "RDF 1.1 TriG"),
    ".ttl": _Kind("text/turtle", "https://www.w3.org/TR/turtle/", "RDF 1.1 Turtle"),
    ".jsonld": _Kind("application/ld+json", "https://www.w3.org/TR/json-ld11/", "JSON-LD 1.1"),
    ".tsv": _Kind(
        "text/tab-separated-values",
        "https://w3id.org/sssom/",
        "Simple Standard for Sharing Ontological Mappings",
    ),
    ".md": _Kind(
        "text/markdown", "https://www.rfc-editor.org/rfc/rfc7763", "The text/markdown media type"
    ),
}
_MADE: Final = {
    "cellkg.trig": "Every study a named graph, with the ontology, the terms and the institutions;"
    " without what follows from them.",
    "description.ttl": "This dataset in DCAT 3, VoID and the HCLS community profile, with how many"
    " things and statements there are of every class and property.",
}
_COPIED: Final = {
    "ontology/cellkg.ttl": "The classes, the properties and the closed lists of values.",
    "ontology/context.jsonld": "The names of the properties in JSON-LD.",
    "ontology/mappings.sssom.tsv": "The mappings of all terms to other vocabularies.",
    "ontology/README.md": "How the ontology is meant, and how it grows.",
}
_COPIED_FOLDERS: Final = {
    "ontology/shapes/": "What a record has to look like (SHACL): {}.",
    "ontology/terms/": "The terms (SKOS): {}.",
}


def write_ro_crate(store: GraphStore, crate: Path) -> None:
    """Write the whole as an RO-Crate.

    Args:
        store: The graphs.
        crate: An empty folder.

    Raises:
        OSError: It cannot be written there.
        ShippedFolderMissing: The ontology is not where it should be.
        StoreError: The graphs cannot be read or reached.
    """
    made: dict[str, Iterable[bytes]] = {
        "cellkg.trig": trig_of_graphs(chosen_graphs(store)),
        "description.ttl": [dataset_description(store)],
    }
    files = [_written(crate, name, _MADE[name], made[name]) for name in made]
    ontology = folder("ontology")
    for path in sorted(each for each in ontology.rglob("*.*") if each.suffix in _KINDS):
        name = f"ontology/{path.relative_to(ontology).as_posix()}"
        files.append(_written(crate, name, _description_of(name), [path.read_bytes()]))
    text = json.dumps(_metadata(store, files), indent=2, ensure_ascii=False)
    (crate / METADATA_NAME).write_text(f"{text}\n", "utf-8")


def _description_of(name: str) -> str:
    """Say what a copied file is; one that a version adds is told by its name."""
    for start, words in _COPIED_FOLDERS.items():
        if name.startswith(start):
            topic = name.removeprefix(start).partition(".")[0].replace("-", " ")
            return words.format(topic)
    return _COPIED.get(name, name)


def _written(crate: Path, name: str, words: str, pieces: Iterable[bytes]) -> dict[str, Json]:
    """Write a file, and describe it."""
    path = crate / name
    path.parent.mkdir(exist_ok=True)
    digest = sha256()
    with path.open("wb") as file:
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    kind = _KINDS[path.suffix]
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": words,
        "encodingFormat": [kind.media_type, {"@id": kind.page}],
        "contentSize": str(path.stat().st_size),
        "sha256": digest.hexdigest(),
    }


def _metadata(store: GraphStore, files: list[dict[str, Json]]) -> dict[str, Json]:
    numbers = dataset_statistics(store)
    root: dict[str, Json] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": version_iri(store.data_version).value,
        "name": TITLE,
        "description": f"{DESCRIPTION} {studies_in_words(numbers)} Statements in its named graphs:"
        f" {numbers.statements}; things of a class: {numbers.entities}.",
        "version": store.data_version,
        "keywords": ", ".join(KEYWORDS),
        "license": {"@id": LICENCE.value},
        "author": {"@id": _ORGANISATION},
        "publisher": {"@id": _ORGANISATION},
        "url": _PAGE,
        "hasPart": [{"@id": each["@id"]} for each in files],
    }
    if numbers.issued is not None:
        root["datePublished"] = numbers.issued
    descriptor: dict[str, Json] = {
        "@id": METADATA_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    return {
        "@context": f"{_SPECIFICATION}/context",
        "@graph": [descriptor, root, *files, *_pointed_at()],
    }


def _pointed_at() -> Iterator[dict[str, Json]]:
    """Describe what the files and the crate name: the licence, the project, the formats."""
    yield {
        "@id": LICENCE.value,
        "@type": "CreativeWork",
        "name": "Creative Commons Attribution 4.0 International",
        "description": "The licence of the data. The program is licensed apart, under Apache-2.0.",
        "identifier": "CC-BY-4.0",
    }
    yield {
        "@id": _ORGANISATION,
        "@type": "Organization",
        "name": "The cellkg project",
        "url": _PAGE,
    }
    for kind in _KINDS.values():
        yield {"@id": kind.page, "@type": "WebPage", "name": kind.name}
