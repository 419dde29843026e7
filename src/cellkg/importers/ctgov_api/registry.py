"""ClinicalTrials.gov over HTTP: politely, within limits, and asked again after passing trouble."""

from __future__ import annotations

import random
from typing import NamedTuple

from cellkg.errors import MissingExtra, StoreError, UserInputError
from cellkg.importers.ctgov_api.pace import (
    LONGEST_ASKED_WAIT_SECONDS,
    Clock,
    Pace,
    back_off,
)
from cellkg.importers.ctgov_api.study_page import StudyPage
from cellkg.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final, TypeVar

    from urllib3 import BaseHTTPResponse, PoolManager

    Answer = TypeVar("Answer")

DEFAULT_API: Final = "https://clinicaltrials.gov/api/v2"
PAGE_SIZE: Final = 1000
"""The most that the API gives at once."""

MAX_PAGE_BYTES: Final = 256 * 1024 * 1024
"""A page is read into memory whole, unpacked; a longer one is refused. Most have 10 to 50 MiB."""

MAX_RETRIES: Final = 5
MAX_REDIRECTS: Final = 5

_OK: Final = 200
_BAD_REQUEST: Final = 400
_NOT_FOUND: Final = 404
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
_CHUNK: Final = 64 * 1024
_SHOWN: Final = 300  # characters of what the registry says


class TimeLimits(NamedTuple):
    """How many seconds the registry has.

    Attributes:
        connect: To take a connection.
        read: From one piece of an answer to the next.
        answer: To send all of an answer.
    """

    connect: float = 10.0
    read: float = 60.0
    answer: float = 600.0


class QueryRefused(UserInputError):  # noqa: N818 - it names what happened, as MissingExtra does
    """The registry does not take the question (HTTP 400); the message has its own words."""


class Registry:
    """The API of ClinicalTrials.gov, or of a server that behaves like it.

    One connection, one request at a time, at most so many a minute.

    Args:
        api: The address that the paths of the API are put after, http or https.
        clock: What time it is, and how to wait.
        limits: How long to wait for answers.
        notify: Is told a sentence before every long wait.

    Raises:
        UserInputError: The address is not one of http or https.
        MissingExtra: urllib3 is not installed.

    Example:
        >>> Registry("https://clinicaltrials.gov/api/v2/").api
        'https://clinicaltrials.gov/api/v2'
    """

    def __init__(
        self,
        api: str = DEFAULT_API,
        *,
        clock: Clock | None = None,
        limits: TimeLimits | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.api = _checked(api)
        self.clock = clock or Clock()
        self._limits = limits or TimeLimits()
        self._notify = notify
        self._pace = Pace(self.clock)
        self._connection = _connection(self.api, self._limits)
        self._has_answered = False

    def data_version(self) -> str:
        """Ask for the date and time of the registry's data, in UTC."""
        return self._get("/version", {}, _data_timestamp)

    def page(self, parameters: Mapping[str, str], next_page: str | None) -> StudyPage:
        """Ask for one page of studies.

        Args:
            parameters: What is wanted, the same for every page.
            next_page: The token that the page before gave; None for the first page.

        Raises:
            QueryRefused: The registry does not take the question.
            UserInputError: There is no such API at this address.
            StoreError: The registry cannot be reached, or its answers cannot be used.
        """
        paging = {"countTotal": "true"} if next_page is None else {"pageToken": next_page}
        fixed = {"format": "json", "markupFormat": "markdown", "pageSize": str(PAGE_SIZE)}
        page = self._get("/studies", {**parameters, **fixed, **paging}, StudyPage.read)
        if next_page is not None and page.next_page == next_page:
            raise self._problem(f"names the page {next_page!r} as the one that follows itself")
        return page

    def _get(
        self, path: str, parameters: Mapping[str, str], read: Callable[[bytes], Answer]
    ) -> Answer:
        """Ask until there is an answer that can be read, or no hope."""
        from urllib.parse import quote, urlencode

        query = urlencode(parameters, safe=",", quote_via=quote)
        address = f"{self.api}{path}" + (f"?{query}" if query else "")
        failures = 0
        while True:
            self._pace.wait()
            try:
                try:
                    return read(self._body(address))
                except ValueError as error:
                    raise _PassingProblem(
                        f"sent an answer that is cut off or malformed ({_words(error)})"
                    ) from error
            except _PassingProblem as problem:
                failures += 1
                if failures > MAX_RETRIES:
                    raise self._problem(f"{problem}, {failures} times in a row") from problem
                self._wait(problem, failures)

    def _wait(self, problem: _PassingProblem, failures: int) -> None:
        asked = problem.retry_after or 0.0
        if asked > LONGEST_ASKED_WAIT_SECONDS:
            raise self._problem(
                f"{problem} and wants to be left alone for {asked:.0f} seconds: type the same again"
                " after that"
            ) from problem
        pause = max(asked, back_off(failures, random.random()))  # noqa: S311 - spreads requests, keeps no secret
        if self._notify is not None:
            self._notify(
                f"The registry {self.api} {problem}; asking again in {pause:.1f} seconds"
                f" (try {failures + 1} of {MAX_RETRIES + 1})."
            )
        self.clock.sleep(pause)

    def _body(self, address: str) -> bytes:
        """Send one request, follow it inside the registry, and read the answer."""
        from urllib.parse import urljoin

        here = self._connection.connection_from_url(self.api)
        for _ in range(MAX_REDIRECTS + 1):
            with self._sent(address) as response:
                self._has_answered = True
                if response.status == _OK:
                    return self._read(response)
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    raise self._refusal(response)
                moved = urljoin(address, location)
            if not here.is_same_host(moved):
                raise self._problem(
                    f"sends elsewhere, to {_words(moved)}, which is not followed: give the right"
                    " address with --api"
                )
            address = moved
        raise self._problem(f"sends from one address to another more than {MAX_REDIRECTS} times")

    def _sent(self, address: str) -> BaseHTTPResponse:
        from urllib3 import exceptions

        try:
            return self._connection.urlopen(
                "GET", address, redirect=False, retries=False, preload_content=False
            )
        except (exceptions.NewConnectionError, exceptions.SSLError, exceptions.ProxyError) as error:
            what = f"cannot be reached ({_words(error)})"
            if not self._has_answered:  # a wrong address stays wrong
                raise self._problem(f"{what}: go online, or correct the address") from error
            raise _PassingProblem(what) from error
        except exceptions.TimeoutError as error:
            raise _PassingProblem("does not answer in time") from error
        except exceptions.HTTPError as error:
            raise _PassingProblem(f"broke off ({_words(error)})") from error

    def _read(self, response: BaseHTTPResponse) -> bytes:
        """Read a body to its end, unpacked, within the limits of size and time."""
        from urllib3 import exceptions

        deadline = self.clock.now() + self._limits.answer
        parts: list[bytes] = []
        size = 0
        try:
            # read1: a server that sends byte by byte must not get past the deadline.
            while part := response.read1(_CHUNK):
                parts.append(part)
                size += len(part)
                if size > MAX_PAGE_BYTES:
                    raise self._problem(
                        f"sent a page of more than {MAX_PAGE_BYTES // 1024 // 1024} MiB: ask for"
                        " fewer studies"
                    )
                if self.clock.now() > deadline:
                    raise _PassingProblem(
                        f"did not finish its answer within {self._limits.answer:g} seconds"
                    )
        except exceptions.TimeoutError as error:
            raise _PassingProblem("stopped in the middle of its answer") from error
        except exceptions.HTTPError as error:
            raise _PassingProblem(f"broke off its answer ({_words(error)})") from error
        return b"".join(parts)

    def _refusal(self, response: BaseHTTPResponse) -> Exception:
        """Turn a status that is no success into a sentence."""
        from urllib3.exceptions import HTTPError

        try:
            said = _words(response.read(_SHOWN * 4).decode("utf-8", "replace"))
        except HTTPError:
            said = ""
        status = f"{response.status} {_words(response.reason or '')}".strip()
        if response.status == _BAD_REQUEST:
            return QueryRefused(
                f"The registry {self.api} does not take the question ({said or status}): correct"
                " the words that are searched for."
            )
        if response.status == _NOT_FOUND:
            return UserInputError(
                f"The registry {self.api} has no such page ({said or status}): give the address of"
                f" its API with --api, such as {DEFAULT_API}."
            )
        what = f"answers {status}" + (f" ({said})" if said else "")
        if response.status in _PASSING:
            return _PassingProblem(what, _seconds(response.headers.get("Retry-After")))
        return self._problem(what)

    def _problem(self, what: str) -> StoreError:
        return StoreError(f"The registry {self.api} {what}.", kind="endpoint", location=self.api)


class _PassingProblem(Exception):  # noqa: N818 - it may pass, which is why it is no error yet
    """Trouble that may be over when the registry is asked again."""

    def __init__(self, what: str, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


def _checked(api: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(api)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        sound = False
    else:
        sound = sound and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not sound or not api.isascii() or not api.isprintable() or " " in api:
        raise UserInputError(
            f"'{api}' is not the address of a registry: give one such as {DEFAULT_API}.", value=api
        )
    return api.rstrip("/")


def _connection(api: str, limits: TimeLimits) -> PoolManager:
    """Prepare the one connection, through the proxy of this machine where it has one."""
    try:
        import urllib3
    except ImportError:
        raise MissingExtra("Fetching from a registry", "fetch") from None
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(api)
    proxy = None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
    timeout = urllib3.Timeout(connect=limits.connect, read=limits.read)
    headers = {
        "User-Agent": f"cellkg/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
    }
    if proxy:
        return urllib3.ProxyManager(proxy, num_pools=1, timeout=timeout, headers=headers)
    return urllib3.PoolManager(num_pools=1, timeout=timeout, headers=headers)


def _data_timestamp(body: bytes) -> str:
    import json

    answer = json.loads(body)
    timestamp = answer.get("dataTimestamp") if isinstance(answer, dict) else None
    if not isinstance(timestamp, str):
        raise ValueError("it has no 'dataTimestamp'")  # noqa: TRY004 - what json raises too
    from datetime import datetime

    return datetime.fromisoformat(timestamp).replace(tzinfo=None).isoformat()


def _seconds(retry_after: str | None) -> float | None:
    """Read the header Retry-After, a number or a date; one that is neither says nothing."""
    from urllib3 import Retry
    from urllib3.exceptions import InvalidHeader

    if retry_after is None:
        return None
    try:
        return Retry().parse_retry_after(retry_after)
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _words(something: object) -> str:
    """Give the text of something in one line, none of its characters able to steer a terminal."""
    text = " ".join(str(something).split())
    return "".join(each if each.isprintable() else "?" for each in text)[:_SHOWN]
