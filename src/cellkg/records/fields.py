"""How a field of a record says which property of the ontology it holds.

A record is a frozen dataclass; each of its fields carries a :class:`Fact` in its metadata. The two
modules that turn records into triples and back read nothing else, so that a property is named once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal

from cellkg.vocabulary import CKG, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

Kind = Literal[
    "iri", "text", "english", "integer", "decimal", "boolean", "date", "address", "record"
]

_METADATA_KEY: Final = "fact"


@dataclass(frozen=True, slots=True)
class Fact:
    """The property that a field holds, and what its values are.

    Attributes:
        property: The property of the ontology.
        kind: What the values are; ``record`` for a part of the record.
        several: Whether the field is a tuple of values.
    """

    property: NamedNode
    kind: Kind
    several: bool


def facts_of(record_class: type) -> Mapping[str, Fact]:
    """List the facts of a record class by field name, in the order of definition.

    Example:
        >>> from cellkg.records import Dose
        >>> facts_of(Dose)["dose_max"].property.value
        'https://w3id.org/cellkg/ontology#doseMax'
    """
    facts = _FACTS.get(record_class)
    if facts is None:
        facts = _FACTS[record_class] = {
            each.name: each.metadata[_METADATA_KEY]
            for each in fields(record_class)
            if _METADATA_KEY in each.metadata
        }
    return facts


_FACTS: Final[dict[type, Mapping[str, Fact]]] = {}
"""What was asked for before: it is for every record that is written or read."""


# The functions below return Any because that is what a dataclass field default has to look like:
# the type of the field stands in the record, where a reader wants it.


def one(name: str, kind: Kind) -> Any:  # noqa: ANN401 - see above
    """Declare a field for at most one value; ``None`` means that the source is silent."""
    return field(default=None, metadata={_METADATA_KEY: Fact(CKG[name], kind, several=False)})


def several(name: str, kind: Kind) -> Any:  # noqa: ANN401 - see above
    """Declare a field for any number of values; empty means that the source is silent."""
    return field(default=(), metadata={_METADATA_KEY: Fact(CKG[name], kind, several=True)})


def title() -> Any:  # noqa: ANN401 - see above
    """Declare the field for a title in English, held as ``dcterms:title``."""
    fact = Fact(DCTERMS["title"], "english", several=False)
    return field(default=None, metadata={_METADATA_KEY: fact})
