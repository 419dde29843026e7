"""Graphs in forms that other people and programs read."""

from cellkg.exporting.turtle import canonical_turtle

__all__ = ["canonical_turtle"]
