"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

import cellkg

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
FORBIDDEN_ROOMS = {"utils", "util", "helpers", "helper", "common", "misc"}
# Put together from halves, so that this file passes its own test.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:wor" + r"k|tm" + r"p|root|home/\w+|Users/\w+)/")
OUTSIDE_PATH = "../sha" + "red"


def modules(project: Path) -> list[Path]:
    found = sorted((project / "src" / "cellkg").rglob("*.py"))
    assert len(found) >= 4
    return found


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(module: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def project_texts(project: Path) -> dict[str, str]:
    """Every text file that git knows or would take."""
    if not (project / ".git").exists():
        pytest.skip("not a git checkout")
    # safe.directory: a continuous-integration machine may check out as another user.
    names = subprocess.run(
        ["git", "-c", f"safe.directory={project}", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, names):
        try:
            texts[name] = (project / name).read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture, or a file that is deleted but not yet committed
    assert "pyproject.toml" in texts
    return texts


def test_no_file_is_too_long_to_read_at_once(project: Path) -> None:
    lengths = {
        str(path.relative_to(project)): path.read_text("utf-8").count("\n")
        for path in modules(project)
    }
    assert {path: n for path, n in lengths.items() if n > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen(project: Path) -> None:
    too_long = {
        f"{path.relative_to(project)}:{function.lineno} {function.name}": length
        for path in modules(project)
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION_LINES
    }
    assert too_long == {}


def test_only_the_command_line_prints_and_exits(project: Path) -> None:
    spoken = [
        f"{path.relative_to(project)}:{line} {name}"
        for path in modules(project)
        if "cli" not in path.relative_to(project / "src" / "cellkg").parts
        for line, name in calls(path)
        if name in {"print", "exit", "quit", "sys.exit", "os._exit", "SystemExit"}
        or name.startswith(("sys.stdout.", "sys.stderr.", "click."))
    ]
    assert spoken == []


def test_no_room_is_a_drawer_for_odds_and_ends(project: Path) -> None:
    named = {
        part
        for path in (project / "src" / "cellkg").rglob("*")
        for part in re.split(r"[_.]", path.name)
    }
    assert named & FORBIDDEN_ROOMS == set()


def test_only_the_store_opens_oxigraph(project: Path) -> None:
    source = project / "src" / "cellkg"
    opened = [
        f"{path.relative_to(project)}:{node.lineno}"
        for path in modules(project)
        if path.relative_to(source).parts[0] != "store"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) == "pyoxigraph.Store")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "pyoxigraph"
            and "Store" in {name.name for name in node.names}
        )
    ]
    assert opened == []


def test_the_layers_hold(project: Path) -> None:
    command = Path(sys.executable).with_name("lint-imports")
    outcome = subprocess.run(
        [command, "--no-cache"], cwd=project, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_every_exception_from_a_lint_rule_has_its_reason(project: Path) -> None:
    text = (project / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    codes = [*lint["ignore"], *chain(*lint["per-file-ignores"].values())]
    assert len(codes) >= 10
    for code in codes:
        lines = re.findall(rf'^\s+"{code}",(.*)$', text, flags=re.MULTILINE)
        assert lines, f"{code} shares its line with others"
        assert all(re.match(r"\s*# \w.{9}", line) for line in lines), f"{code} has no reason"


def test_every_silenced_line_has_its_reason(project: Path) -> None:
    silent = [
        f"{path.relative_to(project)}:{number}"
        for path in [*modules(project), *sorted((project / "tests").rglob("*.py"))]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"# noqa: [A-Z0-9, ]+$|# type: ignore\[[\w, -]+\]$", line)
    ]
    assert silent == []


def test_the_version_is_the_same_everywhere(project: Path) -> None:
    citation = yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))
    changelog = (project / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\] - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)
    assert released[0] == (cellkg.__version__, str(citation["date-released"]))
    assert citation["version"] == cellkg.__version__
    assert "## [Unreleased]" in changelog


def test_nothing_depends_on_one_machine(project: Path) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in project_texts(project).items()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line) or (OUTSIDE_PATH in line and name != ".ci/run")
    ]
    assert found == []


def test_importing_cellkg_loads_nothing_heavy() -> None:
    heavy = {"rdflib", "pyoxigraph", "pyshacl", "owlready2", "networkx", "rich", "click"}
    code = "import cellkg.shipped_files; print(*{name.partition('.')[0] for name in sys.modules})"
    # -S leaves out what site-packages load at start-up, so the path is given by hand.
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert heavy & set(loaded) == set()
