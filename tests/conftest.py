"""What every room's tests may use."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout: the folder that holds pyproject.toml."""
    return Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
