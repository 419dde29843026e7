"""What `import cellkg` offers, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cellkg


def test_the_names_are_sorted_and_few() -> None:
    assert cellkg.__all__ == sorted(cellkg.__all__)
    assert len(cellkg.__all__) == 12
    assert dir(cellkg) == cellkg.__all__


@pytest.mark.parametrize("name", cellkg.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    found = getattr(cellkg, name)
    assert found is getattr(cellkg, name)
    assert isinstance(found, str) or found.__doc__


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'cellkg' has no attribute 'open'"):
        _ = cellkg.open


def test_a_star_import_brings_exactly_these() -> None:
    code = (
        "before = set(dir()); from cellkg import *; "
        "import cellkg; print(set(dir()) - before - {'before', 'cellkg'} == set(cellkg.__all__))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert shown.stdout.strip() == b"True"


def test_every_error_is_one_that_users_can_catch() -> None:
    errors = [
        cellkg.MissingExtra,
        cellkg.ShippedFolderMissing,
        cellkg.SourceFileError,
        cellkg.StoreError,
        cellkg.UserInputError,
    ]
    assert all(issubclass(each, cellkg.CellkgError) for each in errors)


def test_asking_a_stored_question_loads_nothing_heavy() -> None:
    code = (
        "import sys; from cellkg.cli.main import cellkg\n"
        "try: cellkg(['query', 'studies', '--limit', '0', '-f', 'csv'])\n"
        "except SystemExit as ended: assert ended.code == 0\n"
        "print(*sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in shown.stdout.split()}
    heavy = {"rdflib", "pyshacl", "owlready2", "networkx", "rich", "csv", "http"}
    assert loaded & heavy == set()
    assert "cellkg.reasoning" not in shown.stdout.split()
    assert "cellkg.validation" not in shown.stdout.split()
