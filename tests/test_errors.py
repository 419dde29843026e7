import pickle
from pathlib import Path

import pytest

from cellkg import errors
from cellkg.errors import (
    CellkgError,
    MissingExtra,
    ShippedFolderMissing,
    SourceFileError,
    StoreError,
    UserInputError,
)

EVERY_ERROR = [
    UserInputError("No study 'x'; see  cellkg show", value="x", suggestions=["y"]),
    MissingExtra("Checking with HermiT", "reasoner"),
    SourceFileError("It ends early.", "a.ttl", line=3, record="#r", field="ckg:count", value=4),
    StoreError("The cache is unreadable; delete it", "cache", location=Path("c")),
    ShippedFolderMissing("graphs", [Path("a"), Path("b")]),
]


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_every_error_survives_the_way_back_from_a_worker_process(error: CellkgError) -> None:
    returned = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(returned) is type(error)
    assert str(returned) == str(error)
    assert vars(returned) == vars(error)


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_every_error_is_drawn_in_the_tree_with_its_exit_code(error: CellkgError) -> None:
    lines = (errors.__doc__ or "").splitlines()
    (drawn,) = [line for line in lines if f"── {type(error).__name__} " in line]
    assert drawn.split()[2] == str(error.exit_code)


def test_the_list_of_errors_above_is_complete() -> None:
    assert {type(error) for error in EVERY_ERROR} == set(CellkgError.__subclasses__())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SourceFileError("It is empty.", Path("a.ttl")), "a.ttl: It is empty."),
        (SourceFileError("It ends early.", "a.ttl", line=3), "a.ttl, line 3: It ends early."),
        (
            SourceFileError("It lacks a date.", "a.json", field="date"),
            "a.json, date: It lacks a date.",
        ),
        (SourceFileError("No such IRI.", "a.ttl", value="x:y"), "a.ttl, 'x:y': No such IRI."),
        (
            SourceFileError("Too small.", "a.ttl", line=3, record="#r", field="n", value=0),
            "a.ttl, line 3, record #r, n 0: Too small.",
        ),
    ],
)
def test_a_file_error_opens_with_the_place(error: SourceFileError, sentence: str) -> None:
    assert str(error) == sentence
