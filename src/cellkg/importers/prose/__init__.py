"""Prose of registry records: which terms its words name, and which words those were.

A :class:`ProseReader` is made once and then asked for what an intervention gives, for a condition,
an adverse event or an outcome measure. Every answer carries the fragment it rests on.
"""

from cellkg.importers.prose.found import Found, Given, GroundedDose, GroundedProduct
from cellkg.importers.prose.reader import ProseReader
from cellkg.importers.prose.texts import GivenText, Passage

__all__ = [
    "Found",
    "Given",
    "GivenText",
    "GroundedDose",
    "GroundedProduct",
    "Passage",
    "ProseReader",
]
