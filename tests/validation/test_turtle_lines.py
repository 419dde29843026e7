from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from cellkg.validation.turtle_lines import TurtleLines
from cellkg.vocabulary import RDF

E = "https://example.org/#"


@pytest.mark.parametrize(
    ("text", "fever", "count"),
    [
        pytest.param("@prefix : <{e}> .\n\n:fever a :F ;\n    :count 4 .", 3, 4, id="usual"),
        pytest.param("PREFIX : <{e}>\n:fever a :F ; :count 4 .", 2, 2, id="one line"),
        pytest.param("@prefix : <{e}> .\n:fever\n\n  a\n :F\n;\n:count\n4\n.", 2, 7, id="airy"),
        pytest.param("@prefix : <{e}> . :x :y :z .:fever a :F;:count 4.", 1, 1, id="dense"),
        pytest.param("<{e}x> <{e}y> 1.5 .\n<{e}fever> <{e}count> 4 .", 2, 2, id="in full"),
        pytest.param("@base <{e}> .\n<#fever> <#count> 4 .", 2, 2, id="relative"),
        pytest.param("@prefix : <{e}> .\n# :fever\n:fever # ; :count\n  :count 4 .", 3, 4, id="#"),
        pytest.param(
            '@prefix : <{e}> .\n:x :y ":fever . \\" "@en .\n:fever :count 4 .', 3, 3, id='"'
        ),
        pytest.param(
            '@prefix : <{e}> .\n:x :y """a\n:fever :count 4 .\n""" .\n:fever :count 4 .',
            5,
            5,
            id='"""',
        ),
        pytest.param(
            "@prefix : <{e}> .\n:x :y '''it''s\n''' ; :z 'f'^^:t .\n:fever :count 4 .",
            4,
            4,
            id="'''",
        ),
        pytest.param(
            "@prefix : <{e}> .\n:x :y [ :count 5 ;\n :z (:fever :b) ] .\n:fever :count 4 .",
            4,
            4,
            id="brackets",
        ),
        pytest.param("@prefix : <{e}> .\n[ :y :z ] :count 5 .\n:fever :count 4 .", 3, 3, id="[]"),
        pytest.param("@prefix : <{e}> .\n(1 2) :count 5 .\n:fever :count 4 .", 3, 3, id="()"),
        pytest.param("@prefix : <{e}> .\n_:b :count 5 .\n:fever :count 4 .", 3, 3, id="_:b"),
        pytest.param("@prefix : <{e}> .\n:x :y 1. :z :y .5 .\n:fever :count 4.", 3, 3, id="1."),
        pytest.param("@prefix : <{e}> .\n\n:fever :n 1 .\n:fever :count 4 .", 3, 4, id="twice"),
        pytest.param(
            "@prefix : <{e}> .\n:g {{\n  :x :y :z }}\nGRAPH :h {{ :fever :a 1 .\n:fever :count 4}}",
            4,
            5,
            id="TriG",
        ),
        pytest.param(
            "<{e}x> <{e}y> <{e}z> <g:h> .\n<{e}fever> <{e}count> 4 <g:h> .", 2, 2, id="NQ"
        ),
        pytest.param("@prefix : <{e}> .\r\n\r\n:fever\r\n :count 4 .", 3, 4, id="Windows"),
    ],
)
def test_records_and_properties_are_found_in_any_layout(text: str, fever: int, count: int) -> None:
    lines = TurtleLines(text.format(e=E))
    assert lines.line_of(E + "fever") == fever
    assert lines.line_of(E + "fever", E + "count") == count


def test_what_is_not_there_has_no_line() -> None:
    lines = TurtleLines(f"@prefix : <{E}> .\n:fever :count 4 .")
    assert lines.line_of(E + "headache") is None
    assert lines.line_of(E + "fever", E + "grade") == 2
    assert lines.line_of(E + "headache", E + "count") is None


def test_the_class_has_a_line() -> None:
    lines = TurtleLines(f"@prefix : <{E}> .\n:fever\n  a :F .")
    assert lines.line_of(E + "fever", RDF["type"].value) == 3


def test_escaped_names_are_read() -> None:
    lines = TurtleLines(f"@prefix : <{E}> .\n:a\\~b :c 1 .\n<{E}\\u00E9> :c 1 .")
    assert lines.line_of(E + "a~b") == 2
    assert lines.line_of(E + "é") == 3


@pytest.mark.parametrize(
    "text", ["", "@prefix", "@prefix :", ":a :b", '"open', "} ] . ;", ":a :b ["]
)
def test_broken_text_is_no_trouble(text: str) -> None:
    assert TurtleLines(text).line_of(E + "fever") is None


names = st.text("abcXYZ019_-.:~", min_size=1, max_size=6)
iris = st.builds(lambda name: NamedNode(E + name), names)
literals = st.builds(
    Literal, st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
)
triples = st.lists(
    st.builds(Triple, iris, iris, iris | literals | st.builds(BlankNode)),
    min_size=1,
    max_size=12,
    unique=True,
)


@given(triples)
def test_every_subject_is_found_where_it_stands(written: list[Triple]) -> None:
    turtle = serialize(written, format=RdfFormat.TURTLE, prefixes={"": E})
    assert turtle is not None
    text = turtle.decode()
    lines = TurtleLines(text)
    raw = text.split("\n")
    found = [lines.line_of(triple.subject.value) for triple in written]  # type: ignore[union-attr] # IRIs
    for triple, line in zip(written, found, strict=True):
        assert line is not None
        parsed = parse("\n".join(["", *_head(raw), *raw[line - 1 :]]), RdfFormat.TURTLE)
        assert next(parsed).subject == triple.subject


def _head(raw: list[str]) -> list[str]:
    return [line for line in raw if line.startswith("@prefix")]


@given(st.lists(names, min_size=2, max_size=8, unique=True))
def test_lines_rise_with_the_text(subjects: list[str]) -> None:
    text = "".join(f"<{E}{name}>\n  <{E}p>\n  1 .\n" for name in subjects)
    lines = TurtleLines(text)
    found = [lines.line_of(E + name, E + "p") or 0 for name in subjects]
    assert all(later - earlier == 3 for earlier, later in pairwise(found))
