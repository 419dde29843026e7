"""Graphs in forms that other people and programs read."""

from cellkg.exporting.json_ld import json_ld
from cellkg.exporting.rdflib_copy import to_rdflib
from cellkg.exporting.turtle import canonical_turtle

__all__ = ["canonical_turtle", "json_ld", "to_rdflib"]
