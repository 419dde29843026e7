from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from cellkg.validation.nquads_lines import NQuadsLines

E = "https://example.org/#"
TEXT = f"""# <{E}fever> <{E}count> "5" .

<{E}x> <{E}y> " <{E}fever> <{E}count> " <{E}g> .
_:b <{E}y> "4" .
 <{E}fever>\t<{E}p>  "4"@en <{E}g> . # a comment
<{E}fever> <{E}count> "4" .
<{E}fever> <{E}count> "5" .
<{E}f\\u00fcr\\U0001F600> <{E}count> "4" .
"""


def test_lines_are_those_of_the_first_statement() -> None:
    lines = NQuadsLines(TEXT.encode())
    assert lines.line_of(f"{E}x") == 3
    assert lines.line_of(f"{E}fever") == 5
    assert lines.line_of(f"{E}fever", f"{E}count") == 6
    assert lines.line_of(f"{E}fever", f"{E}nothing") == 5
    assert lines.line_of(f"{E}für😀", f"{E}count") == 8
    assert lines.line_of(f"{E}nothing", f"{E}count") is None


NAMES = st.sampled_from("abcdef").map(lambda name: NamedNode(E + name))


@given(
    st.lists(
        st.builds(
            Quad,
            NAMES | st.just(BlankNode("b")),
            NAMES,
            NAMES | st.builds(Literal, st.text()),
            NAMES,
        )
    )
)
def test_every_statement_is_found_in_its_line(quads: list[Quad]) -> None:
    lines = NQuadsLines(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            same = [(each.subject, each.predicate) for each in quads]
            expected = same.index((quad.subject, quad.predicate)) + 1
            assert lines.line_of(quad.subject.value, quad.predicate.value) == expected
