"""Runs KGX's own reader and validator over a graph, without a network.

A script for a Python that has `kgx`; prints how many nodes and edges it read, and what it found.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main(folder: Path) -> None:
    """Read and validate the files in a folder."""
    model = Path(import_module("biolink_model").__path__[0])
    # Otherwise KGX downloads the model as soon as it is imported, and a context of the year 2021.
    import_module("bmt").Toolkit.__init__.__defaults__ = (
        str(model / "schema" / "biolink_model.yaml"),
        {"predicate mappings": []},
    )
    prefixes = (model / "prefixmaps" / "biolink_model_prefix_map.json").read_text("utf-8")
    ours = json.loads((folder / "cellkg_prefixes.jsonld").read_text("utf-8"))["@context"]
    import_module("kgx.config").jsonld_context_map["biolink"] = json.loads(prefixes) | ours
    validator = import_module("kgx.validator").Validator()
    counted = {"node": 0, "edge": 0}

    def inspect(kind: object, record: list[object]) -> None:
        counted["edge" if "EDGE" in str(kind) else "node"] += 1
        validator(kind, record)

    import_module("kgx.transformer").Transformer(stream=True).transform(
        input_args={
            "filename": [str(folder / f"cellkg_{each}.jsonl") for each in ("nodes", "edges")],
            "format": "jsonl",
        },
        output_args={"format": "null"},
        inspector=inspect,
    )
    found = {**counted, "errors": validator.get_errors()}
    print(json.dumps(found, default=str))  # noqa: T201 - what it is for


if __name__ == "__main__":
    main(Path(sys.argv[1]))
