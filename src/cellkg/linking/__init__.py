"""Which studies may be one, follow one another or share people: candidates with scored reasons."""

from cellkg.linking.overlaps_graph import overlap_triples, write_overlaps

__all__ = ["overlap_triples", "write_overlaps"]
