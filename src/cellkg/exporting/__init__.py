"""Graphs in forms that other people and programs read."""

from cellkg.exporting.rdf.json_ld import json_ld
from cellkg.exporting.rdf.rdflib_copy import to_rdflib
from cellkg.exporting.rdf.turtle import canonical_turtle

__all__ = ["canonical_turtle", "json_ld", "to_rdflib"]
