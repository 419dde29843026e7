"""Two versions of the graphs compared: what was added, changed or withdrawn, record by record.

What is equal is recognised by its bytes and never parsed; nothing but one graph of each version is
ever held in memory.
"""

from cellkg.comparing.changed_graphs import GraphPair, changed_graphs
from cellkg.comparing.compared_answers import (
    AnswerChange,
    Asking,
    NotAsked,
    compare_answers,
)
from cellkg.comparing.difference import Difference, compare
from cellkg.comparing.graph_change import GraphChange, RecordChange, ValueChange
from cellkg.comparing.versions import FileVersion, StoreVersion, Version
from cellkg.comparing.words import Words

__all__ = [
    "AnswerChange",
    "Asking",
    "Difference",
    "FileVersion",
    "GraphChange",
    "GraphPair",
    "NotAsked",
    "RecordChange",
    "StoreVersion",
    "ValueChange",
    "Version",
    "Words",
    "changed_graphs",
    "compare",
    "compare_answers",
]
