"""The front door: a graph that can be asked, and what it says of studies, records and evidence."""

from cellkg.graph.front_door import Graph, open_graph

__all__ = ["Graph", "open_graph"]
