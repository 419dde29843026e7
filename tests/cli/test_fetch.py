"""``cellkg fetch``, as a whole process that talks to a registry on this machine."""

from __future__ import annotations

import gzip
import json
import os
import shlex
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov_api import registry_server as does
from tests.importers.ctgov_api.registry_server import RegistryServer, study

from cellkg.cli.fetch_command import ctgov
from cellkg.cli.help_text import split_example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from tests.cli.conftest import Invoke, Run

    Fetch = Callable[..., subprocess.CompletedProcess[bytes]]
    FetchInside = Callable[..., Result]
    Start = Callable[..., subprocess.Popen[bytes]]

ALL = [f"NCT{number:08}" for number in range(1, 8)]


@pytest.fixture
def server() -> Iterator[RegistryServer]:
    studies = [study(number) for number in range(1, 8)]
    with RegistryServer(studies, most=2) as running:
        yield running


@pytest.fixture
def fetch(run: Run, server: RegistryServer) -> Fetch:
    """Run ``cellkg fetch ctgov`` on the registry of this machine, as a process."""

    def fetch_ctgov(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return run("fetch", "ctgov", *arguments, "--api", server.address, no_proxy="*")

    return fetch_ctgov


@pytest.fixture
def fetch_inside(
    invoke: Invoke, server: RegistryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FetchInside:
    """Run it inside this process."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.chdir(tmp_path)

    def fetch_ctgov(*arguments: str) -> Result:
        return invoke("fetch", "ctgov", *arguments, "--api", server.address)

    return fetch_ctgov


@pytest.fixture
def start(command: Path, tmp_path: Path, server: RegistryServer) -> Iterator[Start]:
    """Start it, and leave it running; it takes Ctrl-C as from a terminal.

    A shell without job control lets what it runs in the background ignore that signal, and this
    would be handed down. A signal that is handled here is not ignored there.
    """
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)

    def start_ctgov(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [command, "fetch", "ctgov", *arguments, "--api", server.address],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=os.environ | {"no_proxy": "*"},
        )

    yield start_ctgov
    signal.signal(signal.SIGINT, handler)


def numbers(lines: bytes) -> list[str]:
    return [
        json.loads(line)["protocolSection"]["identificationModule"]["nctId"]
        for line in lines.splitlines()
    ]


def kept(folder: Path) -> list[str]:
    parts = sorted(folder.glob("*.jsonl.gz"))
    return [each for part in parts for each in numbers(gzip.decompress(part.read_bytes()))]


def test_a_fetch_says_what_it_got_and_what_to_type_next(fetch: Fetch, tmp_path: Path) -> None:
    ended = fetch("--condition", "cells", "-o", "my records")
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert ended.stderr.decode() == (
        "7 of 7 studies in 4 parts in 'my records', from the registry's data of"
        " 2026-11-26T09:00:05. To make graphs of them, type  cellkg import ctgov"
        " 'my records' -o my-graphs\n"
    )
    assert kept(tmp_path / "my records") == ALL


def test_without_a_folder_there_is_one(fetch_inside: FetchInside, tmp_path: Path) -> None:
    assert fetch_inside("--id", "nct 00000003").exit_code == 0
    assert kept(tmp_path / "ctgov-records") == ["NCT00000003"]


def test_every_option_reaches_the_registry(
    fetch_inside: FetchInside, server: RegistryServer
) -> None:
    options = "--condition a --condition b --intervention c --term d --since 2024-02-29"
    assert fetch_inside(*options.split(), "--id", "NCT00000001").exit_code == 0
    assert server.pages_asked[0].parameters == {
        "query.cond": "(a) OR (b)",
        "query.intr": "c",
        "query.term": "d",
        "filter.ids": "NCT00000001",
        "filter.advanced": "AREA[LastUpdatePostDate]RANGE[2024-02-29,MAX]",
        "format": "json",
        "markupFormat": "markdown",
        "pageSize": "1000",
        "countTotal": "true",
    }


def test_a_complete_fetch_is_not_repeated_but_updated(
    fetch_inside: FetchInside, server: RegistryServer, tmp_path: Path
) -> None:
    assert fetch_inside("--condition", "cells", "-o", "all").exit_code == 0
    again = fetch_inside("--condition", "cells", "-o", "all")
    assert again.exit_code == 0
    assert "Complete since 20" in again.stderr
    assert "7 of 7 studies in 4 parts in 'all'" in again.stderr
    assert "type the same with --since" in again.stderr
    same = fetch_inside("--since", "-o", "all", "--condition", "cells")
    assert "Nothing changed since the last fetch" in same.stderr
    server.data_versions = ["2026-12-01T09:00:00"]
    server.studies[2] = study(3, updated="2026-11-28")
    newer = fetch_inside("--condition", "cells", "-o", "all", "--since")
    assert newer.stderr.startswith("1 of 1 study in 1 part in 'all', from the registry's data of")
    assert kept(tmp_path / "all") == [*ALL, "NCT00000003"]


def test_records_can_go_to_a_pipe(fetch: Fetch, tmp_path: Path) -> None:
    ended = fetch("--condition", "cells", "-o", "-")
    assert ended.returncode == 0
    assert numbers(ended.stdout) == ALL
    assert ended.stderr == b"7 of 7 studies written.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_ends_it(start: Start, server: RegistryServer) -> None:
    server.faults = [None, *[does.status(503, Retry_After="1")]]
    with start("--condition", "cells", "-o", "-") as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.wait(30) == 141


@pytest.mark.parametrize("page", [1, 2, 4])
def test_a_fetch_that_is_killed_goes_on(
    page: int, start: Start, fetch: Fetch, server: RegistryServer, tmp_path: Path
) -> None:
    server.faults = [*[None] * (page - 1), does.silent]
    with start("--condition", "cells", "-o", "all") as running:
        while len(server.pages_asked) < page:
            assert running.poll() is None
            time.sleep(0.01)
        running.kill()
    assert kept(tmp_path / "all") == ALL[: 2 * (page - 1)]
    ended = fetch("--condition", "cells", "-o", "all")
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.startswith(b"Continued: 7 of 7" if page > 1 else b"7 of 7")
    assert kept(tmp_path / "all") == ALL
    assert len(server.pages_asked) == 5


def test_a_fetch_killed_again_and_again_loses_and_repeats_nothing(
    start: Start, server: RegistryServer, tmp_path: Path
) -> None:
    server.studies = [study(number) for number in range(1, 25)]
    kills = 0
    while True:
        asked = len(server.asked)
        with start("--condition", "cells", "-o", "all") as running:
            # Somewhere between two answers: in the middle of writing, often enough.
            while len(server.asked) < asked + 3 and running.poll() is None:
                time.sleep(0.0005)
            if running.poll() is not None:
                break
            running.kill()
            kills += 1
        assert kills < 40
    assert running.returncode == 0
    assert kills >= 4
    assert kept(tmp_path / "all") == [f"NCT{number:08}" for number in range(1, 25)]
    assert not list((tmp_path / "all").glob(".*.unfinished"))


def test_ctrl_c_leaves_what_the_same_command_goes_on_from(
    start: Start, fetch: Fetch, server: RegistryServer, tmp_path: Path
) -> None:
    server.faults = [None, does.silent]
    with start("--condition", "cells", "-o", "all") as running:
        while len(server.pages_asked) < 2:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert running.returncode == 130
    assert told == b"What was received is kept in 'all'; the same command goes on there.\n"
    assert fetch("--condition", "cells", "-o", "all").stderr.startswith(b"Continued: 7 of 7")
    assert kept(tmp_path / "all") == ALL


def test_a_registry_that_forgot_the_page_is_told(
    fetch_inside: FetchInside, server: RegistryServer, tmp_path: Path
) -> None:
    server.faults = [None, does.status(403)]
    assert fetch_inside("--condition", "cells", "-o", "all").exit_code == 3
    server.tokens.clear()
    told = fetch_inside("--condition", "cells", "-o", "all").stderr
    assert told.startswith("Begun again, as the registry had forgotten the page: 7 of 7 studies")
    assert kept(tmp_path / "all") == ALL


def test_two_at_once_do_not_share_a_folder(
    start: Start, fetch: Fetch, server: RegistryServer
) -> None:
    server.faults = [does.silent]
    with start("--condition", "cells", "-o", "all") as running:
        while len(server.pages_asked) < 1:
            time.sleep(0.01)
        ended = fetch("--condition", "cells", "-o", "all")
        running.kill()
    assert ended.returncode == 2
    assert b"Another process is fetching into 'all'" in ended.stderr


def test_trouble_that_passes_is_told_and_waited_for(
    fetch_inside: FetchInside, server: RegistryServer
) -> None:
    server.faults = [does.status(429, "slow down", Retry_After="1")]
    ended = fetch_inside("--condition", "cells", "-o", "all")
    assert ended.exit_code == 0
    assert "answers 429 Too Many Requests (slow down); asking again in 1.0 seconds" in ended.stderr


def test_what_stops_it_is_told_with_what_is_kept(
    fetch_inside: FetchInside, server: RegistryServer
) -> None:
    server.faults = [None, does.redirect("http://example.org/studies")]
    ended = fetch_inside("--condition", "cells", "-o", "all")
    assert ended.exit_code == 3
    kept_line, error = ended.stderr.splitlines()
    assert kept_line == "What was received is kept in 'all'; the same command goes on there."
    assert error.startswith(f"Error: The registry {server.address} sends elsewhere, to http://exam")


def test_a_folder_that_cannot_be_made_is_told(fetch_inside: FetchInside) -> None:
    ended = fetch_inside("--condition", "cells", "-o", "x" * 300)
    assert ended.exit_code == 3
    assert ended.stderr.startswith("Error: The folder 'xxx")
    assert ended.stderr.endswith("' cannot be read or written: File name too long.\n")


def test_what_may_be_missing_is_told(fetch_inside: FetchInside, server: RegistryServer) -> None:
    server.data_versions = ["2026-11-26T09:00:05", "2026-11-27T09:00:05"]
    server.faults = [does.sends(b'{"totalCount": 3, "studies": [{}]}')]
    told = fetch_inside("--condition", "cells", "-o", "all").stderr
    assert "changed meanwhile (from 2026-11-26T09:00:05 to 2026-11-27T09:00:05): type" in told
    assert "The registry announced 3 studies and sent 1: " in told
    assert "\n1 of 3 studies in 1 part in 'all'" in told


@pytest.mark.parametrize("output", ["all", "-"])
def test_a_number_that_the_registry_does_not_have_is_told(
    output: str, fetch_inside: FetchInside
) -> None:
    ended = fetch_inside("--id", "NCT00000003", "--id", "NCT99999999", "-o", output)
    assert ended.exit_code == 2
    assert "1 of 1 study" in ended.stderr
    assert "Error: The registry has no study NCT99999999: look for a typing error." in ended.stderr


WRONG = {
    "": "Nothing says which studies to fetch",
    "--id NCT1": "'NCT1' is no identifier of ClinicalTrials.gov",
    "--condition NCT00000001": "give each with --id",
    "--condition x --since": "Nothing was fetched into 'ctgov-records' yet",
    "--condition x --since -o -": "without a day it needs a folder",
    "--since 2023-02-30": "--since '2023-02-30' is no day",
    "--condition bad( -o new": "does not take the question (Expression is incorrect: ?[31mmissing",
    "--condition x --api ftp://a": "'ftp://a' is not the address of a registry",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_words_are_told(words: str, fetch_inside: FetchInside, invoke: Invoke) -> None:
    arguments = shlex.split(words)
    ended = invoke("fetch", "ctgov", *arguments) if "--api" in words else fetch_inside(*arguments)
    assert ended.exit_code == 2
    assert WRONG[words] in " ".join(ended.stderr.split())
    assert ended.stdout == ""


def test_a_wrong_path_is_told(run: Run, server: RegistryServer) -> None:
    wrong = f"{server.address}/wrong"
    ended = run("fetch", "ctgov", "--condition", "x", "--api", wrong, no_proxy="*")
    assert ended.returncode == 2
    assert b"has no such page (Not Found): give the address of its API" in ended.stderr


def test_a_registry_that_is_not_there_is_told(run: Run) -> None:
    address = "http://127.0.0.1:1"
    ended = run("fetch", "ctgov", "--condition", "x", "--api", address, no_proxy="*")
    assert ended.returncode == 3
    assert b"The registry http://127.0.0.1:1 cannot be reached" in ended.stderr


def test_the_examples_of_the_help_work(fetch_inside: FetchInside) -> None:
    examples = split_example(ctgov.help)[1]
    assert len(examples) == 3
    for example in examples:
        words = shlex.split(example)
        assert words[:3] == ["cellkg", "fetch", "ctgov"]
        ended = fetch_inside(*words[3:])
        missing = "has no study NCT00222573, NCT01895439" in ended.stderr  # they are not made up
        assert ended.exit_code == (2 if missing else 0), ended.stderr
