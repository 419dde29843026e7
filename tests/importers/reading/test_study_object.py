import pickle
from decimal import Decimal

import pytest

from cellkg.importers.reading import Place, RawRecord, RefusedRecordError, parse

NUMBER = '"protocolSection":{"identificationModule":{"nctId":"NCT00000001"}}'


def study_numbered(printed: str) -> str:
    return f'{{"protocolSection":{{"identificationModule":{{"nctId":{printed}}}}}}}'


PLACE = Place("trials.jsonl", line=7)

REFUSED = [
    ("", "malformed", "It is not JSON: it ends too early, at character 1."),
    (f'{{{NUMBER}, "a": "b', "malformed", "unterminated string starting at character"),
    (f'{{{NUMBER}, "a": ', "malformed", "it ends too early"),
    (f'{{{NUMBER}, "a" 1}}', "malformed", "expecting ':' delimiter at character"),
    (f"{{{NUMBER}}} {{}}", "malformed", "extra data at character"),
    (f"{{{NUMBER},}}", "malformed", "before '}'"),
    (f'{{{NUMBER}, "a": "x\ny"}}', "malformed", "invalid control character at character"),
    (f'{{{NUMBER}, "a": NaN}}', "malformed", "NaN is no number in JSON."),
    (f'{{{NUMBER}, "a": [-Infinity]}}', "malformed", "-Infinity is no number in JSON."),
    (f'{{{NUMBER}, "a": 01}}', "malformed", "It is not JSON"),
    (f'{{{NUMBER}, "a": 9223372036854775808}}', "malformed", "larger than 64 bits hold."),
    (f'{{{NUMBER}, "a": -{"9" * 5000}}}', "malformed", "larger than 64 bits hold."),
    (f'{{{NUMBER}, "a": 1e309}}', "malformed", "The number 1e309 is beyond all measure."),
    (f'{{{NUMBER}, "a": 1e{"9" * 30}}}', "malformed", "is beyond all measure."),
    (f'{{{NUMBER}, "a": {{"b": 1, "b": 1}}}}', "malformed", "The key 'b' is given twice"),
    (f'{{{NUMBER}, "a": {{"b" : 1, "b": ":"}}}}', "malformed", "The key 'b' is given twice"),
    (f'{{{NUMBER}, "a": {{"b" \n : 1, "\\u0062":1}}}}', "malformed", "The key 'b' is given twice"),
    (f'{{{NUMBER}, "a": [{{"b":1,"b":1}}, ":c"]}}', "malformed", "The key 'b' is given twice"),
    (f'{{{NUMBER}, "a": "\\ud83d!"}}', "malformed", "half a character (\\ud83d)."),
    (f'{{{NUMBER}, "\\uDE00": 1}}', "malformed", "half a character (\\ude00)."),
    (f'{{{NUMBER}, "a": {"[" * 100}{"]" * 100}}}', "too large", "more than 100 deep"),
    (f'{{{NUMBER}, "a": {"[" * 99999}{"]" * 99999}}}', "too large", "more than 100 deep"),
    ("[]", "not a study", "This is a list, not a study."),
    ('"NCT00000001"', "not a study", "This is a text, not a study."),
    ("1.5", "not a study", "This is a number, not a study."),
    ("12", "not a study", "This is a number, not a study."),
    ("false", "not a study", "This is true or false, not a study."),
    ("null", "not a study", "This is null, not a study."),
    ("{}", "not a study", "it has no protocolSection; its keys are none."),
    ('{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}', "not a study", "its keys are a, b, c, d, e."),
    ('{"error": {"code": 429}}', "not a study", "an error message of the registry, not a study"),
    ('{"message": "gone", "status": 404}', "not a study", "not a study: 'gone'."),
    ('{"studies": []}', "not a study", "a list page inside another list"),
    ('{"FullStudy": {}}', "not a study", "retired API: download it again from version 2"),
    ('{"protocolSection": []}', "malformed", "has no NCT number: it lacks protocolSection.ident"),
    ('{"protocolSection": {"identificationModule": null}}', "malformed", "has no NCT number"),
    (study_numbered('"NCT0000001"'), "malformed", "'NCT0000001' is not NCT and 8 digits"),
    (study_numbered('"nct00000001"'), "malformed", "'nct00000001' is not NCT and 8 digits"),
    (study_numbered('"NCT0000000\u0661"'), "malformed", "is not NCT and 8 digits, as NCT00222573."),
    (study_numbered("1"), "malformed", "'1' is not NCT and 8 digits"),
]


@pytest.mark.parametrize(("printed", "kind", "reason"), REFUSED)
def test_what_is_no_study_is_refused_in_words(printed: str, kind: str, reason: str) -> None:
    with pytest.raises(RefusedRecordError) as caught:
        parse(RawRecord(PLACE, printed.encode()))
    assert reason in caught.value.refusal.reason
    assert (caught.value.refusal.kind, caught.value.refusal.place) == (kind, PLACE)
    assert str(caught.value) == f"trials.jsonl, line 7: {caught.value.refusal.reason}"
    assert len(str(caught.value)) < 250
    assert str(caught.value).isprintable()


def test_all_refusals_are_tried() -> None:
    assert len(REFUSED) == 40


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_only_utf_8_is_read(encoding: str) -> None:
    with pytest.raises(RefusedRecordError, match=r"not UTF-8 text: byte|not JSON"):
        parse(RawRecord(PLACE, f'{{{NUMBER}, "a": "é"}}'.encode(encoding)))


def test_numbers_keep_their_value_as_printed() -> None:
    printed = f'{{{NUMBER}, "a": [1.50, -9223372036854775807, 1E2, 0, 0.1, 1e308]}}'
    numbers = parse(RawRecord(PLACE, printed.encode()))["a"]
    assert numbers == [
        Decimal("1.50"),
        -9223372036854775807,
        Decimal("1E2"),
        0,
        Decimal("0.1"),
        Decimal("1e308"),
    ]
    assert str(numbers[0]) == "1.50"


@pytest.mark.parametrize(
    "fine",
    [
        '"a": {"b" : ":", "c\\":": {"b": 1}}, "b": [{"x":1},{"x":1}]',
        '"a": "\\ud83d\\ude00 \\\\ud83d"',
        f'"a": {"[" * 99}{"]" * 99}',
        '"a": ": \\": :"',
    ],
)
def test_what_only_looks_wrong_is_taken(fine: str) -> None:
    assert "a" in parse(RawRecord(PLACE, f"{{{NUMBER}, {fine}}}".encode()))


def test_a_refusal_passes_between_processes() -> None:
    error = RefusedRecordError(Place("a.zip", member="b", number=3), "It is empty.", "empty")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - written one line above
    assert again.refusal == error.refusal
    assert str(again) == str(error) == "a.zip, member b, record 3: It is empty."
