"""How soon registry records are a store that can be asked, and what that takes of memory.

Records are files of study objects, one on each line; without any, some are made up. README.md
beside this file says what is compared with what. The run fails if the stores differ, or if the
triples of the compared fields do.

Usage:
    python benchmarks/importing.py [RECORDS…] [--runs 3] [--times 10] [--morph-kgc PYTHON]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from itertools import islice
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import process_memory
import registry_records
import rml_peer
import stored_quads
from whole_processes import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from process_memory import Run

HERE: Final = Path(__file__).parent
CELLKG: Final = str(Path(sys.executable).parent / "cellkg")
MADE_UP: Final = 300
LOADING_GOAL, RML_GOAL, MEMORY_GOAL = 4, 10, 500
_MEGABYTE: Final = 1_000_000


class Imports(NamedTuple):
    """What was measured of the import, run by run.

    Attributes:
        imported: Into a store that was not there.
        again: The same records into the same store.
        loaded: The peer, that parses the records and loads what the import wrote.
        quads: How many quads both stores hold.
    """

    imported: list[Run]
    again: list[Run]
    loaded: list[Run]
    quads: int


def import_and_load(records: Sequence[Path], scratch: Path, runs: int) -> Imports:
    """Import, import again, and have the peer load the same quads, in turn.

    Args:
        records: Files of records.
        scratch: An empty folder.
        runs: How often.

    Raises:
        SystemExit: The stores do not hold the same.
    """
    env = environment(scratch / "cache")
    files = [str(path) for path in records]
    store, quads, loaded = scratch / "store", scratch / "quads.nq", scratch / "loaded"
    taken = Imports([], [], [], 0)
    for _ in range(runs):
        for folder in (store, loaded):
            rmtree(folder, ignore_errors=True)
        taken.imported.append(process_memory.run(import_command(records, store), env))
        held = stored_quads.dump(store / "store", quads)
        peer = [sys.executable, str(HERE / "loading_peer.py"), str(quads), str(loaded), *files]
        taken.loaded.append(process_memory.run(peer, env))
        taken.again.append(process_memory.run(import_command(records, store), env))
        others = stored_quads.dump(loaded, quads)
        if held != others:
            sys.exit(f"The stores differ: cellkg wrote {held}, and the peer loaded {others}.")
        taken = taken._replace(quads=held.quads)
    return taken


def import_command(records: Sequence[Path], store: Path) -> list[str]:
    """Give the import that is measured."""
    files = [str(path) for path in records]
    return [CELLKG, "import", "ctgov", *files, "--every-study", "--into-store", str(store)]


class Mappings(NamedTuple):
    """What was measured of the mapping, run by run; by the number of processes, where it says so.

    Attributes:
        by_cellkg: Every field.
        by_peer: The fields of the structured record, from tables.
        laid_out: The tables written, in one process.
        triples: How many triples cellkg wrote.
        compared: How many of them are of the compared fields, the same from both.
    """

    by_cellkg: dict[int, list[Run]]
    by_peer: dict[int, list[Run]]
    laid_out: list[Run]
    triples: int
    compared: int


def map_both(records: Sequence[Path], scratch: Path, python: str, runs: int) -> Mappings:
    """Map the same records with cellkg, every field, and with morph-kgc, those of its mappings.

    Args:
        records: Files of records.
        scratch: An empty folder.
        python: A Python that has morph-kgc.
        runs: How often.

    Returns:
        The measures of both, in one process and in as many as there are cores.

    Raises:
        SystemExit: The triples of the compared fields differ.
    """
    env = environment(scratch / "cache")
    given, ours, theirs = list(map(str, records)), scratch / "cellkg.nt", scratch / rml_peer.OUTPUT
    lay_out = [sys.executable, str(HERE / "flat_records.py"), *given, str(scratch)]
    map_all = [sys.executable, str(HERE / "map_records.py"), *given, str(ours), "--processes"]
    counts = sorted({1, os.cpu_count() or 1})
    mapped = Mappings({each: [] for each in counts}, {each: [] for each in counts}, [], 0, 0)
    for _ in range(runs):
        mapped.laid_out.append(process_memory.run(lay_out, env))
        for processes in counts:
            run = process_memory.run([*map_all, str(processes)], env)
            mapped.by_cellkg[processes].append(run)
            rml_peer.prepare(scratch, rml_peer.MAPPINGS, processes)
            run = process_memory.run(rml_peer.command(python), env, str(scratch))
            mapped.by_peer[processes].append(run)
    fields = rml_peer.ComparedFields(rml_peer.MAPPINGS)
    wanted, found = fields.of(theirs), fields.of(ours)
    if wanted != found:
        example = min(wanted ^ found)
        holder = "morph-kgc" if example in wanted else "cellkg"
        sys.exit(f"{len(wanted ^ found):,} triples differ; only {holder} has {example}.")
    with ours.open("rb") as lines:
        triples = sum(1 for _ in lines)
    return mapped._replace(triples=triples, compared=len(found))


def loading_table(taken: Imports, count: int) -> Iterator[str]:
    """Write the times of the import and of its peer."""
    imported, again, loaded = (
        median(run.seconds for run in runs) for runs in (taken.imported, taken.again, taken.loaded)
    )
    ratio = median(
        one.seconds / other.seconds for one, other in zip(taken.imported, taken.loaded, strict=True)
    )
    by_cpu = median(
        one.cpu_seconds / other.cpu_seconds
        for one, other in zip(taken.imported, taken.loaded, strict=True)
    )
    yield _line(f"{count:,} records, {taken.quads:,} quads", "s", "records/s")
    yield _line("cellkg import --into-store", f"{imported:.1f}", f"{count / imported:.1f}")
    yield _line("the same again, nothing changed", f"{again:.1f}", f"{count / again:.1f}")
    yield _line("parse the JSON, load ready N-Quads", f"{loaded:.1f}", f"{count / loaded:.1f}")
    yield _line("import / peer, wall", f"{ratio:.2f}", f"≤ {LOADING_GOAL}")
    yield _line("import / peer, processor", f"{by_cpu:.2f}", "")


def memory_table(columns: dict[int, Run]) -> Iterator[str]:
    """Write the peak memory of the import, by how many records it took in."""
    yield _line("Peak memory of the import, MB", "one process", "all together")
    for count, run in columns.items():
        sizes = (run.largest, run.together)
        yield _line(f"{count:,} records", *(f"{size / _MEGABYTE:,.0f}" for size in sizes))
    yield _line("goal", f"≤ {MEMORY_GOAL}", "")


def mapping_table(mapped: Mappings, count: int, version: str) -> Iterator[str]:
    """Write the rates of the mapping, by the clock and by processor time."""
    yield _line(f"Mapping {count:,} records", "studies/s", "processor s", "cellkg / this", "cpu")
    laid_out, lay_out_cpu = _medians(mapped.laid_out)
    for processes, runs in mapped.by_cellkg.items():
        name = f"{processes} process{'es' if processes > 1 else ''}"
        ours, own_cpu = _medians(runs)
        yield _line(f"cellkg, every field, {name}", f"{count / ours:.1f}", f"{own_cpu:.1f}", "", "")
        for title, more, more_cpu in (
            (f"morph-kgc, from tables, {name}", 0.0, 0.0),
            ("the same, and laying the tables out", laid_out, lay_out_cpu),
        ):
            theirs, cpu = _medians(mapped.by_peer[processes])
            theirs, cpu = theirs + more, cpu + more_cpu
            ratios = (f"{theirs / ours:.2f} (≥ {RML_GOAL})", f"{cpu / own_cpu:.2f}")
            yield _line(title, f"{count / theirs:.1f}", f"{cpu:.1f}", *ratios)
    yield f"by morph-kgc {version}; cellkg wrote {mapped.triples:,} triples, of which"
    yield f"{mapped.compared:,} are of the compared fields, the same from both"


def _medians(runs: Sequence[Run]) -> tuple[float, float]:
    return median(run.seconds for run in runs), median(run.cpu_seconds for run in runs)


def _line(name: str, *cells: str) -> str:
    return f"{name:<44}" + "".join(f"{cell:>18}" for cell in cells)


def main() -> None:
    """Measure as the command line asks, and print tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("records", nargs="*", type=Path)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument(
        "--times", type=int, default=10, help="the set of which the memory is measured; 1: not"
    )
    arguments.add_argument(
        "--mapped", type=int, default=200, help="how many records the mapping is measured on"
    )
    arguments.add_argument(
        "--morph-kgc", default="python", help="a Python that has morph-kgc", metavar="PYTHON"
    )
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(given, Path(folder))


def _measure(given: argparse.Namespace, scratch: Path) -> None:
    records: list[Path] = given.records
    if not records:
        records = [scratch / "made-up.jsonl.gz"]
        registry_records.write(registry_records.made_up(MADE_UP), records[0])
    count = sum(1 for _ in registry_records.read(records))
    _tell("importing and loading")
    taken = import_and_load(records, scratch, given.runs)
    print(*loading_table(taken, count), "", sep="\n", flush=True)
    columns = {count: max(taken.imported, key=lambda run: run.together)}
    if given.times > 1:
        _tell(f"importing the set {given.times} times, under other numbers")
        many = scratch / "many.jsonl.gz"
        written = registry_records.write(registry_records.repeated(records, given.times), many)
        command = import_command([many], scratch / "many")
        columns[written] = process_memory.run(command, environment(scratch / "cache"))
    print(*memory_table(columns), "", sep="\n", flush=True)
    version = rml_peer.version(given.morph_kgc)
    if version is None:
        _tell(f"morph-kgc is not measured: type  {rml_peer.TO_INSTALL}  and  --morph-kgc PYTHON")
        return
    _tell("mapping")
    sample = scratch / "sample.jsonl"
    with sample.open("w", encoding="utf-8") as file:
        for record in islice(registry_records.read(records), given.mapped):
            file.write(json.dumps(record) + "\n")
    mapped = map_both([sample], scratch, given.morph_kgc, given.runs)
    print(*mapping_table(mapped, min(count, given.mapped), version), sep="\n")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
