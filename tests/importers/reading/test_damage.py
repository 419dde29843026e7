"""What is cut off, changed, locked, hostile or no registry data at all."""

import gzip
import io
import json
import os
import zipfile
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cellkg.importers.reading import (
    RawRecord,
    Refusal,
    RefusalKind,
    RefusedRecordError,
    byte_window,
    input_paths,
    json_documents,
    parse,
    read_records,
    unpacking_budget,
    value_cutting,
    zip_archives,
)

Study = dict[str, Any]
Shape = Callable[[list[Study]], bytes]
Read = Callable[[bytes], tuple[list[Study], list[Refusal]]]

LOST = (
    "The archive is cut off or damaged: its table of members is lost, so only those before the"
    " damage were read. Get the file again."
)
LOCKED = "It is locked with a password: unpack it first."
PLAIN_TEXT = "It is plain text and no JSON, perhaps an error message:"

NO_REGISTRY_DATA: list[tuple[bytes, RefusalKind, str]] = [
    (b"", "empty", "It is empty."),
    (b" \n\t\n", "empty", "It is empty."),
    (b"Invalid value: `NCT1`\n", "not JSON", "plain text and no JSON, perhaps an error message"),
    (b"\x1b[2Jboo", "not JSON", r"error message: '\x1b[2Jboo'."),
    (b"<!DOCTYPE html>\n<html>503</html>", "not JSON", "a web page (HTML), perhaps an error"),
    (b"\n <html><body>429", "not JSON", "a web page (HTML), perhaps an error message"),
    (b'<?xml version="1.0"?><clinical_study/>', "not JSON", "XML, as the registry gave before"),
    ('[{"a": 1}]'.encode("utf-16"), "not JSON", "UTF-16 or UTF-32 text: save it as UTF-8."),
    ('[{"a": 1}]'.encode("utf-16-le"), "not JSON", "UTF-16 or UTF-32 text: save it as UTF-8."),
    ('[{"a": 1}]'.encode("utf-32-be"), "not JSON", "UTF-16 or UTF-32 text: save it as UTF-8."),
    (b"%PDF-1.7\n\0\0{}", "not JSON", "It is binary data and no JSON."),
    (b"nct_id,title\nNCT00000001,x\n", "not JSON", "plain text and no JSON"),
    (b'"NCT00000001"', "not JSON", "plain text and no JSON"),
    (gzip.compress(b"", mtime=0), "empty", "It is empty."),
    (gzip.compress(b"notes", mtime=0), "not JSON", "plain text and no JSON"),
]


@pytest.mark.parametrize(("content", "kind", "reason"), NO_REGISTRY_DATA)
def test_what_is_no_registry_data_is_named(
    content: bytes, kind: RefusalKind, reason: str, read: Read
) -> None:
    studies, (refusal,) = read(content)
    assert studies == []
    assert refusal.kind == kind
    assert reason in refusal.reason
    assert str(refusal).isprintable()


def test_all_kinds_of_other_data_are_tried() -> None:
    assert len(NO_REGISTRY_DATA) == 15


def test_an_error_page_of_the_api_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text('{"error": {"code": 404, "message": "Not found"}}')
    (record,) = read_records([path])
    assert isinstance(record, RawRecord)
    with pytest.raises(RefusedRecordError, match="an error message of the registry, not a study"):
        parse(record)


def outcomes(content: bytes) -> tuple[list[Study], list[Refusal]]:
    """The studies, and the refusals of reading and parsing."""
    studies: list[Study] = []
    refusals: list[Refusal] = []
    for each in read_records([Path("-")], io.BytesIO(content)):
        if isinstance(each, Refusal):
            refusals.append(each)
            continue
        try:
            studies.append(parse(each))
        except RefusedRecordError as error:
            refusals.append(error.refusal)
    return studies, refusals


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_line_that_was_cut_costs_one_study(
    data: st.DataObject, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    lines = shapes["JSON Lines"](studies).splitlines()
    broken = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(1, len(lines[broken]) - 1))
    front = data.draw(st.booleans())
    lines[broken] = lines[broken][:cut] if front else lines[broken][cut:]
    found, refusals = outcomes(b"\n".join(lines))
    assert [each["hasResults"] for each in found] == [
        each["hasResults"] for number, each in enumerate(studies) if number != broken
    ]
    assert {each.place.line for each in refusals} == {broken + 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_cut_off_gives_what_was_whole_and_says_so(
    data: st.DataObject, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    name = data.draw(st.sampled_from(sorted(shapes)))
    whole = shapes[name](studies)
    size = data.draw(st.integers(1, len(whole.rstrip()) - 1))
    found, refusals = outcomes(whole[:size])
    expected, _ = outcomes(whole)
    assert found == expected[: len(found)]
    if not refusals:  # then it was cut between two studies
        assert found + outcomes(whole[size:])[0] == expected
    assert len(refusals) <= 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_never_crashes(
    data: st.DataObject, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    name = data.draw(st.sampled_from(sorted(shapes)))
    content = bytearray(shapes[name](studies))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found, refusals = outcomes(bytes(content))
    assert len(found) + len(refusals) >= 1


@given(content=st.binary() | st.text('{}[]",:\\ \n1a').map(str.encode))
@example(b'{"studies":[{}],"studies":[{}]}')
def test_no_bytes_at_all_crash_it(content: bytes) -> None:
    found, refusals = outcomes(content)
    assert found == []
    assert refusals or b"[" in content


def test_a_first_line_may_lose_its_beginning_anywhere(
    shapes: dict[str, Shape], studies: list[Study]
) -> None:
    whole = shapes["JSON Lines"](studies[:3])
    first = whole.index(b"\n")
    for cut in range(1, first):
        found, refusals = outcomes(whole[cut:])
        assert len(found) == 2, whole[cut:first]
        assert {each.place.line for each in refusals} == {1}


@pytest.mark.parametrize("left", [0.3, 0.6, 0.99])
def test_a_truncated_gzip_gives_its_whole_lines(
    left: float, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    many = [dict(each, key=os.urandom(50).hex()) for each in studies * 20]
    packed = shapes["gzip of lines"](many)
    found, refusals = outcomes(packed[: int(len(packed) * left)])
    assert 10 < len(found) < 100 or left > 0.9
    assert [each["key"] for each in found] == [each["key"] for each in many[: len(found)]]
    assert [each.reason for each in refusals] == [
        "It is cut off: the packed data end too early. Get the file again."
    ]


def test_lines_are_whole_where_only_the_end_of_the_gzip_is_missing(
    shapes: dict[str, Shape], studies: list[Study]
) -> None:
    found, (refusal,) = outcomes(shapes["gzip of lines"](studies)[:-4])
    assert len(found) == len(studies)
    assert refusal.kind == "damaged"
    changed = bytearray(shapes["gzip of lines"](studies))
    changed[-8] ^= 1
    found, (refusal,) = outcomes(bytes(changed))
    assert "packed data are damaged (CRC check failed" in refusal.reason


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_truncated_zip_gives_its_whole_members(method: int, studies: list[Study]) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.mkdir("folder")
        archive.writestr("folder/.hidden", "{}")
        for number, study in enumerate(studies):
            archive.writestr(f"folder/ä{number}.json", json.dumps(study))
        last = archive.infolist()[-1].header_offset
    found, refusals = outcomes(file.getvalue()[: last + 100])
    assert len(found) == len(studies) - 1
    assert [str(each) for each in refusals] == [
        "standard input, member folder/ä4.json: It is cut off: the packed data end too early.",
        f"standard input: {LOST}",
    ]
    found, refusals = outcomes(file.getvalue()[:-10])
    assert len(found) == len(studies)
    assert [each.kind for each in refusals] == ["damaged"]


def test_a_truncated_zip_that_was_streamed_gives_its_whole_members(studies: list[Study]) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    file = Pipe()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, study in enumerate(studies):
            with archive.open(f"{number}.json", "w", force_zip64=number % 2 == 0) as member:
                member.write(json.dumps(study).encode())
    found, refusals = outcomes(file.getvalue())
    assert (len(found), refusals) == (len(studies), [])
    found, refusals = outcomes(file.getvalue()[:-10])
    assert (len(found), [each.kind for each in refusals]) == (len(studies), ["damaged"])


def test_a_damaged_member_costs_only_itself(studies: list[Study]) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, study in enumerate(studies):
            archive.writestr(f"{number}.json", json.dumps(study))
        begin = archive.infolist()[1].header_offset
    content = bytearray(file.getvalue())
    content[begin + 60] ^= 0xFF
    found, refusals = outcomes(bytes(content))
    assert len(found) == len(studies) - 1
    assert [(each.place.member, each.kind) for each in refusals] == [("1.json", "damaged")]


def test_locked_and_strange_members_are_refused(studies: list[Study]) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../etc/\x1b[31mlocked", json.dumps(studies[0]))
        archive.writestr("inner.zip", b"PK\x05\x06" + bytes(18))
        archive.writestr("README.txt", "Read me")
        archive.writestr("__MACOSX/a.json", "{}")
        archive.writestr("fine.json", json.dumps(studies[1]))
    content = bytearray(file.getvalue())
    table = content.find(b"PK\x01\x02")
    content[table + 8] |= 1
    found, refusals = outcomes(bytes(content))
    assert len(found) == 1
    assert [str(each) for each in refusals] == [
        rf"standard input, member ../../etc/\x1b[31mlocked: {LOCKED}",
        "standard input, member inner.zip: It is packed within packed data: unpack it first.",
        f"standard input, member README.txt: {PLAIN_TEXT} 'Read me'.",
    ]
    content[table + 8] &= 0xFE
    content[table + 10] = 77
    _, refusals = outcomes(bytes(content))
    assert refusals[0].reason == "It cannot be unpacked (That compression method is not supported)."
    assert refusals[0].kind == "unreadable"


def test_an_empty_archive_is_told(read: Read) -> None:
    _, (refusal,) = read(b"PK\x05\x06" + bytes(18))
    assert (refusal.kind, refusal.reason) == ("empty", "The archive is empty.")


@pytest.mark.parametrize("blank", [b" ", b"\n", b"[", b'{"a":', b"{}\n"])
def test_a_bomb_is_left_when_it_is_seen(
    blank: bytes, monkeypatch: pytest.MonkeyPatch, studies: list[Study]
) -> None:
    monkeypatch.setattr(unpacking_budget, "RATIO_FREE_BYTES", 1 << 18)
    bomb = b"{}\n" + blank * ((4 << 20) // len(blank))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", json.dumps(studies[0]))
        archive.writestr("bomb.json", bomb)
        archive.writestr("z.json", json.dumps(studies[0]))
    for content in (file.getvalue(), gzip.compress(bomb, mtime=0)):
        (refusal,) = deque(read_records([Path("-")], io.BytesIO(content)), maxlen=1)
        assert isinstance(refusal, Refusal)
        assert refusal.kind == "too large"
        assert "as no registry data do" in refusal.reason


def test_layers_of_packing_end(studies: list[Study]) -> None:
    content = json.dumps(studies[0]).encode()
    for _ in range(3):
        content = gzip.compress(content, mtime=0)
    assert len(outcomes(content)[0]) == 1
    _, (refusal,) = outcomes(gzip.compress(content, mtime=0))
    assert refusal.reason == "It is packed within packed data: unpack it first."


def test_a_record_that_is_too_large_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    for module in (json_documents, value_cutting):
        monkeypatch.setattr(module, "MAX_RECORD_BYTES", 2000)
    large = dict(studies[2], large=["x" * 50] * 100)
    for name in ("JSON Lines", "list page", "bare list", "studies, indented, one after the other"):
        found, (refusal,) = outcomes(shapes[name]([*studies[:2], large, *studies[3:]]))
        assert len(found) == 4, name
        assert refusal.kind == "too large"
        assert (refusal.place.line or refusal.place.number) == 3
    monkeypatch.setattr(byte_window, "CHUNK_BYTES", 64)
    endless = dict(studies[2], large="x" * 500_000)
    found, (refusal,) = outcomes(shapes["bare list"]([*studies[:2], endless]))
    assert len(found) == 2
    assert refusal.reason.startswith("A text in it is longer than")


@pytest.mark.parametrize(
    ("content", "count", "reason"),
    [
        (b"[STUDY, STUDY", 2, "It is cut off: the JSON ends too early."),
        (b"[STUDY STUDY]", 1, 'It is not JSON from here on: \'{"protocolSection"'),
        (b"[STUDY,]", 1, "It is not JSON from here on: ']'"),
        (b"[,STUDY]", 0, "It is not JSON from here on: ',"),
        (b'{"studies":[STUDY],"studies":[STUDY]}', 1, "It is not JSON from here on: ':["),
        (b'{"studies":[STUDY],"nextPageToken"}', 1, "It is not JSON from here on: '}'"),
        (b"[STUDY] trailing", 1, "It is not JSON from here on: 'trailing'"),
        (b"[STUDY, 1, STUDY]", 2, "This is a number, not a study."),
        (b'[STUDY, {"a":1], STUDY]', 2, "It is not JSON"),
        (b'[STUDY, {"a":tru}, STUDY]', 2, "It is not JSON: expecting value"),
    ],
)
def test_a_damaged_list_gives_what_is_whole(content: bytes, count: int, reason: str) -> None:
    study = b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001"}}}'
    found, refusals = outcomes(content.replace(b"STUDY", study))
    assert len(found) == count
    assert len(refusals) == 1
    assert refusals[0].reason.startswith(reason)


def test_a_broken_disk_or_pipe_ends_reading(studies: list[Study]) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(size) or self.fail()

        def fail(self) -> bytes:
            raise OSError(5, "Input/output error")

    content = json.dumps(studies[0]).encode() + b"\n" + b'{"half'
    record, refusal = read_records([Path("-")], Broken(content))
    assert isinstance(record, RawRecord)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "It cannot be read on (Input/output error)."


def test_archives_beyond_the_limits_are_refused(
    monkeypatch: pytest.MonkeyPatch, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    archive = shapes["zip of one study a file"](studies)
    with monkeypatch.context() as patch:
        patch.setattr(zip_archives, "MAX_MEMBERS", 4)
        assert outcomes(archive)[1][0].reason == "The archive has 5 members."
    monkeypatch.setattr(input_paths, "MAX_SPOOLED_BYTES", 100)
    _, (refusal,) = outcomes(archive)
    assert refusal.kind == "too large"
    assert refusal.reason.endswith("cannot be piped: give it as a file.")


def test_an_endless_line_is_passed_over_in_small_memory(
    monkeypatch: pytest.MonkeyPatch, shapes: dict[str, Shape], studies: list[Study]
) -> None:
    monkeypatch.setattr(json_documents, "MAX_RECORD_BYTES", 2000)
    monkeypatch.setattr(byte_window, "CHUNK_BYTES", 64)
    endless = b'{"a": "' + b"x" * 300_000
    content = (
        shapes["JSON Lines"](studies[:2]) + endless + b"\n" + shapes["JSON Lines"](studies[2:])
    )
    found, (refusal,) = outcomes(content)
    assert len(found) == 5
    assert (refusal.place.line, refusal.kind) == (3, "too large")
    found, (refusal,) = outcomes(endless)
    assert (found, refusal.kind) == ([], "too large")
