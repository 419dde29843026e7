"""RDF/XML, which cannot hold everything that RDF can; what it cannot is refused by name."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from cellkg.errors import UserInputError
from cellkg.vocabulary import PREFIXES, RDF, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cellkg.exporting.rdf.graph_lines import GraphLines

# Production 2 of XML 1.0, https://www.w3.org/TR/xml/#charsets: what is no character there.
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# NameStartChar without the colon, and NameChar: https://www.w3.org/TR/xml/#NT-NameStartChar
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME: Final = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*$")
_RESERVED: Final = {
    RDF[name].value
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("Description", "li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
}


def rdf_xml_of_graphs(graphs: Iterable[GraphLines]) -> Iterator[bytes]:
    r"""Write graphs as RDF/XML, without their names.

    Args:
        graphs: The graphs. A triple that stands in several of them is written for each.

    Yields:
        The file in pieces: an opening, each graph, an ending.

    Raises:
        UserInputError: A record has what RDF/XML cannot hold: a control character that XML 1.0
            forbids, a property without a name that XML can write, or a statement about a statement.

    Example:
        >>> from cellkg.exporting.rdf.graph_lines import GraphLines
        >>> from cellkg.vocabulary import GRAPH, STUDY
        >>> bell = GraphLines(GRAPH["study/a"], [f'{STUDY["a#bell"]} <a:note> "\\u0007" .'])
        >>> list(rdf_xml_of_graphs([bell]))
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: study:a#bell, a:note: RDF/XML cannot hold the character
        U+0007; write another format, such as  cellkg export turtle.
    """
    opening, _, ending = _parts([])
    yield opening
    for graph in graphs:
        _, body, _ = _parts(graph.lines)
        yield body
    yield ending


def _parts(lines: Iterable[str]) -> tuple[bytes, bytes, bytes]:
    """Write a file of its own, and take it apart into its opening, its triples and its ending."""
    quads = parse("\n".join(lines), RdfFormat.N_TRIPLES)
    triples = (_holdable(quad.triple) for quad in quads)
    written = BytesIO()
    serialize(triples, written, format=RdfFormat.RDF_XML, prefixes=PREFIXES)
    whole = written.getvalue()
    begin = whole.index(b">", whole.index(b"<rdf:RDF")) + 1
    end = whole.rindex(b"</rdf:RDF>")
    # A reader of XML takes a bare carriage return for a line feed, so it is written by number.
    body = whole[begin:end].replace(b"\r", b"&#13;").rstrip(b"\n")
    return whole[:begin], body, b"\n" + whole[end:].rstrip(b"\n") + b"\n"


def _holdable(triple: Triple) -> Triple:
    predicate, value = triple.predicate.value, triple.object
    problem = None
    if predicate in _RESERVED or not _LOCAL_NAME.search(predicate):
        problem = "a property of that name"
    elif isinstance(value, Triple):
        problem = "a statement about a statement"
    elif bad := _NOT_IN_XML.search(f"{triple.subject} {value.value} {predicate}"):
        problem = f"the character U+{ord(bad.group()):04X}"
    elif isinstance(value, Literal) and value.direction is not None:
        problem = f"a text with the direction {value.direction}"
    if problem is not None:
        subject = getattr(triple.subject, "value", str(triple.subject))
        raise UserInputError(
            f"{shorten(subject)}, {shorten(predicate)}: RDF/XML cannot hold {problem}; write"
            " another format, such as  cellkg export turtle.",
            value=subject,
        )
    return triple
