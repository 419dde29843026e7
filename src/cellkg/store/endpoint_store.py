"""Named graphs behind a SPARQL 1.1 endpoint, asked over HTTP."""

from __future__ import annotations

import time

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

from cellkg.errors import StoreError, UserInputError
from cellkg.store.local_store import LocalStore
from cellkg.store.query_text import form_of, refuse_updates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from typing import Final
    from urllib.error import HTTPError
    from urllib.request import OpenerDirector

    from pyoxigraph import Triple

MAX_ANSWER_BYTES: Final = 512 * 1024 * 1024
"""An answer is read into memory whole; a longer one is refused."""

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_CHUNK = 1024 * 1024
_BAD_REQUEST = 400
_SHOWN = 200  # characters of what an endpoint says


class EndpointStore:
    """Named graphs behind a SPARQL 1.1 endpoint.

    Nothing is sent before the first question. SERVICE is left to the endpoint.

    Args:
        url: The address that takes queries, http or https.
        timeout_seconds: How long one question may take, answer included.

    Raises:
        UserInputError: The address is not one of http or https.

    Example:
        >>> EndpointStore("http://localhost:7878/query").data_version
        'as served by http://localhost:7878/query'
    """

    def __init__(self, url: str, timeout_seconds: float = 60.0) -> None:
        if not _is_http(url):
            raise UserInputError(
                f"'{url}' is not the address of a SPARQL endpoint: give one such as"
                " http://localhost:7878/query.",
                value=url,
            )
        self.url = url
        self.timeout_seconds = timeout_seconds

    @property
    def data_version(self) -> str:
        """Name the endpoint: only it knows which data it has."""
        return f"as served by {self.url}"

    def query(self, sparql: str) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Ask a query; see `GraphStore.query`.

        On Oxigraph the default graph is made the union of the named graphs; other endpoints are
        set up that way by those who run them.
        """
        refuse_updates(sparql)
        wants_triples = form_of(sparql) in {"CONSTRUCT", "DESCRIBE"}
        content_type, body = self._ask(sparql, _TRIPLES if wants_triples else _ROWS)
        try:
            if wants_triples:
                return self._triples_of(content_type, body)
            return self._rows_of(content_type, body)
        except SyntaxError as error:
            raise self._problem(f"sent an answer that is cut off or malformed ({error})") from error

    def graph_names(self) -> list[NamedNode]:
        """List the named graphs, in the order of their IRIs."""
        answer = self.query("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        if not isinstance(answer, QuerySolutions):
            raise self._problem("answered a SELECT query with yes or no")
        names = [name for (name,) in answer if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def triples(self, graph: NamedNode | None) -> Iterator[Triple]:
        """Give the triples of one graph, or each triple of any graph once."""
        pattern = "?s ?p ?o" if graph is None else f"GRAPH {graph} {{ ?s ?p ?o }}"
        answer = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}")
        assert isinstance(answer, QueryTriples)  # noqa: S101 - what CONSTRUCT gives, told to mypy
        return answer

    def _rows_of(self, content_type: str, body: bytes) -> QuerySolutions | QueryBoolean:
        form = QueryResultsFormat.from_media_type(content_type)
        if form is None:
            raise self._unexpected(content_type, body)
        answer = parse_query_results(body, form)
        if isinstance(answer, QueryBoolean):
            return answer
        try:
            for _ in answer:  # an answer that is cut off shows only at its end
                pass
        finally:
            del answer  # pyoxigraph wants it dropped by this thread; a traceback would keep it
        complete = parse_query_results(body, form)
        assert isinstance(complete, QuerySolutions)  # noqa: S101 - as before, told to mypy
        return complete

    def _triples_of(self, content_type: str, body: bytes) -> QueryTriples:
        form = RdfFormat.from_media_type(content_type)
        if form is None:
            raise self._unexpected(content_type, body)
        store = Store()
        store.bulk_load(body, form, base_iri=self.url)
        answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(answer, QueryTriples)  # noqa: S101 - what CONSTRUCT gives, told to mypy
        return answer

    def _ask(self, sparql: str, accept: str) -> tuple[str, bytes]:
        """Send a query; give the content type and the body of the answer."""
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError
        from urllib.parse import urlencode
        from urllib.request import Request

        deadline = time.monotonic() + self.timeout_seconds
        # union-default-graph is how Oxigraph is asked for the union; others ignore it.
        form = urlencode({"query": sparql, "union-default-graph": "true"})
        request = Request(self.url, form.encode(), {"Accept": accept})  # noqa: S310 - checked to be http
        try:
            with _opener().open(request, timeout=self.timeout_seconds) as response:
                return response.headers.get_content_type(), self._read(response, deadline)
        except HTTPError as error:
            with error:
                raise self._refusal(error, sparql) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except (URLError, ValueError) as error:  # ValueError: a host name that cannot be one
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise self._too_slow() from error
            raise self._problem(
                f"does not answer ({_words(reason)}): start it, or correct the address"
            ) from error
        except (HTTPException, OSError) as error:
            raise self._problem(f"broke off the answer ({_words(error)}): ask again") from error

    def _read(self, response: HTTPResponse, deadline: float) -> bytes:
        """Read a body to its announced end, within the limits of size and time."""
        announced = response.length
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER_BYTES:
                raise self._problem(
                    f"sent more than {MAX_ANSWER_BYTES // 1024 // 1024} MiB: ask for less, with"
                    " LIMIT"
                )
            if time.monotonic() > deadline:
                raise self._too_slow()
        if announced is not None and size < announced:
            raise self._problem(
                f"broke off the answer after {size} of {announced} bytes: ask again"
            )
        return b"".join(parts)

    def _refusal(self, error: HTTPError, sparql: str) -> StoreError | UserInputError:
        """Turn an HTTP status that is no success into a sentence."""
        if error.code == _BAD_REQUEST and "service" not in sparql.lower():
            try:
                LocalStore().query(sparql)
            except UserInputError as malformed:
                return malformed  # with line and column
        if error.headers.get("Location"):
            return self._problem(f"moved: use the address {error.headers['Location']}")
        said = _words(error.read(_SHOWN).decode("utf-8", "replace"))
        return self._problem(f"answers {error.code} {error.reason}" + (said and f" ({said})"))

    def _unexpected(self, content_type: str, body: bytes) -> StoreError:
        said = _words(body[:_SHOWN].decode("utf-8", "replace"))
        return self._problem(
            f"answers with {content_type}, which is not an answer to this query ('{said}'): give"
            " the address that takes queries"
        )

    def _too_slow(self) -> StoreError:
        return self._problem(f"did not finish its answer within {self.timeout_seconds:g} seconds")

    def _problem(self, what: str) -> StoreError:
        return StoreError(f"The endpoint {self.url} {what}.", kind="endpoint", location=self.url)


def _is_http(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is found out now
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and url.isprintable()
        and " " not in url
    )


def _opener() -> OpenerDirector:
    """Speak HTTP only, and follow no redirection: it would turn the question into another."""
    from urllib.request import (
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
        HTTPHandler,
        HTTPSHandler,
        OpenerDirector,
        ProxyHandler,
    )

    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _words(something: object) -> str:
    """Give the text of something in one line, none of its characters able to steer a terminal."""
    text = " ".join(str(something).split())
    return "".join(each if each.isprintable() else "?" for each in text)[:_SHOWN]
