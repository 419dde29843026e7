"""Named graphs behind one interface: in memory, on disk, or at any SPARQL 1.1 endpoint.

The default graph of every question is the union of all named graphs.
"""

from cellkg.store.endpoint_store import EndpointStore
from cellkg.store.graph_store import GraphStore
from cellkg.store.local_store import LocalStore

__all__ = ["EndpointStore", "GraphStore", "LocalStore"]
