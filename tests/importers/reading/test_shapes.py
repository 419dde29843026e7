import io
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cellkg.errors import UserInputError
from cellkg.importers.reading import RawRecord, Refusal, byte_window, parse, read_records

Study = dict[str, Any]
Shape = Callable[[list[Study]], bytes]
Read = Callable[[bytes], tuple[list[Study], list[Refusal]]]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def study_objects(draw: st.DrawFn) -> Study:
    number = draw(st.from_regex(r"NCT[0-9]{8}", fullmatch=True))
    study: Study = {
        "protocolSection": {"identificationModule": {"nctId": number}, "x": draw(values)}
    }
    study |= draw(st.dictionaries(texts.filter(lambda key: key not in {*study, "studies"}), values))
    return study


def as_python(value: object) -> object:
    """Let decimals be compared with the floats that json writes."""
    return json.loads(json.dumps(value, default=float))


def test_every_shape_gives_the_same_studies(
    shapes: dict[str, Shape], studies: list[Study], read: Read
) -> None:
    assert len(shapes) == 23
    for name, shape in shapes.items():
        found, refusals = read(shape(studies))
        assert as_python(found) == studies, name
        assert refusals == [], name


def test_every_shape_may_hold_a_single_study(
    shapes: dict[str, Shape], studies: list[Study], read: Read
) -> None:
    for name, shape in shapes.items():
        found, refusals = read(shape(studies[:1]))
        assert as_python(found) == studies[:1], name
        assert refusals == [], name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), chunk=st.integers(1, 40))
def test_any_studies_come_back_from_any_shape(
    data: st.DataObject, chunk: int, shapes: dict[str, Shape], monkeypatch: pytest.MonkeyPatch
) -> None:
    studies = data.draw(st.lists(study_objects(), min_size=1, max_size=4))
    name = data.draw(st.sampled_from(sorted(shapes)))
    with monkeypatch.context() as patch:
        patch.setattr(byte_window, "CHUNK_BYTES", chunk)
        results = list(read_records([Path("-")], io.BytesIO(shapes[name](studies))))
    records = [each for each in results if isinstance(each, RawRecord)]
    assert len(records) == len(results)
    assert [parse(each) for each in records] == studies


def test_a_record_stays_as_printed(tmp_path: Path) -> None:
    printed = b'{"protocolSection": {"identificationModule": {"nctId":"NCT00000001"}}, "n": 1.50e0}'
    path = tmp_path / "list"
    path.write_bytes(b"[ " + printed + b" ,\n" + printed + b"]")
    first, second = read_records([path])
    assert (first.place.number, second.place.number) == (1, 2)
    assert isinstance(first, RawRecord)
    assert first.data == printed
    assert str(parse(first)["n"]) == "1.50"


def test_places_tell_where_a_record_was(shapes: dict[str, Shape], studies: list[Study]) -> None:
    def places(name: str) -> list[str]:
        pipe = io.BytesIO(shapes[name](studies[:2]))
        return [str(each.place) for each in read_records([Path("-")], pipe)]

    assert places("JSON Lines with empty lines") == [
        "standard input, line 3",
        "standard input, line 5",
    ]
    assert places("JSON Lines of pages") == [
        "standard input, record 1",
        "standard input, record 2",
    ]
    assert places("list page, indented") == ["standard input, record 1", "standard input, record 2"]
    assert places("zip of one study a file") == [
        "standard input, member NCT/0000.json, record 1",
        "standard input, member NCT/0001.json, record 1",
    ]


def test_an_empty_list_or_page_gives_nothing(read: Read) -> None:
    for empty in (b"[]", b"[ ]\n", b'{"studies":[]}', b'{"studies": [ ], "totalCount": 0}'):
        assert read(empty) == ([], [])


def test_folders_are_read_in_the_order_of_names(studies: list[Study], tmp_path: Path) -> None:
    for name, study in zip(("b/2.json", "b/1.json", "a.json", "c/d/e"), studies, strict=False):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(study))
    (tmp_path / ".hidden").write_text("{}")
    (tmp_path / "b" / ".hidden").mkdir()
    (tmp_path / "b" / ".hidden" / "x.json").write_text("{}")
    (tmp_path / "b" / "README.md").write_text("# Read me\n\n{braces}\n")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0{")
    (tmp_path / "z").mkdir()
    results = list(read_records([tmp_path]))
    assert [Path(each.place.file).relative_to(tmp_path).as_posix() for each in results] == [
        "a.json",
        "b/1.json",
        "b/2.json",
        "b/README.md",
        "c/d/e",
        "logo.png",
        "z",
    ]
    assert [(each.reason, each.kind) for each in results if isinstance(each, Refusal)] == [
        (
            "It is plain text and no JSON, perhaps an error message: '# Read me\\n\\n{braces}'.",
            "not JSON",
        ),
        ("It is binary data and no JSON.", "not JSON"),
        ("The folder is empty.", "empty"),
    ]


def test_links_in_circles_end(studies: list[Study], tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.json").write_text(json.dumps(studies[0]))
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    results = [
        str(each).removeprefix(f"{tmp_path}/")
        for each in read_records([tmp_path])
        if isinstance(each, Refusal)
    ]
    assert results == [
        "gone.json: It cannot be read (No such file or directory).",
        "self: It cannot be read (Too many levels of symbolic links).",
    ]
    records = [each for each in read_records([tmp_path]) if isinstance(each, RawRecord)]
    assert len(records) == 1


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (refusal,) = read_records([tmp_path])
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "unreadable"


def test_a_missing_path_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UserInputError, match=r"no file or folder '.*/none': give one that exists"):
        read_records([tmp_path, tmp_path / "none"])


def test_standard_input_is_read_once() -> None:
    with pytest.raises(UserInputError, match="once only"):
        read_records([Path("-"), Path("-")], io.BytesIO())
    with pytest.raises(UserInputError, match="once only"):
        read_records([Path("-")])


def test_a_named_pipe_is_read_as_it_comes(
    shapes: dict[str, Shape], studies: list[Study], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in ("JSON Lines", "zip of gzip", "gzip of a page"):
        content = shapes[name](studies)
        writer = threading.Thread(target=pipe.write_bytes, args=(content,))
        writer.start()
        assert len(list(read_records([pipe]))) == len(studies), name
        writer.join()
