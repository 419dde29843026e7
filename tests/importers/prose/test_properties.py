"""What holds for every text: no crash, and every fragment is cut out of the text as it stands."""

# ruff: noqa: RUF001 - these are the characters that registries print

from collections.abc import Iterator
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from cellkg.importers.prose import Found, Given, GivenText, Passage, ProseReader
from cellkg.importers.prose.amounts import amounts_in
from cellkg.importers.prose.found import LONGEST_QUOTE
from cellkg.importers.prose.plain_text import plain

PIECES = [
    *("MSC", "UC-MSC", "umbilical cord", "bone marrow", "derived from", "-derived ", "exosomes"),
    *(
        "stem cells",
        "T cells",
        "autologous",
        "donor",
        "without ",
        "intravenously",
        "IV",
        "into the",
    ),
    *("knee", "vein", r"1x10\^6", "&#215;", "&amp;lt;", "10⁶", "×", "/kg", "million", "2-4", "±"),
    *("every 2 weeks", "once", "three infusions", "placebo", "(", ")", ". ", ", ", ";", "\n", " "),
    *(
        "ＭＳＣ",
        "間葉系幹細胞",
        "\\",
        "é",
        "’s",
        "\N{SOFT HYPHEN}",
        "ß",
        "\N{LATIN SMALL LIGATURE FI}",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60)


def facts(value: object) -> Iterator[Found]:
    """Give every fact inside a value."""
    if isinstance(value, Found):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from facts(each)
    elif hasattr(value, "__dataclass_fields__"):
        for each in fields(value):  # type: ignore[arg-type]  # any dataclass
            yield from facts(getattr(value, each.name))


def check(found: Found, texts: dict[str, str]) -> None:
    text = texts[found.pointer]
    assert 0 <= found.start <= found.end <= len(text)
    assert found.quote == text[found.start : found.end] == found.quote.strip()
    assert 0 < len(found.quote) <= LONGEST_QUOTE
    assert found.reasoning.endswith(".")


@given(name=TEXTS, description=TEXTS, arm=TEXTS, study=TEXTS)
def test_every_fragment_is_cut_out_of_its_text(
    reader: ProseReader, name: str, description: str, arm: str, study: str
) -> None:
    texts = {"/name": name, "/description": description, "/arm": arm, "/study": study}
    passages = [Passage(pointer, text) for pointer, text in texts.items()]
    text = GivenText(tuple(passages[:2]), (passages[2],), (passages[3],), "BIOLOGICAL", None)
    found = reader.given(text)
    assert isinstance(found, Given)
    for fact in facts(found):
        check(fact, texts)
    for stretch in found.ungrounded:
        assert stretch.text in texts[stretch.pointer]
    if not found.products:
        assert list(facts(found)) == []
    assert reader.given(text) == found


@given(text=TEXTS)
def test_every_reading_of_one_string_is_cut_out_of_it(reader: ProseReader, text: str) -> None:
    passage = Passage("/x", text)
    for read in (reader.condition, reader.adverse_event, reader.outcome_measure):
        found = read(passage)
        if found is not None:
            check(found, {"/x": text})


@given(text=TEXTS)
def test_plain_text_knows_where_it_came_from(text: str) -> None:
    words = plain(text)
    assert len(words.text) == len(words.starts) == len(words.ends)
    for start, end in zip(words.starts, words.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(words.starts) == sorted(words.starts)


@given(text=TEXTS)
def test_amounts_do_not_overlap(text: str) -> None:
    end = 0
    for amount in amounts_in(text):
        assert end <= amount.start < amount.end <= len(text)
        assert amount.minimum is not None or amount.maximum is not None
        end = amount.end
