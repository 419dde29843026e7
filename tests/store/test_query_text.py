import re
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.errors import UserInputError
from cellkg.store import LocalStore, query_text
from cellkg.store.query_text import UPDATES, form_of

LONG = 3000


def refusal_of(sparql: str) -> str:
    with pytest.raises(UserInputError) as caught:
        LocalStore().query(sparql)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("\n# SELECT\n  ask {}", "ASK"),
        ("BASE <http://example.org/ASK> PREFIX a: <http://a/#b> Construct {} {}", "CONSTRUCT"),
        ("PREFIX : <http://a/>\r\nDESCRIBE :x", "DESCRIBE"),
        ("prefix select: <http://a/> select * {}", "SELECT"),
        ("# only a remark", ""),
        ("", ""),
        ("12", ""),
    ],
)
def test_the_form_is_the_first_word_after_the_prefixes(sparql: str, form: str) -> None:
    assert form_of(sparql) == form


def test_remarks_without_end_are_looked_through_in_no_time() -> None:
    assert form_of("# " * 50_000 + "\n1") == ""


@pytest.mark.parametrize("word", sorted(UPDATES))
def test_an_update_is_called_one(word: str) -> None:
    message = refusal_of(f"PREFIX a: <http://a/>\n{word.lower()} DATA {{ a:a a:b a:c }}")
    assert message == (
        f"{word} begins an update, and cellkg only reads: ask with SELECT, ASK, CONSTRUCT or"
        " DESCRIBE."
    )


@pytest.mark.parametrize(
    ("sparql", "line", "column", "shown", "cause"),
    [
        ("SELECT * WHERE {", 1, 17, "SELECT * WHERE {", "it ends too early"),
        ("SELECT *\n  { ?s foo:b ?o }", 2, 8, "{ ?s foo:b ?o }", "prefix 'foo:' is not declared"),
        ("SELECT *\r\n{ ?s :b ?o }", 2, 6, "{ ?s :b ?o }", "the prefix ':' is not declared"),
        ("ASK {\n  FILTR(1) }", 2, 3, "FILTR(1) }", "SPARQL 1.1 does not allow what stands there"),
        ("ASK {\n  ?s <a b> ?o }", 2, 11, "?s <a b> ?o }", "IRI parsing failed"),
        ('ASK { ?s ?p "äöü𝒳" ) }', 1, 20, 'ASK { ?s ?p "äöü𝒳" ) }', "SPARQL 1.1 does not allow"),
        ("SELECT ?a ?b { ?a ?p ?b } GROUP BY ?a", 1, 38, "SELECT ?a", "variable that is unbound"),
    ],
)  # fmt: skip
def test_a_malformed_query_is_told_with_its_place(
    sparql: str, line: int, column: int, shown: str, cause: str
) -> None:
    message = refusal_of(sparql)
    assert message.startswith(
        f"The query cannot be read at line {line}, column {column}, in '{shown}"
    )
    assert cause in message


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    message = refusal_of(
        "SELECT * { " + "?s ?p ?o . " * 50 + "foo:bar ?p ?o" + " . ?s ?p ?o" * 50 + "}"
    )
    assert "'…" in message
    assert "foo:bar ?p ?o" in message
    assert len(message) < 300


def test_an_empty_query_is_called_empty() -> None:
    assert refusal_of(" \n") == "The query is empty: give one in SPARQL 1.1."


def test_the_error_carries_the_line() -> None:
    with pytest.raises(UserInputError) as caught:
        LocalStore().query("ASK {\n  ?s foo:bar ?o\n}")
    assert caught.value.value == "  ?s foo:bar ?o"


def test_an_engine_that_names_no_place_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terse:
        def query(self, _: str) -> None:
            raise SyntaxError("no")

    monkeypatch.setattr(query_text, "Store", Terse)
    error = query_text.explain_malformed("SELEC * {}", SyntaxError("what it said first"))
    assert str(error) == "The query cannot be read: what it said first."
    with pytest.raises(UserInputError, match="The query cannot be read: no"):
        query_text.refuse_unsafe("SELECT ?service {}")


@pytest.fixture
def trap() -> Iterator[str]:
    """An address that must not be visited; visiting it fails the test."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <TRAP> { ?s ?p ?o }",
        "service silent <TRAP> { ?s ?p ?o }",
        "SERVICE<TRAP>{}",
        "SERVICE trap: {}",
        "SERVICEtrap:{}",
        "SERVICEtrap:x {}",
        "SERVICE SILENTtrap:x {}",
        "SERVICE # a remark\n <TRAP> {}",
        "VALUES ?where { <TRAP> } SERVICE ?where {}",
        "FILTER(1<2).SERVICE#>\n<TRAP> { ?s ?p ?o }",
        "FILTER(1<2 && 'a' = \"#\") SERVICE <TRAP> { ?s ?p ?o }",
        "BIND('''it's\n''' AS ?text) SERVICE <TRAP> {}",
        "?s ?p 1SERVICE <TRAP> {}",
        "{ SELECT * { OPTIONAL { SERVICE <TRAP> { ?s ?p ?o } } } }",
        "FILTER EXISTS { SERVICE <TRAP> { ?s ?p ?o } }",
        "?service ?p ?zzzzzzz . service:a ?p 'service' . SERVICE <TRAP> {}",
    ],
)
def test_no_question_reaches_out_to_another_endpoint(pattern: str, trap: str) -> None:
    sparql = (
        f"PREFIX trap: <{trap}> PREFIX service: <{trap}>\n"
        f"SELECT * WHERE {{ {pattern.replace('TRAP', trap)} }}"
    )
    message = refusal_of(sparql)
    assert re.match(r"SERVICE \(line [23]\) asks another endpoint", message)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service ?Service ?zzzzzzz { ?service ?Service ?zzzzzzz }",
        "PREFIX service: <http://example.org/service#> ASK { service:SERVICE a service:a.service }",
        "ASK { ?s ?p 'SERVICE <http://example.org/>' , '''SERVICE''' , \"a\"@en-service }",
        "ASK { _:service ?p <http://example.org/a)service#> } # SERVICE <http://a/> {}",
        "SELECT (1 AS ?theService) { FILTER(1<2) }",
    ],
)
def test_the_word_service_is_no_offence(sparql: str) -> None:
    LocalStore().query(sparql)


def test_a_query_that_is_malformed_elsewhere_is_not_blamed_for_the_word() -> None:
    message = refusal_of("SELECT ?service {\n  ?service ?p foo:bar }")
    assert message.startswith("The query cannot be read at line 2, column 15,")


CASINGS = st.tuples(*(st.sampled_from((each, each.upper())) for each in "service")).map("".join)
SPACES = st.sampled_from((" ", "\n", "\t", " # remark\n", " #'\n", ' #"\n', " #>\n", "\r\n"))
BEFORE = st.sampled_from(
    ("", "?s ?p ?o .", "?s ?p 'a#b' .", "FILTER(?x<?y) .", '?s <http://a/#b> "\'" .', "{} UNION {}")
)


@given(word=CASINGS, spaces=SPACES, before=BEFORE, silent=st.sampled_from(("", "SILENT ")))
def test_however_it_is_written_service_is_refused(
    word: str, spaces: str, before: str, silent: str
) -> None:
    message = refusal_of(
        f"SELECT * {{ {before} {word}{spaces}{silent}<http://127.0.0.1:9/> {{}} }}"
    )
    assert message.startswith("SERVICE (line ")


@given(word=CASINGS, name=st.from_regex(r"[A-Za-z]{0,3}", fullmatch=True))
def test_however_it_is_written_a_name_is_a_name(word: str, name: str) -> None:
    variable = f"?{name}{word}{name}"
    LocalStore().query(
        f"PREFIX {name}{word}: <http://a/{word}#>\n"
        f"SELECT {variable} {{ {variable} {name}{word}:{word} '{word}' }} # {word} <http://a/>"
    )


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK " + "{" * LONG + "}" * LONG,
        "ASK { FILTER(" + "(" * LONG + "1" + ")" * LONG + ") }",
        "ASK { FILTER(" + "!" * LONG + "1) }",
        "ASK { FILTER(1" + "+1" * LONG + ") }",
        "ASK { FILTER(" + "IF(1,1," * LONG + "1" + ")" * LONG + ") }",
        "ASK { {}" + "UNION {}" * LONG + " }",
        "ASK { " + "OPTIONAL{}" * LONG + " }",
        "ASK { " + "MINUS{}" * LONG + " }",
        "ASK { " + "FILTER EXISTS {" * LONG + "}" * LONG + " }",
        "ASK { " + "".join(f"BIND(1 AS ?x{number})" for number in range(LONG)) + " }",
        "SELECT " + "".join(f"(1 AS ?x{number})" for number in range(LONG)) + " {}",
        "ASK { ?s <a:a>" + "/<a:a>" * LONG + " ?o }",
        "ASK { ?s ?p " + "[ ?p " * LONG + "1" + "]" * LONG + " }",
    ],
    ids=lambda sparql: sparql[:20],
)
def test_a_query_that_could_end_the_process_is_refused(sparql: str) -> None:
    assert "and cellkg runs up to 100 and 1000: split it." in refusal_of(sparql)


def test_long_lists_of_values_are_no_offence() -> None:
    iris = " ".join(f"<https://w3id.org/cellkg/term/bone-marrow-{n}/(x)>" for n in range(LONG))
    counts = " ".join(f'("{n}"^^<http://www.w3.org/2001/XMLSchema#integer>)' for n in range(LONG))
    names = " ".join(f"term:bone-marrow-derived-{n}-cell" for n in range(LONG))
    texts = " ".join(f'\'((({{{{ + || UNION {n}\' """(("\n"""' for n in range(LONG))
    answer = LocalStore().query(
        "PREFIX term: <https://w3id.org/cellkg/term/>\nSELECT * {"
        f" VALUES ?iri {{ {iris} }} VALUES (?n) {{ {counts} }} VALUES ?name {{ {names} }}"
        f" VALUES ?text {{ {texts} }} FILTER(false) # {'{' * LONG}\n}}"
    )
    assert list(answer) == []  # type: ignore[arg-type] # SELECT gives rows
