import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from cellkg.errors import StoreError, UserInputError
from cellkg.store import GraphStore, LocalStore, endpoint_store
from cellkg.store.endpoint_store import EndpointStore
from cellkg.vocabulary import GRAPH

START_SECONDS = 20.0


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """Serve a store with the native Oxigraph server."""
    places = f"{Path(sys.executable).parent}:{Path(sys.exec_prefix) / 'bin'}"
    program = shutil.which("oxigraph", path=places) or shutil.which("oxigraph")
    assert program, "oxigraph is one of the packages of the extra 'dev'"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", str(folder), "--bind", address, *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + START_SECONDS
            while True:
                try:
                    socket.create_connection(tuple(address.split(":")), timeout=1).close()  # type: ignore[arg-type] # a port may be text
                    break
                except ConnectionRefusedError:
                    assert server.poll() is None, "the server ended"
                    assert time.monotonic() < deadline, "the server does not start"
                    time.sleep(0.02)
            yield f"http://{address}/query"
        finally:
            server.terminate()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("endpoint") / "store"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    store = LocalStore.create(folder)
    store.load(module_quads())
    store.finish()
    del store
    with serving(folder, "--union-default-graph") as url:
        yield url


def module_quads() -> list[Quad]:
    from pyoxigraph import BlankNode, Literal

    from cellkg.vocabulary import CKG, RDF, STUDY

    one, two = GRAPH["study/one"], GRAPH["study/two"]
    return [
        Quad(STUDY["one"], RDF["type"], CKG["Study"], one),
        Quad(STUDY["one"], CKG["quote"], Literal('a "b"\n<c> é𝒳'), one),
        Quad(STUDY["one"], CKG["printedName"], Literal("cells", language="en"), one),
        Quad(STUDY["one"], CKG["count"], Literal(4), one),
        Quad(STUDY["one"], CKG["mayOverlapWith"], STUDY["two"], one),
        Quad(STUDY["one"], CKG["mayOverlapWith"], STUDY["two"], two),
        Quad(STUDY["two"], RDF["type"], CKG["Study"], two),
        Quad(STUDY["two"], CKG["dose"], BlankNode("d"), two),
    ]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(!isBlank(?o)) } ORDER BY ?s ?p ?o",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT ?nothing WHERE { ?s <http://example.org/none> ?nothing }",
        "SELECT ?a ?b WHERE { { BIND(1 AS ?a) } UNION { BIND(2 AS ?b) } }",
        "ASK { ?s ?p 4 }",
        "# a remark\nPREFIX a: <http://a/> ask { ?s ?p 5 }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(!isBlank(?o)) }",
        "DESCRIBE <https://w3id.org/cellkg/study/one>",
        "CONSTRUCT WHERE { ?s <http://example.org/none> ?o }",
    ],
)
def test_the_answers_are_those_of_the_local_store(sparql: str, address: str, folder: Path) -> None:
    assert plain(EndpointStore(address), sparql) == plain(LocalStore.open(folder, ""), sparql)


def plain(store: GraphStore, sparql: str) -> object:
    answer = store.query(sparql)
    if isinstance(answer, QuerySolutions):
        return [each.value for each in answer.variables], [tuple(row) for row in answer]
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    assert isinstance(answer, QueryTriples)
    return set(answer)


def test_graphs_and_triples_are_those_of_the_local_store(address: str, folder: Path) -> None:
    far, near = EndpointStore(address), LocalStore.open(folder, "")
    assert far.graph_names() == near.graph_names() == [GRAPH["study/one"], GRAPH["study/two"]]
    for graph in (GRAPH["study/one"], GRAPH["study/none"]):
        assert set(far.triples(graph)) == set(near.triples(graph))
    assert len(list(far.triples(None))) == len(list(near.triples(None))) == 7


def test_answers_can_be_written_as_those_of_the_local_store(address: str) -> None:
    store = EndpointStore(address)
    rows = store.query("SELECT ?n { ?s <https://w3id.org/cellkg/ontology#count> ?n }")
    assert isinstance(rows, QuerySolutions)
    assert rows.serialize(format=QueryResultsFormat.CSV) == b"n\r\n4\r\n"
    triples = store.query("CONSTRUCT WHERE { ?s <https://w3id.org/cellkg/ontology#count> ?n }")
    assert isinstance(triples, QueryTriples)
    assert b'count> "4"^^' in (triples.serialize(format=RdfFormat.N_TRIPLES) or b"")


@pytest.mark.usefixtures("address")  # which fills the folder
def test_oxigraph_is_asked_for_the_union_even_where_it_is_not_set_up_so(folder: Path) -> None:
    with serving(folder) as url:
        assert bool(EndpointStore(url).query("ASK { ?s ?p ?o }"))


def test_a_malformed_query_has_the_same_message_as_at_home(address: str) -> None:
    sparql = "SELECT * {\n  ?s foo:bar ?o }"
    messages = []
    for store in (EndpointStore(address), LocalStore()):
        with pytest.raises(UserInputError) as caught:
            store.query(sparql)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_an_update_is_not_even_sent() -> None:
    with pytest.raises(UserInputError, match="INSERT begins an update"):
        EndpointStore("http://127.0.0.1:9/").query("INSERT DATA { <a:a> <a:b> <a:c> }")


NO_ADDRESSES = (
    "file:///etc/passwd",
    "localhost:7878",
    "ftp://x/",
    "",
    "data:,x",
    "http://",
    "http:///query",
    "http://a b/",
    "http://a/\n",
    "http://127.0.0.1:port/",
    "http://[::1/",
)


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_only_http_addresses_are_taken(url: str) -> None:
    with pytest.raises(UserInputError, match="is not the address of a SPARQL endpoint"):
        EndpointStore(url)


JSON = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
ROWS = "application/sparql-results+json"


class Misbehaving(BaseHTTPRequestHandler):
    """A server that does wrong what the path says."""

    protocol_version = "HTTP/1.1"
    asked: dict[str, list[str]]

    def do_POST(self) -> None:
        """Do it."""
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked = {**parse_qs(form), "Accept": [self.headers["Accept"]]}
        self.close_connection = True
        getattr(self, self.path.replace("/", "_").replace("-", "_"))()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(
        self, status: int, content_type: str, body: bytes, length: int | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _well(self) -> None:
        self._answer(200, ROWS + "; charset=utf-8", JSON)

    def _well_in_xml(self) -> None:
        xml = (
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/>'
            b'</head><results><result><binding name="x"><literal>1</literal></binding></result>'
            b"</results></sparql>"
        )
        self._answer(200, "application/sparql-results+xml", xml)

    def _page(self) -> None:
        self._answer(200, "text/html", b"<html>\x1b[31m Welcome\n</html>")

    def _rows_for_triples(self) -> None:
        self._answer(200, ROWS, JSON)

    def _yes(self) -> None:
        self._answer(200, ROWS, b'{"head":{},"boolean":true}')

    def _broken(self) -> None:
        self._answer(500, "text/plain", b"out of\nmemory\x07" * 100)

    def _busy(self) -> None:
        self._answer(503, "text/plain", b"")

    def _refused(self) -> None:
        self._answer(400, "text/plain", b"virtuoso says no")

    def _moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://elsewhere.example/sparql")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _cut(self) -> None:
        self._answer(200, ROWS, JSON, length=len(JSON) + 9)

    def _cut_json(self) -> None:
        self._answer(200, ROWS, JSON[:-20])

    def _cut_chunk(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", ROWS)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"40\r\n" + JSON[:20])

    def _cut_triples(self) -> None:
        self._answer(
            200, "application/n-triples", b"<http://a/> <http://b/> <http://c/> .\n<http://a"
        )

    def _silent(self) -> None:
        time.sleep(1.5)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", ROWS)
        self.end_headers()
        for _ in range(15):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def _nonsense(self) -> None:
        self.wfile.write(b"hello\r\n\r\n")

    def _hang_up(self) -> None:
        pass


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hangs up is meant
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["well", "well-in-xml"])
def test_rows_are_read_in_either_format(misbehaving: str, path: str) -> None:
    sparql = "SELECT ?x { ?é ?p ?o }"
    answer = EndpointStore(misbehaving + path).query(sparql)
    assert isinstance(answer, QuerySolutions)
    assert [row["x"].value for row in answer] == ["1"]
    assert Misbehaving.asked["query"] == [sparql]
    assert "application/sparql-results+json" in Misbehaving.asked["Accept"][0]


@pytest.mark.parametrize(
    ("path", "sparql", "says"),
    [
        ("page", "ASK {}", "with text/html, which is not an answer to this query ('<html>?[31m"),
        ("page", "DESCRIBE <a:a>", "answers with text/html"),
        ("rows-for-triples", "DESCRIBE <a:a>", "answers with application/sparql-results+json"),
        ("broken", "ASK {}", "answers 500 Internal Server Error (out of memory?out of"),
        ("busy", "ASK {}", "answers 503 Service Unavailable."),
        ("refused", "ASK {}", "answers 400 Bad Request (virtuoso says no)."),
        ("refused", "ASK { SERVICE <http://127.0.0.1:9/> {} }", "(virtuoso says no)."),
        ("moved", "ASK {}", "moved: use the address http://elsewhere.example/sparql."),
        ("cut", "SELECT * {}", f"broke off the answer after {len(JSON)} of {len(JSON) + 9} bytes"),
        ("cut-json", "SELECT * {}", "sent an answer that is cut off or malformed"),
        ("cut-chunk", "SELECT * {}", "broke off the answer ("),
        ("cut-triples", "DESCRIBE <a:a>", "sent an answer that is cut off or malformed"),
        ("silent", "ASK {}", "did not finish its answer within 0.5 seconds."),
        ("drip", "ASK {}", "did not finish its answer within 0.5 seconds."),
        ("nonsense", "ASK {}", "broke off the answer (hello)"),
        ("hang-up", "ASK {}", "(Remote end closed connection without response)"),
    ],
)  # fmt: skip
def test_what_an_endpoint_does_wrong_is_told_in_a_sentence(
    misbehaving: str, path: str, sparql: str, says: str
) -> None:
    patience = 0.5 if path in {"silent", "drip"} else START_SECONDS
    with pytest.raises(StoreError) as caught:
        EndpointStore(misbehaving + path, patience).query(sparql)
    message = str(caught.value)
    assert message.startswith(f"The endpoint {misbehaving}{path} ")
    assert says in message
    assert message.isprintable()
    assert message.endswith(".")
    assert len(message) < 500
    assert caught.value.kind == "endpoint"
    assert caught.value.location == misbehaving + path


def test_a_graph_list_that_is_none_is_told(misbehaving: str) -> None:
    with pytest.raises(StoreError, match="answered a SELECT query with yes or no"):
        EndpointStore(misbehaving + "yes").graph_names()


def test_an_answer_has_a_largest_size(misbehaving: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_store, "MAX_ANSWER_BYTES", 50)
    with pytest.raises(StoreError, match="sent more than 0 MiB: ask for less, with LIMIT"):
        EndpointStore(misbehaving + "well").query("SELECT * {}")


def test_an_endpoint_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with pytest.raises(StoreError, match=r"does not answer .*Connection refused"):
            EndpointStore(url, timeout_seconds=2).query("ASK {}")


def test_an_endpoint_that_takes_no_connection_is_told() -> None:
    with ExitStack() as open_sockets:
        full = open_sockets.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):  # more wait than the queue has places
            waiting = open_sockets.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        with pytest.raises(StoreError, match=r"did not finish its answer within 0\.3 seconds"):
            EndpointStore(url, timeout_seconds=0.3).query("ASK {}")


def test_a_host_that_cannot_be_is_told() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        EndpointStore(f"http://{'a' * 70}..example/").query("ASK {}")


def test_the_data_version_names_the_endpoint() -> None:
    assert EndpointStore("https://x.example/q").data_version == "as served by https://x.example/q"
