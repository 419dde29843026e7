from pathlib import Path

import pytest

from cellkg import shipped_files
from cellkg.errors import ShippedFolderMissing


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder at the place it has in a checkout, with nothing around it."""
    package = tmp_path / "src" / "cellkg"
    package.mkdir(parents=True)
    monkeypatch.setattr(shipped_files, "_PACKAGE", package)
    return package


def test_here_the_folders_are_those_of_the_checkout(project: Path) -> None:
    assert shipped_files.folder("ontology") == project / "ontology"
    assert shipped_files.folder("graphs") == project / "graphs"
    assert shipped_files.folder("queries") == project / "queries"


def test_folders_inside_the_package_come_first(package: Path) -> None:
    checkout = package.parents[1]
    (checkout / "pyproject.toml").touch()
    (checkout / "graphs").mkdir()
    shipped = package / "_shipped" / "graphs"
    shipped.mkdir(parents=True)
    assert shipped_files.folder("graphs") == shipped


def test_a_folder_of_that_name_without_a_checkout_around_it_is_not_ours(package: Path) -> None:
    stranger = package.parents[1] / "graphs"
    stranger.mkdir()
    with pytest.raises(ShippedFolderMissing) as caught:
        shipped_files.folder("graphs")
    assert caught.value.places == (package / "_shipped" / "graphs", stranger)
    assert str(package / "_shipped" / "graphs") in str(caught.value)
    assert str(stranger) in str(caught.value)


def test_a_checkout_without_the_folder_is_said(package: Path) -> None:
    (package.parents[1] / "pyproject.toml").touch()
    with pytest.raises(ShippedFolderMissing, match="queries"):
        shipped_files.folder("queries")
