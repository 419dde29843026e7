"""What every room's tests may use."""

from pathlib import Path

import pytest

import cellkg


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout: the folder that holds pyproject.toml."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def curated(project: Path) -> cellkg.Graph:
    """The studies curated by hand, in memory: small, and with everything a study can have."""
    graphs = project / "graphs"
    return cellkg.open_graph([graphs / "curated", graphs / "institutions.ttl"], "memory")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
