import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cellkg.importers.ctgov_api.study_page import StudyPage

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=4),
    st.none() | st.text(min_size=1),
    st.none() | st.integers(min_value=0),
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_any_page_is_taken_apart_without_loss(
    studies: list[object],
    token: str | None,
    total: int | None,
    indent: int | str | None,
    escaped: bool,  # noqa: FBT001 - hypothesis passes it
) -> None:
    page: dict[str, object] = {"totalCount": total, "studies": studies, "nextPageToken": token}
    page = {name: value for name, value in page.items() if value is not None}
    body = json.dumps(page, indent=indent, ensure_ascii=escaped).encode("utf-8", "replace")
    read = StudyPage.read(body)
    assert [json.loads(record) for record in read.records] == json.loads(body)["studies"]
    assert not any(b"\n" in record or b"\r" in record for record in read.records)
    assert (read.next_page, read.total) == (json.loads(body).get("nextPageToken"), total)


def test_numbers_of_studies_are_found_where_they_are() -> None:
    identification = {"nctId": "NCT00000001", "nctIdAliases": ["NCT00000009", 3]}
    studies = [
        {"protocolSection": {"identificationModule": identification}},
        {"protocolSection": {"identificationModule": {"nctId": None, "nctIdAliases": "x"}}},
        {"protocolSection": []},
        {},
    ]
    page = StudyPage.read(json.dumps({"studies": studies}).encode())
    assert page.identifiers == {"NCT00000001", "NCT00000009"}
    assert len(page.records) == 4


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"{}",
        b'{"studies": []',
        b'{"studies": []}}',
        b'{"studies": [] "a": 1}',
        b'{"studies": [{},]}',
        b'{"studies": [{} {}]}',
        b'{"studies": [1]}',
        b'{"studies": {}}',
        b'{"studies": [{"a": NaN}]}',
        b'{"studies": [], "nextPageToken": ""}',
        b'{"studies": [], "nextPageToken": 1}',
        b'{"studies": [], "totalCount": -1}',
        b'{"studies": [], "totalCount": "1"}',
        b'{"studies": ["\xff"]}',
        b'{"studies": [{"a": ' + b"[" * 100_000 + b"]}",
    ],
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        StudyPage.read(body)
