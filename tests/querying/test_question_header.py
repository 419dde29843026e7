import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cellkg.errors import SourceFileError
from cellkg.querying.question_header import NOT_KEYS, Header, read_header

FILE = Path("q.rq")


def as_grlc_reads_it(text: str) -> object:
    """What a YAML reader makes of the lines that begin with #+, as grlc hands them to it."""
    lines = [line[2:] for line in text.split("\n") if line.startswith("#+")]
    return yaml.safe_load("\n".join(lines))


def problem_of(text: str) -> SourceFileError:
    with pytest.raises(SourceFileError) as caught:
        read_header(text, FILE)
    return caught.value


def test_every_shipped_header_reads_as_yaml_reads_it(project: Path) -> None:
    files = sorted((project / "queries").glob("*.rq"))
    assert len(files) >= 30
    for file in files:
        text = file.read_text("utf-8")
        assert read_header(text, file).values == as_grlc_reads_it(text), file.name


PRINTABLE = st.text(alphabet=st.characters(categories=("L", "M", "N", "P", "S")), max_size=20)
AWKWARD = st.text(alphabet="\\/\"\n\t:{}[]#,&*!|>%@` -?'u0~=<")
JSON_VALUES = st.recursive(
    PRINTABLE | AWKWARD | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4),
    max_leaves=8,
)
KEYS = st.from_regex("[A-Za-z][A-Za-z0-9-]*", fullmatch=True).filter(
    lambda key: key.lower() not in NOT_KEYS
)


@settings(max_examples=60)
@given(
    st.dictionaries(KEYS, JSON_VALUES, max_size=4),
    st.dictionaries(KEYS, JSON_VALUES, min_size=1, max_size=4),
)
def test_whatever_is_accepted_reads_as_yaml_reads_it(
    values: dict[str, object], below: dict[str, object]
) -> None:
    lines = [f"#+ {key}: {written(value)}" for key, value in values.items() if key != "last"]
    lines += ["#+ last:", *(f"#+   {key}: {written(value)}" for key, value in below.items())]
    text = "\n".join([*lines, "SELECT …"])
    assert read_header(text, FILE).values == {**values, "last": below}
    assert as_grlc_reads_it(text) == {**values, "last": below}


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("key", sorted(NOT_KEYS))
def test_a_key_that_yaml_takes_for_a_truth_value_is_refused(key: str) -> None:
    assert yaml.safe_load(f"{key}: 1") != {key: 1}
    assert "YAML reads" in str(problem_of(f'#+ {key}: "x"'))


def test_lines_are_numbered_and_the_header_ends_where_the_query_begins() -> None:
    header = read_header('#+ a: "x"\n#+ b:\n#+   c: [1]\n\nSELECT …\n# not "read"', FILE)
    assert header.values == {"a": "x", "b": {"c": [1]}}
    assert header.lines == {"a": 1, "b": 2, "b.c": 3}
    assert header.length == 3


def test_a_text_without_a_header_has_an_empty_one() -> None:
    header = read_header("SELECT …", FILE)
    assert isinstance(header, Header)
    assert (header.values, header.length) == ({}, 0)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("#+summary: 1", 1, "no header line"),
        ('#+ a: "x"\n#+  b: "y"', 2, "no header line"),
        ('#+ a: "x"\n#+ - b', 2, "no header line"),
        ('#+ a: "x"\n#+   b: "y"', 2, "indented, and the key above has a value"),
        ('#+   b: "y"', 1, "indented"),
        ("#+ a:\n#+   b:", 2, "has no value"),
        ('#+ a: "x"\n#+ a: "y"', 2, "stands on line 1 already"),
        ('#+ a:\n#+   b: "x"\n#+   b: "y"', 3, "stands on line 2 already"),
        ("#+ a: yes", 1, "not JSON"),
        ("#+ a: {'b': 1}", 1, "not JSON"),
        ('#+ a: {"b": 1, "b": 2}', 1, "'b' stands there twice"),
        ('#+ a: "\\u0041"', 1, "characters as they are"),
        ('#+ a: "x\u2028y"', 1, "characters as they are"),
        ('#+ a: {\t"b": 1}', 1, "characters as they are"),
        ("#+ a: NaN", 1, "write NaN as a text"),
        ("#+ a: 1e3", 1, "write 1e3 as a text"),
    ],
)
def test_a_faulty_line_is_named_with_what_to_write(text: str, line: int, said: str) -> None:
    problem = problem_of(text)
    assert problem.line == line
    assert said in str(problem)
    assert str(problem).startswith(f"q.rq, line {line}: ")


def test_an_escaped_backslash_before_u_is_no_escape() -> None:
    assert read_header(r'#+ a: "\\u"', FILE).values == {"a": "\\u"}
