"""Named graphs behind one interface: in memory, on disk, or at any SPARQL 1.1 endpoint.

The default graph of every question is the union of all named graphs. `EndpointStore` is imported
from its own module by those who need HTTP: asking the graphs here must not load it.
"""

from cellkg.store.graph_store import GraphStore
from cellkg.store.local_store import LocalStore

__all__ = ["GraphStore", "LocalStore"]
