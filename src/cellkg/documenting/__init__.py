"""The words of the graph as pages to browse: ontology, shapes, questions and terms."""

from cellkg.documenting.site import Documentation, read_documentation
from cellkg.documenting.writing import render_site

__all__ = ["Documentation", "read_documentation", "render_site"]
