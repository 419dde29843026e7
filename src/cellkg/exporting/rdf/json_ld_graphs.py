"""Named graphs as compact JSON-LD under the published context, a node a line.

What the context says of a property (that its values are things, or numbers) leaves a short value;
anything else is written out, so that no value is read as another than it is.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import RdfFormat, parse

from cellkg.errors import UserInputError
from cellkg.exporting.rdf.json_ld_context import CONTEXT_ADDRESS, published_context
from cellkg.exporting.rdf.reading_blocks import TYPE, reading_blocks
from cellkg.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Literal

    from cellkg.exporting.rdf.graph_lines import GraphLines
    from cellkg.exporting.rdf.json_ld_context import Definition
    from cellkg.exporting.rdf.reading_blocks import Block

    Json: TypeAlias = str | int | bool | dict[str, str] | dict[str, "Json"] | list["Json"]

_to_json: Final = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
_WHOLE_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what any reader of JSON keeps exactly
_WITH_DIRECTION: Final = re.compile(r'"@[A-Za-z0-9-]+--(?:ltr|rtl)$')
_NATIVE: Final = (XSD["integer"], XSD["boolean"])  # what a bare value of JSON is
_SCHEME: Final = re.compile(r"[^:/?#]*(?=:)")
_NAME: Final = re.compile(r"[A-Za-z0-9_][^\s:]*")


def json_ld_of_graphs(graphs: Iterable[GraphLines], *, linked: bool = False) -> Iterator[bytes]:
    """Write named graphs as JSON-LD.

    Args:
        graphs: The graphs.
        linked: Name the address of the context instead of writing it into the file, which is then
            read with a network only.

    Yields:
        The file in pieces: an opening with the context, each graph, an ending.

    Raises:
        UserInputError: A record has what JSON-LD cannot hold under this context.
        ShippedFolderMissing: The context is not where it should be.
    """
    context = published_context()["@context"]
    nodes = _Nodes(context)
    head = CONTEXT_ADDRESS if linked else context
    yield f'{{"@context":{_to_json(head)},\n"@graph":['.encode()
    separator = "\n"
    for graph in graphs:
        written = ",\n".join(_to_json(nodes.node(each)) for each in reading_blocks(graph.lines))
        name = _to_json(nodes.iri(str(graph.name)))
        yield f'{separator}{{"@id":{name},"@graph":[\n{written}\n]}}'.encode()
        separator = ",\n"
    yield b"\n]}\n"


class _Nodes:
    """Writes nodes under a context."""

    def __init__(self, context: dict[str, Definition]) -> None:
        """Sort the context into prefixes, names of properties, and kinds of their values."""
        self._prefixes = {name: each for name, each in context.items() if isinstance(each, str)}
        self._by_namespace = {
            start: name
            for name, start in sorted(self._prefixes.items(), key=lambda each: -len(each[1]))
        }
        self._properties: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for name, each in context.items():
            if isinstance(each, dict):
                self._properties[self._expanded(each["@id"])] = name
                kind = each.get("@type", "")
                self._kinds[name] = kind if kind.startswith("@") else self._expanded(kind)

    def node(self, block: Block) -> dict[str, Json]:
        """Write a subject with its facts."""
        written: dict[str, Json] = {"@id": self.iri(block.subject)}
        for predicate, values in block.facts:
            if predicate == TYPE and all(each[0] in "<_" for each in values):
                written["@type"] = _one_or_several([self.iri(each) for each in values])
                continue
            name = self._properties.get(predicate) or self.iri(predicate)
            kind = self._kinds.get(name, "")
            written[name] = _one_or_several([self._value(each, kind, block) for each in values])
        return written

    def iri(self, node: str) -> str:
        """Write an IRI, short where a prefix fits, or the label of a blank node."""
        if node[0] == "_":
            return node
        iri = node[1:-1]
        for start, prefix in self._by_namespace.items():
            if iri.startswith(start) and _NAME.fullmatch(iri, len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        scheme = _SCHEME.match(iri)
        if scheme is not None and scheme.group() in self._prefixes:
            raise UserInputError(
                f"JSON-LD would read the IRI '{iri}' as a short one of {scheme.group()}: write"
                " another format, such as  cellkg export trig.",
                value=iri,
            )
        return iri

    def _value(self, node: str, kind: str, block: Block) -> Json:
        if node.startswith("<<") or _WITH_DIRECTION.search(node):
            raise UserInputError(
                f"{block.subject} has {node}, which JSON-LD cannot hold: write another format, such"
                " as  cellkg export trig.",
                value=block.subject,
            )
        if node[0] != '"':
            return self.iri(node) if kind == "@id" else {"@id": self.iri(node)}
        if node[-1] == '"' and "\\" not in node:
            return {"@value": node[1:-1]} if kind else node[1:-1]
        return self._literal(_read(node), kind)

    def _literal(self, literal: Literal, kind: str) -> Json:
        text = literal.value
        if literal.language is not None:
            return {"@value": text, "@language": literal.language}
        datatype = literal.datatype
        if datatype == XSD["string"]:
            return {"@value": text} if kind else text
        as_said = str(datatype) == kind
        if as_said or (not kind and datatype in _NATIVE):
            if datatype == XSD["integer"] and _WHOLE_NUMBER.fullmatch(text):
                return int(text)
            if datatype == XSD["boolean"] and text in {"true", "false"}:
                return text == "true"
        return text if as_said else {"@value": text, "@type": self.iri(str(datatype))}

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"<{self._prefixes[prefix]}{local}>" if local else ""


def _one_or_several(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _read(node: str) -> Literal:
    (quad,) = parse(f"<a:a> <a:a> {node} .", RdfFormat.N_TRIPLES)
    literal: Literal = quad.object
    return literal
