"""The least an import can do: parse every record, and load quads that are ready.

Usage:
    python benchmarks/loading_peer.py QUADS.nq STORE RECORDS…
"""

from __future__ import annotations

import sys
from pathlib import Path

import registry_records
from pyoxigraph import RdfFormat, Store


def main(quads: str, folder: str, *records: str) -> None:
    """Parse and load.

    Args:
        quads: A file of N-Quads.
        folder: Where the store goes, which is not there yet.
        records: Files of study objects, one on each line.
    """
    parsed = sum(1 for _ in registry_records.read([Path(each) for each in records]))
    store = Store(folder)
    store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    print(f"{parsed:,} records parsed, {len(store):,} quads loaded")


if __name__ == "__main__":
    main(*sys.argv[1:])
