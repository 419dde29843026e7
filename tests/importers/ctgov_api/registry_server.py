"""A registry on this machine that behaves like the API description, with studies made up here.

It answers HTTP/1.1 on a loopback port, remembers what it was asked, and misbehaves on demand.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

PARAMETERS = frozenset(
    {
        "format",
        "markupFormat",
        "query.cond",
        "query.term",
        "query.locn",
        "query.titles",
        "query.intr",
        "query.outc",
        "query.spons",
        "query.lead",
        "query.id",
        "query.patient",
        "filter.overallStatus",
        "filter.geo",
        "filter.ids",
        "filter.advanced",
        "filter.synonyms",
        "postFilter.overallStatus",
        "postFilter.geo",
        "postFilter.ids",
        "postFilter.advanced",
        "postFilter.synonyms",
        "aggFilters",
        "geoDecay",
        "fields",
        "sort",
        "countTotal",
        "pageSize",
        "pageToken",
    }
)
"""Every parameter of ``/studies`` in the API description, version 2.0.3."""

MAY_DIFFER = {"countTotal", "pageSize", "pageToken"}
NCT_NUMBER = re.compile(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}")
RANGE = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[(\d{4}-\d\d-\d\d),MAX\]")

Study = dict[str, Any]
Fault = Callable[["Handler"], None]


def study(number: int, title: str = "cells", updated: str = "2024-01-01", alias: str = "") -> Study:
    """Make up a study."""
    identification = {"nctId": f"NCT{number:08}", "briefTitle": f"{title} ≥ {number}"}
    if alias:
        identification |= {"nctIdAliases": [alias]}  # type: ignore[dict-item] # JSON holds anything
    return {
        "protocolSection": {
            "identificationModule": identification,
            "statusModule": {"lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"}},
        },
        "hasResults": False,
        "derivedSection": {"lat": 1.10, "text": "a\nb \U0001f9eb"},
    }


@dataclass
class Asked:
    """One request, as the registry saw it."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


@dataclass
class RegistryServer:
    """The registry; `address` is the base of its API.

    Attributes:
        studies: All it has.
        most: The most studies it puts on a page, whatever is asked for.
        data_versions: What ``/version`` answers, one after the other; the last one stays.
        faults: What it does instead of answering the next requests for studies; None answers.
        version_faults: The same for ``/version``.
        asked: What it was asked.
        connections: How many connections were made.
    """

    studies: list[Study]
    most: int = 1000
    data_versions: list[str] = field(default_factory=lambda: ["2026-11-26T09:00:05"])
    faults: list[Fault | None] = field(default_factory=list)
    version_faults: list[Fault | None] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    tokens: dict[str, tuple[dict[str, str], int]] = field(default_factory=dict)
    address: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        """Start to answer."""
        self._http = _Http(("127.0.0.1", 0), Handler)
        self._http.registry = self  # type: ignore[attr-defined] # how a handler finds it
        self.address = f"http://127.0.0.1:{self._http.server_port}/api/v2"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop to answer, and end what is slow."""
        self.ended.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def pages_asked(self) -> list[Asked]:
        """The requests for studies."""
        return [each for each in self.asked if each.path == "/api/v2/studies"]

    def found(self, parameters: dict[str, str]) -> list[Study]:
        """Give the studies that fit a question."""
        found = self.studies
        for name in ("query.cond", "query.intr", "query.term"):
            if name in parameters:
                words = [each.strip("()") for each in parameters[name].split(" OR ")]
                found = [each for each in found if any(word in _title(each) for word in words)]
        if "filter.ids" in parameters:
            ids = set(parameters["filter.ids"].split(","))
            found = [each for each in found if ids & _numbers(each)]
        if "filter.advanced" in parameters:
            day = RANGE.fullmatch(parameters["filter.advanced"])
            assert day, parameters["filter.advanced"]
            found = [each for each in found if _updated(each) >= day[1]]
        return found


def _title(one: Study) -> str:
    return str(one["protocolSection"]["identificationModule"]["briefTitle"])


def _updated(one: Study) -> str:
    return str(one["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"])


def _numbers(one: Study) -> set[str]:
    module = one["protocolSection"]["identificationModule"]
    return {module["nctId"], *module.get("nctIdAliases", ())}


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave out that clients go away, which is what some of them do here."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as it came


class Handler(BaseHTTPRequestHandler):
    """One connection to the registry."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    registry: RegistryServer

    def setup(self) -> None:
        """Count the connection."""
        super().setup()
        self.registry = self.server.registry  # type: ignore[attr-defined] # set when it started
        self.registry.connections += 1

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request, or do what the script says instead."""
        parts = urlsplit(self.path)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        parameters = dict(pairs)
        assert len(parameters) == len(pairs)
        registry = self.registry
        registry.asked.append(Asked(parts.path, parameters, dict(self.headers)))
        path = parts.path.removeprefix("/api/v2")
        script = {"/studies": registry.faults, "/version": registry.version_faults}.get(path, [])
        if script and (fault := script.pop(0)) is not None:
            fault(self)
        elif path == "/version":
            version = registry.data_versions[0]
            del registry.data_versions[: len(registry.data_versions) > 1]
            self.give({"apiVersion": "2.0.3", "dataTimestamp": version})
        elif path == "/studies":
            self.give_page(parameters)
        else:
            self.say(404, "Not Found")

    def give_page(self, parameters: dict[str, str]) -> None:
        """Answer with a page of studies, or with what is wrong with the question."""
        registry = self.registry
        fixed = {name: value for name, value in parameters.items() if name not in MAY_DIFFER}
        begin = 0
        if unknown := parameters.keys() - PARAMETERS:
            return self.say(400, f"unknown parameter {unknown.pop()}")
        if not all(map(NCT_NUMBER.fullmatch, parameters.get("filter.ids", "NCT1").split(","))):
            return self.say(400, "`filter.ids` parameter has incorrect format")
        if "bad(" in parameters.get("query.cond", ""):
            return self.say(400, "Expression is incorrect:\n\x1b[31mmissing ')'")
        if "pageToken" in parameters:
            if parameters["pageToken"] not in registry.tokens:
                return self.say(400, "Invalid page token")
            first, begin = registry.tokens[parameters["pageToken"]]
            if first != fixed:
                return self.say(400, "Parameters must be the same as for the first page")
        found = registry.found(parameters)
        end = begin + min(int(parameters.get("pageSize", 10)), 1000, registry.most)
        page: dict[str, object] = {"studies": found[begin:end]}
        if parameters.get("countTotal") == "true" and begin == 0:
            page["totalCount"] = len(found)
        if end < len(found):
            token = f"t/{len(registry.tokens)}+="
            registry.tokens[token] = (fixed, end)
            page["nextPageToken"] = token
        return self.give(page)

    def give(self, content: object) -> None:
        """Answer with JSON, packed."""
        assert "gzip" in self.headers["Accept-Encoding"]
        text = json.dumps(content, ensure_ascii=False).replace(
            '{"protocolSection', '\n{"protocolSection'
        )
        self.send(200, gzip.compress(text.encode()), **{"Content-Encoding": "gzip"})

    def say(self, status: int, words: str, **headers: str) -> None:
        """Answer with words."""
        self.send(status, words.encode(), **{"Content-Type": "text/plain"}, **headers)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Answer with a body."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def status(code: int, words: str = "", **headers: str) -> Fault:
    """Answer with a status that is no success."""
    return lambda handler: handler.say(code, words, **headers)


def sends(body: bytes, **headers: str) -> Fault:
    """Answer with a body, whatever was asked."""
    return lambda handler: handler.send(200, body, **headers)


def cut_off(handler: Handler) -> None:
    """Announce a longer body than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"studies": [')
    handler.close_connection = True


def cut_off_refusal(handler: Handler) -> None:
    """Begin to say why not."""
    handler.send_response(403)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"because")
    handler.close_connection = True


def cut_off_chunks(handler: Handler) -> None:
    """Send pieces, and never the last one."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"d\r\n" + b'{"studies": [' + b"\r\n")
    handler.close_connection = True


def cut_off_packed(handler: Handler) -> None:
    """Send half of a packed body, of a length nobody announced."""
    packed = gzip.compress(b'{"studies": [' + b"1" * 5000 + b"]}")
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(packed[: len(packed) // 2])


def not_packed(handler: Handler) -> None:
    """Say that a body is packed which is not."""
    handler.send(200, b'{"studies": []}', **{"Content-Encoding": "gzip"})


def reset(handler: Handler) -> None:
    """Break the connection off, before any answer."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()
    handler.close_connection = True


def silent(handler: Handler) -> None:
    """Take the request and never answer."""
    handler.registry.ended.wait(30)
    handler.close_connection = True


def stops_half_way(handler: Handler) -> None:
    """Begin an answer and never end it."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"studies": [')
    silent(handler)


def endless(handler: Handler) -> None:
    """Send a body without an end."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while not handler.registry.ended.is_set():
            handler.wfile.write(b" " * 65536)
    except OSError:
        handler.close_connection = True


def drips(handler: Handler) -> None:
    """Send a page byte by byte, each soon enough after the one before."""
    body = b'{"studies": []}'.ljust(200)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    try:
        for byte in body:
            handler.wfile.write(bytes([byte]))
            handler.registry.ended.wait(0.01)
    except OSError:
        handler.close_connection = True


def redirect(location: str, code: int = 301) -> Fault:
    """Send elsewhere."""
    return status(code, Location=location)
