"""How much sooner cellkg checks the shapes than one run of pySHACL over the same graphs.

The graphs are made-up studies (generated_studies.py). Both are whole processes, by the clock on the
wall, in turn. The run fails if they find not the same in them, or in a sample that has a failing
graph for every constraint of every shape (tests/validation/test_shapes.py makes them).

Usage:
    python benchmarks/shapes.py [--studies 300] [--runs 3] [--reference-runs 1]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from generated_studies import write_studies

from cellkg.shipped_files import folder
from cellkg.validation.findings_cache import FindingsCache
from cellkg.validation.graph_files import read_files
from cellkg.validation.reference import check_by_pyshacl
from cellkg.validation.shapes import ShapeChecker, n_triples
from cellkg.validation.shards import check_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from cellkg.validation.report import Finding

TEST_OF_SHAPES: Final = Path(__file__).parents[1] / "tests" / "validation" / "test_shapes.py"
BY_CELLKG, BY_PYSHACL = "cellkg", "pyshacl"
GOAL: Final = 15


class Measured(NamedTuple):
    """One process: how many seconds it took, and how often it found what."""

    seconds: float
    found: Counter[str]


def failing_graphs() -> list[list[Triple]]:
    """Make the failing graphs of all constraints, each with names of its own."""
    spec = spec_from_file_location(TEST_OF_SHAPES.stem, TEST_OF_SHAPES)
    if spec is None or spec.loader is None:
        message = f"The graphs that fail come from {TEST_OF_SHAPES}, which is not there."
        raise SystemExit(message)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return [
        list(module.renamed(case.triples, number))
        for number, case in enumerate(_failing_cases(module))
    ]


def _failing_cases(module: Any) -> Iterator[Any]:  # noqa: ANN401 - a module that is loaded by path
    for kind in module.KINDS:
        written = list(module.written_cases(kind))
        names = {case.constraint.name for case in written}
        yield from chain(written, module.made_cases(kind, names))


def check(engine: str, graphs: Path, cache: Path) -> list[Finding]:
    """Check the shapes over a folder, from reading the files to the findings.

    Args:
        engine: `BY_CELLKG` or `BY_PYSHACL`.
        graphs: The folder.
        cache: Where cellkg keeps what it found.

    Returns:
        What was found.
    """
    checker = ShapeChecker(folder("ontology"))
    files = read_files([graphs])
    if engine == BY_PYSHACL:
        triples = (quad.triple for file in files for quad in file.quads())
        return check_by_pyshacl(checker, n_triples(triples))
    contents = ((file, file.quads()) for file in files)
    return list(check_shapes(checker, contents, FindingsCache(cache)))


def measure(engine: str, graphs: Path, cache: Path) -> Measured:
    """Run `check` as a process of its own."""
    command = [sys.executable, __file__, "--only", engine, str(graphs), str(cache)]
    start = perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return Measured(perf_counter() - start, Counter(json.loads(done.stdout)))


def compare(studies: int, runs: int, reference_runs: int) -> None:
    """Measure both engines, and print the table.

    Args:
        studies: How many made-up studies.
        runs: How many runs of cellkg, each without and then with what it found before.
        reference_runs: How many runs of pySHACL.
    """
    with TemporaryDirectory() as place:
        graphs = Path(place, "graphs")
        write_studies(graphs, studies)
        cold, second, reference = [], [], []
        for run in range(max(runs, reference_runs)):
            if run < runs:
                cache = Path(place, f"cache-{run}")
                cold.append(measure(BY_CELLKG, graphs, cache))
                second.append(measure(BY_CELLKG, graphs, cache))
            if run < reference_runs:
                reference.append(measure(BY_PYSHACL, graphs, Path(place)))
        statements = sum(len(file.quads()) for file in read_files([graphs]))
    wanted = reference[0].found
    for each in (*cold, *second, *reference):
        _agree(each.found, wanted)
    failing = failing_graphs()
    records = n_triples(chain.from_iterable(failing))
    checker = ShapeChecker(folder("ontology"))
    told = Counter(map(_without_place, checker.check(records)))
    _agree(told, Counter(map(_without_place, check_by_pyshacl(checker, records))))

    slow = median(each.seconds for each in reference)
    print(f"{studies:,} studies, {statements:,} statements")
    print(f"{'':<34}{'s':>10}{'pySHACL / this':>18}{'goal':>8}")
    for name, measured, goal in (
        ("pySHACL, one run", reference, ""),
        ("cellkg, nothing found before", cold, f"≥ {GOAL}"),
        ("cellkg, nothing changed", second, ""),
    ):
        seconds = median(each.seconds for each in measured)
        print(f"{name:<34}{seconds:>10.2f}{slow / seconds:>18.1f}{goal:>8}")
    print(f"findings, the same from all: {wanted.total():,}")
    print(f"findings in {len(failing)} failing graphs, the same from both: {told.total():,}")


def _agree(one: Counter[str], other: Counter[str]) -> None:
    if one != other:
        differing = "\n".join(sorted((one - other) + (other - one)))
        message = f"These were not found by all:\n{differing}"
        raise SystemExit(message)


def _without_place(finding: Finding) -> str:
    told = finding.as_dict()
    return json.dumps({name: told[name] for name in told if name not in {"file", "line"}})


def main() -> None:
    """Measure as the command line asks."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--studies", type=int, default=300)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--reference-runs", type=int, default=1)
    arguments.add_argument("--only", nargs=3, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.only:
        engine, graphs, cache = given.only
        found = check(engine, Path(graphs), Path(cache))
        print(json.dumps([_without_place(finding) for finding in found]))
    else:
        compare(given.studies, given.runs, given.reference_runs)


if __name__ == "__main__":
    main()
