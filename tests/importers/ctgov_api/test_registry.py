"""The registry behaves, and misbehaves in every way that HTTP has."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from tests.importers.ctgov_api import registry_server as does
from tests.importers.ctgov_api.conftest import CountingClock

from cellkg.errors import CellkgError, MissingExtra, StoreError, UserInputError
from cellkg.importers.ctgov_api import Registry, registry
from cellkg.importers.ctgov_api.pace import Clock
from cellkg.importers.ctgov_api.registry import MAX_RETRIES, QueryRefused, TimeLimits
from cellkg.version import __version__

if TYPE_CHECKING:
    from tests.importers.ctgov_api.registry_server import Fault, RegistryServer

SHORT = TimeLimits(connect=5.0, read=0.5, answer=600.0)
ANY = {"query.cond": "cells"}

PASSING: dict[str, tuple[Fault, str]] = {
    "too many requests": (does.status(429, "slow down"), "answers 429"),
    "server error": (does.status(500, "oops"), "answers 500 Internal Server Error (oops)"),
    "bad gateway": (does.status(502), "answers 502 Bad Gateway"),
    "unavailable": (does.status(503), "answers 503"),
    "gateway timeout": (does.status(504), "answers 504"),
    "connection reset": (does.reset, "broke off"),
    "body shorter than announced": (does.cut_off, "broke off its answer"),
    "chunks without an end": (does.cut_off_chunks, "broke off its answer"),
    "half a packed body": (does.cut_off_packed, "is cut off or malformed"),
    "packed body that is none": (does.not_packed, "broke off its answer"),
    "half a page": (does.sends(b'{"studies": [{"hasRes'), "is cut off or malformed"),
    "a web page": (does.sends(b"<html>Down for maintenance</html>"), "is cut off or malformed"),
    "no studies": (does.sends(b"{}"), "it has no 'studies'"),
    "not UTF-8": (does.sends(b'{"studies": ["\xe9"]}'), "is cut off or malformed"),
    "silence": (does.silent, "does not answer in time"),
    "silence half-way": (does.stops_half_way, "stopped in the middle of its answer"),
}
LASTING: dict[str, tuple[Fault, type[CellkgError], str]] = {
    "bad request": (
        does.status(400, "Expression is incorrect"),
        QueryRefused,
        "does not take the question (Expression is incorrect)",
    ),
    "not found": (does.status(404, "no such thing"), UserInputError, "(no such thing): give the"),
    "forbidden": (does.status(403, "go away"), StoreError, "answers 403 Forbidden (go away)"),
    "refusal cut off": (does.cut_off_refusal, StoreError, "answers 403 Forbidden."),
    "another host": (does.redirect("http://example.org/x"), StoreError, "http://example.org/x"),
    "another port": (does.redirect("http://127.0.0.1:1/x"), StoreError, "which is not followed"),
    "another scheme": (does.redirect("https://127.0.0.1/x"), StoreError, "which is not followed"),
    "nowhere": (does.status(302), StoreError, "answers 302 Found"),
    "in a circle": (does.redirect("/api/v2/studies"), StoreError, "to another more than 5 times"),
    "a long pause": (
        does.status(503, Retry_After="301"),
        StoreError,
        "left alone for 301 seconds",
    ),
}


def ask(server: RegistryServer, clock: CountingClock, **settings: object) -> Registry:
    limits = settings.pop("limits", SHORT)
    return Registry(server.address, clock=clock, limits=limits, **settings)  # type: ignore[arg-type] # as the test gives them


def test_as_many_ways_to_fail_as_there_should_be() -> None:
    assert (len(PASSING), len(LASTING)) == (16, 10)


def test_every_page_is_asked_for_as_the_description_has_it(
    server: RegistryServer, clock: CountingClock
) -> None:
    asking = ask(server, clock)
    first = asking.page(ANY, None)
    second = asking.page(ANY, first.next_page)
    third = asking.page(ANY, second.next_page)
    pages = [first, second, third]
    assert [len(each.records) for each in pages] == [3, 3, 1]
    assert [each.total for each in pages] == [7, None, None]
    assert third.next_page is None
    fixed = {**ANY, "format": "json", "markupFormat": "markdown", "pageSize": "1000"}
    assert [each.parameters for each in server.pages_asked] == [
        fixed | {"countTotal": "true"},
        fixed | {"pageToken": first.next_page},
        fixed | {"pageToken": second.next_page},
    ]
    assert set().union(*(each.parameters for each in server.asked)) <= does.PARAMETERS
    assert {each.headers["User-Agent"] for each in server.asked} == {f"cellkg/{__version__}"}
    assert server.connections == 1


def test_records_are_the_characters_that_were_sent(
    server: RegistryServer, clock: CountingClock
) -> None:
    server.faults = [does.sends('{"studies":[{"a" :1.10,\r\n"b":"\\u00e9≥\\n"},\n{}]}'.encode())]
    assert ask(server, clock).page(ANY, None).records == [
        '{"a" :1.10,  "b":"\\u00e9≥\\n"}'.encode(),
        b"{}",
    ]


def test_the_date_of_the_data_is_told(server: RegistryServer, clock: CountingClock) -> None:
    assert ask(server, clock).data_version() == "2026-11-26T09:00:05"
    server.version_faults = [does.sends(b'{"dataTimestamp": "today"}'), does.sends(b"[]")]
    assert ask(server, clock).data_version() == "2026-11-26T09:00:05"
    assert len(clock.slept) == 2


@pytest.mark.parametrize("way", PASSING)
def test_passing_trouble_passes(way: str, server: RegistryServer, clock: CountingClock) -> None:
    fault, words = PASSING[way]
    told: list[str] = []
    server.faults = [fault, fault]
    page = ask(server, clock, notify=told.append).page(ANY, None)
    assert len(page.records) == 3
    assert len(server.asked) == 3
    assert 0.5 <= clock.slept[0] <= 1 <= clock.slept[1] <= 2
    assert len(told) == 2
    assert words in told[0]
    assert "(try 3 of 6)" in told[1]


@pytest.mark.parametrize("way", PASSING)
def test_trouble_that_stays_is_told(
    way: str, server: RegistryServer, clock: CountingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "MAX_RETRIES", 1)
    fault, words = PASSING[way]
    server.faults = [fault] * 9
    with pytest.raises(StoreError) as caught:
        ask(server, clock).page(ANY, None)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"The registry {server.address} ")
    assert str(caught.value).endswith(", 2 times in a row.")
    assert (caught.value.kind, caught.value.exit_code) == ("endpoint", 3)
    assert len(server.asked) == 2


def test_waits_grow_and_end(server: RegistryServer, clock: CountingClock) -> None:
    server.faults = [does.status(500)] * 9
    with pytest.raises(StoreError, match="6 times in a row"):
        ask(server, clock).page(ANY, None)
    assert len(server.asked) == MAX_RETRIES + 1
    assert all(2**n / 2 <= slept <= 2**n for n, slept in enumerate(clock.slept))


@pytest.mark.parametrize("way", LASTING)
def test_what_will_not_pass_is_not_asked_again(
    way: str, server: RegistryServer, clock: CountingClock
) -> None:
    fault, error, words = LASTING[way]
    server.faults = [fault] * 9
    with pytest.raises(error) as caught:
        ask(server, clock).page(ANY, None)
    assert type(caught.value) is error
    assert words in str(caught.value)
    assert clock.slept == []
    assert len(server.asked) == (6 if way == "in a circle" else 1)


def test_a_pause_that_is_asked_for_is_kept(server: RegistryServer, clock: CountingClock) -> None:
    server.faults = [does.status(429, Retry_After="17"), does.status(503, Retry_After="300")]
    ask(server, clock).page(ANY, None)
    assert clock.slept == [17, 300]


def test_a_pause_until_a_date_is_kept(server: RegistryServer, clock: CountingClock) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.faults = [does.status(429, Retry_After=later)]
    ask(server, clock).page(ANY, None)
    assert 60 < clock.slept[0] <= 100


@pytest.mark.parametrize("words", ["soon", "-5", "Mon, 99 Foo", "1e9"])
def test_a_pause_that_nobody_understands_is_chosen_here(
    words: str, server: RegistryServer, clock: CountingClock
) -> None:
    server.faults = [does.status(429, Retry_After=words)]
    ask(server, clock).page(ANY, None)
    assert 0.5 <= clock.slept[0] <= 1


def test_no_more_than_fifty_requests_pass_in_a_minute(
    server: RegistryServer, clock: CountingClock
) -> None:
    asking = ask(server, clock)
    moments = []
    for _ in range(120):
        asking.data_version()
        moments.append(clock.seconds)
        clock.seconds += 0.5
    assert all(later - early >= 60 for early, later in zip(moments, moments[50:], strict=False))
    assert moments[49] - moments[0] < 60
    assert len(clock.slept) == 2


def test_a_redirection_inside_the_registry_is_followed(
    server: RegistryServer, clock: CountingClock
) -> None:
    server.version_faults = [does.redirect("version?a=b"), does.redirect("/api/v2/version", 308)]
    assert ask(server, clock).data_version() == "2026-11-26T09:00:05"


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_is_too_big_is_refused(
    packed: bool,  # noqa: FBT001 - pytest passes it by name
    server: RegistryServer,
    clock: CountingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "MAX_PAGE_BYTES", 3 * 1024 * 1024)
    bomb = gzip.compress(b" " * 100 * 1024 * 1024)
    server.faults = [does.sends(bomb, Content_Encoding="gzip") if packed else does.endless]
    with pytest.raises(StoreError, match="sent a page of more than 3 MiB"):
        ask(server, clock).page(ANY, None)
    assert len(server.asked) == 1


def test_an_answer_that_drips_does_not_take_for_ever(
    server: RegistryServer, clock: CountingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def now(clock: CountingClock) -> float:
        clock.seconds += 1
        return clock.seconds

    monkeypatch.setattr(CountingClock, "now", now)
    server.faults = [does.drips]
    told: list[str] = []
    limits = TimeLimits(read=5.0, answer=20.0)
    ask(server, clock, limits=limits, notify=told.append).page(ANY, None)
    assert "did not finish its answer within 20 seconds" in told[0]


def test_a_registry_that_is_not_there_is_told_at_once(clock: CountingClock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(StoreError, match=r"cannot be reached .*refused.*: go online, or"):
            Registry(address, clock=clock).page(ANY, None)
    assert clock.slept == []


def test_a_registry_that_goes_away_is_waited_for(
    server: RegistryServer, clock: CountingClock
) -> None:
    asking = ask(server, clock)
    asking.page(ANY, None)
    asking.api = "http://127.0.0.1:1"
    with pytest.raises(StoreError, match=r"cannot be reached .* 6 times in a row"):
        asking.page(ANY, None)


def test_a_page_that_follows_itself_is_told(server: RegistryServer, clock: CountingClock) -> None:
    server.faults = [does.sends(b'{"studies": [], "nextPageToken": "a"}')]
    with pytest.raises(StoreError, match="names the page 'a' as the one that follows itself"):
        ask(server, clock).page(ANY, "a")


def test_what_the_registry_says_cannot_steer_a_terminal(
    server: RegistryServer, clock: CountingClock
) -> None:
    with pytest.raises(QueryRefused) as caught:
        ask(server, clock).page({"query.cond": "bad("}, None)
    assert r"(Expression is incorrect: ?[31mmissing ')')" in str(caught.value)


@pytest.mark.parametrize(
    "api",
    [
        "",
        "clinicaltrials.gov",
        "ftp://a/b",
        "file:///etc/passwd",
        "http://",
        "http://a:b/",
        "http://[::1",
        "http://a/?b=c",
        "http://a/#b",
        "http://user:word@a/",
        "http://a/ b",
        "http://a/\x1b",
        "http://\xe4/",
    ],
)
def test_an_address_that_is_none_is_refused(api: str) -> None:
    with pytest.raises(UserInputError, match="is not the address of a registry: give one such as"):
        Registry(api)


def test_a_proxy_of_this_machine_is_used(
    server: RegistryServer, clock: CountingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", server.address.removesuffix("/api/v2"))
    Registry("http://registry.example/api/v2", clock=clock).data_version()
    assert [each.headers["Host"] for each in server.asked] == ["registry.example"]


def test_without_urllib3_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    with pytest.raises(MissingExtra, match="Fetching from a registry needs the extra 'fetch': typ"):
        Registry()


def test_the_clock_of_this_machine_goes_on() -> None:
    clock = Clock()
    before = clock.now()
    clock.sleep(0.001)
    assert clock.now() > before
    assert datetime.fromisoformat(clock.timestamp()).tzinfo is not None


def test_urllib3_is_loaded_only_to_fetch() -> None:
    code = "import sys, json, cellkg.importers.ctgov_api; print(json.dumps(sorted(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert not {"urllib3", "http.client", "ssl", "email"} & Counter(json.loads(loaded)).keys()
