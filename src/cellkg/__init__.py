"""An evidence graph of cell therapy in people.

Every number can show the words it came from, and every answer says what is denied, what is unknown
and what is silent.

Example:
    >>> import cellkg
    >>> graph = cellkg.open_graph()
    >>> answer = graph.ask_in_words("which intrathecal MSC trials reported fever")
    >>> for row in answer.as_dicts():
    ...     if row["answer"] == "reported":
    ...         print(row["origin"], row["count"], row["quote"])
    registry 3 Hyperthermia
    registry 1 Hyperthermia
    registry 25 fever
    curated 4 Fever 4
"""

from cellkg.errors import (
    CellkgError,
    MissingExtra,
    ShippedFolderMissing,
    SourceFileError,
    StoreError,
    UserInputError,
)
from cellkg.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cellkg.graph import Graph, open_graph
    from cellkg.querying import Answer
    from cellkg.records import Evidence, Study

__all__ = [
    "Answer",
    "CellkgError",
    "Evidence",
    "Graph",
    "MissingExtra",
    "ShippedFolderMissing",
    "SourceFileError",
    "StoreError",
    "Study",
    "UserInputError",
    "__version__",
    "open_graph",
]

_HOMES = {
    "Answer": "cellkg.querying",
    "Evidence": "cellkg.records",
    "Graph": "cellkg.graph",
    "Study": "cellkg.records",
    "open_graph": "cellkg.graph",
}
"""Where each name comes from that is imported when it is first used: `import cellkg` is quick."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module 'cellkg' has no attribute '{name}'"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
