"""Fetching into a folder: begun, stopped, continued, updated."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.importers.ctgov_api import registry_server as does
from tests.importers.ctgov_api.registry_server import study

from cellkg.errors import SourceFileError, StoreError, UserInputError
from cellkg.importers.ctgov_api import Fetched, Registry, StudyQuery, fetch_into, fetch_to
from cellkg.importers.ctgov_api.record_folder import RecordFolder
from cellkg.importers.ctgov_api.registry import TimeLimits
from cellkg.importers.reading import RawRecord, Refusal, read_records

if TYPE_CHECKING:
    from pathlib import Path

    from tests.importers.ctgov_api.conftest import CountingClock
    from tests.importers.ctgov_api.registry_server import RegistryServer

QUERY = StudyQuery.read(conditions=["cells"])
STOPS = does.status(403)


def numbers(folder: Path, run: str = "*") -> list[str]:
    """Give the NCT numbers of the kept records, in the order kept."""
    found = []
    for part in sorted(folder.glob(f"studies-{run}-*.jsonl.gz")):
        found += [json.loads(each) for each in gzip.decompress(part.read_bytes()).splitlines()]
    return [each["protocolSection"]["identificationModule"]["nctId"] for each in found]


def content(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def state(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / ".cellkg-fetch.json").read_bytes())
    return read


ALL = [f"NCT{number:08}" for number in range(1, 8)]


@pytest.fixture
def asking(server: RegistryServer, clock: CountingClock) -> Registry:
    return Registry(server.address, clock=clock, limits=TimeLimits(read=5))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "records"


def test_a_fetch_keeps_every_record_once(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    told: list[tuple[str, int, int | None]] = []
    fetched = fetch_into(folder, QUERY, asking, progress=lambda *step: told.append(step))
    assert (fetched.how, fetched.run.studies, fetched.run.total) == ("fetched", 7, 7)
    assert numbers(folder) == ALL
    assert sorted(content(folder)) == [
        ".cellkg-fetch.json",
        "studies-001-00001.jsonl.gz",
        "studies-001-00002.jsonl.gz",
        "studies-001-00003.jsonl.gz",
    ]
    lines = gzip.decompress((folder / "studies-001-00003.jsonl.gz").read_bytes()).splitlines()
    assert [json.loads(line) for line in lines] == server.studies[6:]
    assert "≥".encode() in lines[0]
    assert b'"lat": 1.1,' in lines[0]
    assert state(folder) == {
        "format": 1,
        "cellkg": state(folder)["cellkg"],
        "api": server.address,
        "query": {
            "conditions": ["cells"],
            "interventions": [],
            "terms": [],
            "ids": [],
            "since": None,
        },
        "runs": [
            {
                "since": None,
                "started": "2026-11-27T12:00:00Z",
                "finished": "2026-11-27T12:00:00Z",
                "data_versions": ["2026-11-26T09:00:05"],
                "total": 7,
                "pages": 3,
                "parts": 3,
                "studies": 7,
                "next_page": None,
                "missing": [],
            }
        ],
    }
    assert told == [
        ("page 1", 0, None),
        ("page 2: 3 of 7 studies", 3, 7),
        ("page 3: 6 of 7 studies", 6, 7),
    ]


def test_the_same_answer_gives_the_same_bytes(asking: Registry, tmp_path: Path) -> None:
    fetch_into(tmp_path / "a", QUERY, asking)
    fetch_into(tmp_path / "b", QUERY, asking)
    parts = [content(tmp_path / name) for name in "ab"]
    assert all(part.pop(".cellkg-fetch.json") for part in parts)
    assert parts[0] == parts[1]


def test_what_is_complete_is_not_fetched_again(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    first = fetch_into(folder, QUERY, asking)
    before, asked = content(folder), len(server.asked)
    assert fetch_into(folder, QUERY, asking) == Fetched("nothing to do", first.run)
    assert (content(folder), len(server.asked)) == (before, asked)


@pytest.mark.parametrize("stopped_at", [0, 1, 2])
def test_a_fetch_that_was_stopped_goes_on(
    stopped_at: int, server: RegistryServer, asking: Registry, folder: Path, tmp_path: Path
) -> None:
    server.faults = [*[None] * stopped_at, STOPS]
    with pytest.raises(StoreError, match="403"):
        fetch_into(folder, QUERY, asking)
    assert numbers(folder) == ALL[: 3 * stopped_at]
    fetched = fetch_into(folder, QUERY, asking)
    assert fetched.how == ("continued" if stopped_at else "fetched")
    assert len(server.pages_asked) == 4
    fetch_into(tmp_path / "at once", QUERY, asking)
    assert content(folder) == content(tmp_path / "at once")


def test_a_fetch_stopped_before_its_end_was_noted_goes_on(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    server.version_faults = [None, STOPS]
    with pytest.raises(StoreError):
        fetch_into(folder, QUERY, asking)
    assert state(folder)["runs"][0]["finished"] is None
    assert fetch_into(folder, QUERY, asking).how == "continued"
    assert len(server.pages_asked) == 3
    assert numbers(folder) == ALL


def test_a_part_that_the_state_does_not_count_is_written_again(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    server.faults = [None, STOPS]
    with pytest.raises(StoreError):
        fetch_into(folder, QUERY, asking)
    for left in ("studies-001-00002.jsonl.gz", "studies-001-00009.jsonl.gz"):
        (folder / left).write_bytes(b"half")
    (folder / ".studies-001-00002.jsonl.gz.unfinished").write_bytes(b"half")
    (folder / "notes.txt").write_text("mine")
    fetch_into(folder, QUERY, asking)
    assert numbers(folder) == ALL
    assert len(content(folder)) == 5


def test_a_registry_that_forgot_the_page_is_asked_from_the_beginning(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    server.faults = [None, None, STOPS]
    with pytest.raises(StoreError):
        fetch_into(folder, QUERY, asking)
    server.tokens.clear()
    server.studies = server.studies[:2]
    fetched = fetch_into(folder, QUERY, asking)
    assert (fetched.how, fetched.run.studies, fetched.run.pages) == ("begun again", 2, 1)
    assert numbers(folder) == ALL[:2]


def test_a_question_that_is_refused_is_told(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    with pytest.raises(UserInputError, match="does not take the question"):
        fetch_into(folder, StudyQuery.read(conditions=["bad("]), asking)
    for refused in ([None, does.status(400, "no")], [None, does.status(400, "no")]):
        server.faults = [*refused]
        with pytest.raises(UserInputError, match="does not take the question"):
            fetch_into(folder, QUERY, asking)
    assert numbers(folder) == ALL[:6]
    assert fetch_into(folder, QUERY, asking).how == "continued"


def test_another_question_is_refused(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    before = content(folder)
    asked = len(server.asked)
    other = StudyQuery.read(conditions=["other"])
    later = StudyQuery.read(conditions=["cells"], since="2024-01-01")
    elsewhere = Registry("http://127.0.0.1:1")
    for query, registry, update in [
        (other, asking, False),
        (other, asking, True),
        (later, asking, False),
        (QUERY, elsewhere, False),
        (QUERY, elsewhere, True),
    ]:
        with pytest.raises(UserInputError, match="the answer to another query: choose another"):
            fetch_into(folder, query, registry, update=update)
    assert (content(folder), len(server.asked)) == (before, asked)


def test_an_update_brings_what_changed(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    before = content(folder)
    server.data_versions = ["2026-12-01T09:00:05"]
    server.studies[1] = study(2, updated="2026-11-25")
    server.studies[4] = study(5, updated="2026-11-24")
    server.studies.append(study(8, updated="2026-11-27"))
    fetched = fetch_into(folder, QUERY, asking, update=True)
    assert (fetched.how, fetched.run.since, fetched.run.total) == ("fetched", "2026-11-25", 2)
    assert numbers(folder, "002") == ["NCT00000002", "NCT00000008"]
    after = content(folder)
    assert {
        name: after[name] for name in before if name != ".cellkg-fetch.json"
    }.items() <= before.items()
    asked = [each.parameters.get("filter.advanced") for each in server.pages_asked]
    assert asked == [None] * 3 + ["AREA[LastUpdatePostDate]RANGE[2026-11-25,MAX]"]
    server.data_versions = ["2026-12-02T09:00:05"]
    assert fetch_into(folder, QUERY, asking, update=True).run.since == "2026-11-30"
    assert len(state(folder)["runs"]) == 3


def test_an_update_that_was_stopped_goes_on(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    server.data_versions = ["2026-12-01T09:00:05"]
    server.studies = [study(number, updated="2026-11-30") for number in range(1, 8)]
    server.faults = [None, STOPS]
    with pytest.raises(StoreError):
        fetch_into(folder, QUERY, asking, update=True)
    assert fetch_into(folder, QUERY, asking).how == "continued"
    assert numbers(folder, "002") == ALL
    assert len(state(folder)["runs"]) == 2


def test_an_update_of_the_same_data_asks_for_no_page(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    assert fetch_into(folder, QUERY, asking, update=True).how == "nothing new"
    assert len(server.pages_asked) == 3


def test_an_update_keeps_the_day_of_the_first_fetch_apart(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    server.studies[0] = study(1, updated="2023-01-01")
    fetch_into(folder, StudyQuery.read(since="2024-01-01"), asking)
    assert numbers(folder) == ALL[1:]
    server.data_versions = ["2026-12-01T09:00:05"]
    fetch_into(folder, StudyQuery.read(), asking, update=True)
    assert state(folder)["query"]["since"] == "2024-01-01"
    assert state(folder)["runs"][1]["since"] == "2026-11-25"


def test_an_update_does_not_go_back_behind_the_day_that_was_asked_for(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, StudyQuery.read(since="2026-11-26"), asking)
    server.data_versions = ["2026-12-01T09:00:05"]
    run = fetch_into(folder, StudyQuery.read(since=None), asking, update=True).run
    assert run.since == "2026-11-26"


def test_how_fast_it_goes_is_told(
    server: RegistryServer, asking: Registry, clock: CountingClock, folder: Path
) -> None:
    server.faults = [None, None, does.status(503, Retry_After="2")]
    told: list[str] = []

    def progress(step: str, *_: object) -> None:
        clock.seconds += 3
        told.append(step)

    fetch_into(folder, QUERY, asking, progress=progress)
    assert told[1:] == ["page 2: 3 of 7 studies, 1 a second", "page 3: 6 of 7 studies, 1 a second"]


def test_the_import_reads_every_record_of_the_folder(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    records = list(read_records([folder]))
    assert not any(isinstance(each, Refusal) for each in records)
    kept = [json.loads(each.data) for each in records if isinstance(each, RawRecord)]
    assert kept == server.studies


def test_a_part_that_is_gone_is_told(asking: Registry, folder: Path) -> None:
    fetch_into(folder, QUERY, asking)
    (folder / "studies-001-00002.jsonl.gz").unlink()
    with pytest.raises(SourceFileError, match="It counts 3 parts of run 1, and 2 are here: put"):
        fetch_into(folder, QUERY, asking)


def test_an_update_of_nothing_is_refused(asking: Registry, folder: Path) -> None:
    with pytest.raises(UserInputError, match="leave out --since, or give it a day"):
        fetch_into(folder, QUERY, asking, update=True)
    with pytest.raises(UserInputError, match="Nothing says which studies to fetch"):
        fetch_into(folder, StudyQuery.read(), asking)


def test_data_that_change_meanwhile_are_noted(
    server: RegistryServer, asking: Registry, folder: Path
) -> None:
    server.data_versions = ["2026-11-26T09:00:05", "2026-11-27T09:00:05"]
    run = fetch_into(folder, QUERY, asking).run
    assert run.data_versions == ["2026-11-26T09:00:05", "2026-11-27T09:00:05"]
    update = fetch_into(folder, QUERY, asking, update=True).run
    assert update.since == "2026-11-25"


def test_empty_pages_have_no_part(server: RegistryServer, asking: Registry, folder: Path) -> None:
    empty = does.sends(b'{"studies": [], "nextPageToken": "one"}')
    server.faults = [empty, does.sends(b'{"studies": [{}]}')]
    run = fetch_into(folder, QUERY, asking).run
    assert (run.pages, run.parts, run.studies) == (2, 1, 1)
    assert sorted(content(folder)) == [".cellkg-fetch.json", "studies-001-00002.jsonl.gz"]


def test_an_answer_without_studies_is_complete(asking: Registry, folder: Path) -> None:
    run = fetch_into(folder, StudyQuery.read(conditions=["none"]), asking).run
    assert (run.pages, run.parts, run.studies, run.total) == (1, 0, 0, 0)
    assert sorted(content(folder)) == [".cellkg-fetch.json"]


def test_studies_asked_for_by_number_are_missed(
    server: RegistryServer, asking: Registry, tmp_path: Path
) -> None:
    server.studies[6] = study(7, alias="NCT00000077")
    by_number = StudyQuery.read(ids=[*ALL[:5], "NCT00000077", "NCT00000099"])
    run = fetch_into(tmp_path / "a", by_number, asking).run
    assert (run.studies, run.missing) == (6, ["NCT00000099"])
    assert fetch_into(tmp_path / "a", by_number, asking).run.missing == ["NCT00000099"]
    among = StudyQuery.read(ids=["NCT00000099"], conditions=["cells"])
    assert fetch_into(tmp_path / "b", among, asking).run.missing == []


def test_two_processes_do_not_write_the_same_folder(asking: Registry, folder: Path) -> None:
    with (
        RecordFolder(folder).opened(),
        pytest.raises(UserInputError, match="Another process is fetching into"),
    ):
        fetch_into(folder, QUERY, asking)
    fetch_into(folder, QUERY, asking)


def test_a_system_without_locks_is_no_hindrance(
    asking: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert fetch_into(tmp_path / "a", QUERY, asking).how == "fetched"
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert fetch_into(tmp_path / "b", QUERY, asking).how == "fetched"


def test_a_folder_that_is_none_is_told(asking: Registry, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(UserInputError, match="is no folder: choose one with -o"):
            fetch_into(path, QUERY, asking)


def test_records_that_no_state_tells_of_are_left_alone(asking: Registry, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "studies-001-00001.jsonl.gz").write_bytes(b"")
    with pytest.raises(
        UserInputError, match=r"but not '\.cellkg-fetch\.json', which tells of them"
    ):
        fetch_into(folder, QUERY, asking)


def test_a_disk_that_takes_nothing_is_told(
    asking: Registry, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="cannot be read or written: No space left on device"):
        fetch_into(folder, QUERY, asking)
    monkeypatch.undo()
    fetch_into(folder, QUERY, asking)
    assert numbers(folder) == ALL
    assert len(content(folder)) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"api": 1},
        {"query": {}},
        {"query": {"conditions": [1], "interventions": [], "terms": [], "ids": [], "since": None}},
        {"runs": []},
        {"runs": [{}]},
        {"runs": {}},
        {"runs.pages": -1},
        {"runs.pages": "1"},
        {"runs.next_page": 1},
        {"runs.data_versions": ["yesterday"]},
        {"runs.data_versions": []},
        {"runs.more": 1},
    ],
)
def test_a_state_that_cannot_be_used_is_told(
    change: dict[str, object], asking: Registry, folder: Path
) -> None:
    fetch_into(folder, QUERY, asking)
    changed = state(folder)
    for name, value in change.items():
        if name.startswith("runs."):
            changed["runs"][0][name.removeprefix("runs.")] = value
        else:
            changed[name] = value
    (folder / ".cellkg-fetch.json").write_text(json.dumps(changed))
    with pytest.raises(SourceFileError, match="fetch into a new"):
        fetch_into(folder, QUERY, asking)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"\xff", b"null"])
def test_a_state_that_is_none_is_told(text: bytes, asking: Registry, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / ".cellkg-fetch.json").write_bytes(text)
    with pytest.raises(
        SourceFileError, match=r"\.cellkg-fetch\.json: This is not the state of a fetch"
    ):
        fetch_into(folder, QUERY, asking)


def test_records_can_be_passed_on_and_not_kept(asking: Registry) -> None:
    pages: list[bytes] = []
    run = fetch_to(pages.append, QUERY, asking)
    assert len(pages) == run.pages == 3
    assert b"".join(pages).count(b"\n") == run.studies == run.total == 7
    assert run.finished
