"""JSON-LD, with everything in the same order every time."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from cellkg.exporting.rdf.reading_order import node_key, property_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple


def json_ld(triples: Iterable[Triple]) -> bytes:
    """Write triples as expanded JSON-LD.

    Args:
        triples: The triples, in any order and as often as you like.

    Returns:
        One object a subject, in UTF-8, with a line feed at the end.

    Example:
        >>> from pyoxigraph import Literal, Triple
        >>> from cellkg.vocabulary import CKG, STUDY
        >>> fever = Triple(STUDY["example#fever"], CKG["count"], Literal(4))
        >>> json.loads(json_ld([fever]))[0]["@id"]
        'https://w3id.org/cellkg/study/example#fever'
    """
    ordered = sorted(
        set(triples),
        key=lambda each: (
            node_key(each.subject),
            property_key(each.predicate, ()),
            node_key(each.object),
        ),
    )
    compact = BytesIO()
    serialize(ordered, compact, format=RdfFormat.JSON_LD)
    return (json.dumps(json.loads(compact.getvalue()), indent=2, ensure_ascii=False) + "\n").encode(
        "utf-8"
    )
