import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.importers.reading import byte_window, value_cutting
from cellkg.importers.reading.byte_window import ByteWindow
from cellkg.importers.reading.value_cutting import CutOffError, EndlessTextError, cut_value

texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\[]{},:'))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=15,
)


def window_of(text: bytes) -> ByteWindow:
    window = ByteWindow(io.BytesIO(text).read)
    window.peek(1)
    return window


@given(
    value=values, indent=st.none() | st.integers(0, 2), raw=st.booleans(), chunk=st.integers(1, 64)
)
def test_any_value_is_cut_out_as_printed(
    value: object,
    indent: int | None,
    raw: bool,  # noqa: FBT001 - hypothesis draws it
    chunk: int,
) -> None:
    printed = json.dumps(value, indent=indent, ensure_ascii=not raw).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_window, "CHUNK_BYTES", chunk)
        window = window_of(printed + b' , "]"')
        assert cut_value(window) == printed
        assert window.peek(3).lstrip()[:1] == b","


@given(value=st.lists(values, min_size=1), data=st.data())
def test_half_a_value_is_cut_off(value: object, data: st.DataObject) -> None:
    printed = json.dumps(value).encode()
    half = printed[: data.draw(st.integers(1, len(printed) - 1))]
    with pytest.raises(CutOffError):
        cut_value(window_of(half))


def test_long_runs_of_the_same_kind_are_passed_over() -> None:
    for part in (b'"a"', b'"\\n\\"\\\\"', b"1", b"{}", b"[[[[]]]]", b'{"a":[{"b":{}}]}'):
        printed = b"[" + b",".join([part] * 5000) + b"]"
        assert cut_value(window_of(printed + b",1")) == printed
    escapes = b'"' + b"\\\\" * 5000 + b'\\""'
    assert cut_value(window_of(b"[" + escapes + b"]")) == b"[" + escapes + b"]"
    nested = b"[" * 5000 + b"]" * 5000
    assert cut_value(window_of(nested + b"]")) == nested


def test_a_value_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_cutting, "MAX_RECORD_BYTES", 100)
    monkeypatch.setattr(byte_window, "CHUNK_BYTES", 16)
    window = window_of(b'["' + b'aaaaaaaa","' * 500 + b'"],"next"')
    assert cut_value(window) is None
    assert window.peek(7) == b',"next"'
    assert len(window.data) < 200


def test_an_endless_text_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_cutting, "MAX_RECORD_BYTES", 100)
    monkeypatch.setattr(byte_window, "CHUNK_BYTES", 16)
    for endless in (b'["' + b"a" * 1000, b'"' + b"a" * 1000, b"1" * 1000):
        with pytest.raises(EndlessTextError):
            cut_value(window_of(endless))
