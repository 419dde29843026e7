"""The RO-Crate: another library reads it, and every file is as it is described."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse
from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]  # it publishes no types

from cellkg.exporting.descriptions.ro_crate import METADATA_NAME, write_ro_crate
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from pathlib import Path

    import cellkg


@pytest.fixture(scope="module")
def crate(curated: cellkg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("crate")
    write_ro_crate(curated.store, made)
    return made


@pytest.fixture(scope="module")
def entities(crate: Path) -> dict[str, dict[str, Any]]:
    metadata = json.loads((crate / METADATA_NAME).read_text("utf-8"))
    assert metadata["@context"] == "https://w3id.org/ro/crate/1.2/context"
    by_id = {each["@id"]: each for each in metadata["@graph"]}
    assert len(by_id) == len(metadata["@graph"])
    return by_id


def test_the_crate_says_what_every_crate_must(entities: dict[str, dict[str, Any]]) -> None:
    descriptor, root = entities[METADATA_NAME], entities["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == "2026-11-21"
    assert all(root[name] for name in ("name", "description", "license", "version", "author"))


def test_every_file_is_described_as_it_is(crate: Path, entities: dict[str, dict[str, Any]]) -> None:
    written = {
        path.relative_to(crate).as_posix(): path for path in crate.rglob("*") if path.is_file()
    }
    del written[METADATA_NAME]
    assert [each["@id"] for each in entities["./"]["hasPart"]] == [
        name for name, each in entities.items() if each["@type"] == "File"
    ]
    assert written.keys() == {name for name in entities if entities[name]["@type"] == "File"}
    for name, path in written.items():
        content, told = path.read_bytes(), entities[name]
        assert told["sha256"] == sha256(content).hexdigest()
        assert told["contentSize"] == str(len(content))
        assert told["description"] != name, f"{name} has no description"
    for file in folder("ontology").rglob("*.ttl"):
        name = f"ontology/{file.relative_to(folder('ontology')).as_posix()}"
        assert written[name].read_bytes() == file.read_bytes()
    assert len(written) > 35


def test_everything_that_is_named_is_described(entities: dict[str, dict[str, Any]]) -> None:
    def named(value: Any) -> set[str]:  # noqa: ANN401 - any part of a JSON document
        if isinstance(value, list):
            return {name for each in value for name in named(each)}
        if isinstance(value, dict):
            return {value["@id"]} if value.keys() == {"@id"} else named(list(value.values()))
        return set()

    missing = named(list(entities.values())) - entities.keys()
    assert missing == {"https://w3id.org/ro/crate/1.2"}


def test_the_graphs_in_it_are_all_of_them(crate: Path, curated: cellkg.Graph) -> None:
    names = {quad.graph_name for quad in parse(path=crate / "cellkg.trig", format=RdfFormat.TRIG)}
    concluded = {"closure", "overlaps"}
    assert {str(name) for name in names} == {
        str(name)
        for name in curated.store.graph_names()
        if name.value.rpartition("/")[2] not in concluded
    }


def test_another_library_reads_it(crate: Path) -> None:
    read = ROCrate(crate)
    assert read.name == "cellkg: an evidence graph of cell therapy in people"
    assert read.root_dataset["license"].id == "https://creativecommons.org/licenses/by/4.0/"
    assert len(read.root_dataset["hasPart"]) > 35
