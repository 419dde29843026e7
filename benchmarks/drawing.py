"""How soon the network page of a thousand studies is drawn and usable, beside pyvis.

`python benchmarks/drawing.py` opens the page in a headless Chromium several times and prints the
medians: until the picture is drawn, and until a search typed right after that has found a thing,
drawn its lines and shown its facts. A page is a fresh browser context each time.

`--pyvis PYTHON` names a Python that has pyvis 0.3.2 and networkx (`python -m venv pyvis`,
`pyvis/bin/pip install pyvis`); without it that column is left out. pyvis gets the same nodes and
edges, and computes its layout in the browser; it is given up after `--patience` seconds. Both pages
are opened without a network.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

OPTIONS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
DRAWN: Final = "html[data-drawn=yes]"
SEARCHED: Final = "intrathecal"
WRITE_WITH_PYVIS: Final = """
import json, sys
from pyvis.network import Network
graph = json.load(open(sys.argv[1], encoding="utf-8"))
network = Network(height="800px", cdn_resources="in_line")
for node, label, kind in graph["nodes"]:
    network.add_node(node, label=label, group=kind)
for start, end in graph["edges"]:
    network.add_edge(start, end)
open(sys.argv[2], "w", encoding="utf-8").write(network.generate_html(notebook=False))
"""
STABLE: Final = """
() => new Promise((done) => {
  network.once("stabilizationIterationsDone", () => done(performance.now()));
})
"""


class Drawing(NamedTuple):
    """A page, and what it cost to write it.

    Attributes:
        path: The file.
        seconds: How long it took to write, from the graph in memory.
    """

    path: Path
    seconds: float


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--pyvis", metavar="PYTHON")
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        page, graph = write_pages(Path(folder), given.studies)
        peer = write_with_pyvis(Path(folder), graph, given.pyvis) if given.pyvis else None
        size = page.path.stat().st_size
        with chromium() as browser:
            opened = [open_ours(browser, page.path) for _ in range(given.runs)]
            drawn, processor, searched = zip(*opened, strict=True)
            ours = [
                ("write the page, s", f"{page.seconds:.1f}"),
                ("size, MB", f"{size / 1e6:.2f}"),
                (f"drawn, s, median of {given.runs}", f"{median(drawn):.2f}"),
                ("drawn, s, slowest", f"{max(drawn):.2f}"),
                ("drawn, s of processor, median", f"{median(processor):.2f}"),
                ("searched, focused and facts shown, s", f"{median(searched):.2f}"),
                ("the same, slowest", f"{max(searched):.2f}"),
            ]
            theirs = list(open_peer(browser, peer, given.patience)) if peer else []
    print(f"{given.studies} studies, {len(graph['nodes'])} nodes, {len(graph['edges'])} edges")
    for name, value in ours:
        print(f"cellkg  {name:40}{value:>10}")
    for name, value in theirs:
        print(f"pyvis   {name:40}{value:>10}")


def write_pages(folder: Path, number: int) -> tuple[Drawing, dict[str, list[list[str]]]]:
    """Write the page of the first studies, and give their graph as plain lists."""
    import cellkg
    from cellkg.drawing.network import read_network
    from cellkg.drawing.network_picture import DRAWN_KINDS
    from cellkg.overview import Selection, read_studies, study_network

    graph = cellkg.open_graph()
    studies = tuple(each.iri for each in read_studies(graph.store)[:number])
    selection = Selection(studies, f"{number} studies")
    begun = time.perf_counter()
    drawn = read_network(graph.store, graph.terms, graph.data_version, selection, DRAWN_KINDS)
    path = folder / "cellkg.html"
    path.write_bytes(drawn.page())
    seconds = time.perf_counter() - begun
    network = study_network(drawn.network.studies.values(), drawn.network.relations)
    return Drawing(path, seconds), {
        "nodes": [
            [node, facts["label"], facts["kind"]] for node, facts in network.nodes(data=True)
        ],
        "edges": [list(edge) for edge in network.edges()],
    }


def write_with_pyvis(folder: Path, graph: dict[str, list[list[str]]], python: str) -> Drawing:
    """Write the same graph with pyvis."""
    given, path = folder / "graph.json", folder / "pyvis.html"
    given.write_text(json.dumps(graph), "utf-8")
    begun = time.perf_counter()
    subprocess.run([python, "-c", WRITE_WITH_PYVIS, given, path], check=True)
    return Drawing(path, time.perf_counter() - begun)


class chromium:  # noqa: N801 - used as a function, in a with statement
    """A headless Chromium, found on the path."""

    def __enter__(self) -> Browser:
        from playwright.sync_api import sync_playwright

        executable = shutil.which("chromium") or shutil.which("google-chrome")
        if executable is None:
            sys.exit("No browser is installed: chromium is not on the path.")
        self._started = sync_playwright().start()
        self._browser = self._started.chromium.launch(
            executable_path=executable, args=list(OPTIONS)
        )
        return self._browser

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._started.stop()


def open_ours(browser: Browser, path: Path) -> tuple[float, float, float]:
    """Open the page of cellkg: seconds until it is drawn, and until a search has its answer.

    Between them stands how long the process of the page had computed when it was drawn, which
    other work on the machine hardly changes.
    """
    page = new_page(browser)
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector(DRAWN, state="attached")
    drawn = page.evaluate("performance.now()")
    found = metrics.send("Performance.getMetrics")["metrics"]
    (processor,) = (each["value"] for each in found if each["name"] == "ProcessTime")
    page.fill("#search", SEARCHED)
    page.press("#search", "Enter")
    page.wait_for_selector(f"#facts h3:text-is('{SEARCHED}')")
    searched = page.evaluate("performance.now()")
    page.context.close()
    return drawn / 1000, processor, searched / 1000


def open_peer(browser: Browser, peer: Drawing, patience: float) -> Iterator[tuple[str, str]]:
    """Open the page of pyvis until its layout rests, or patience ends."""
    from playwright.sync_api import Error

    yield "write the page, s", f"{peer.seconds:.1f}"
    yield "size, MB", f"{peer.path.stat().st_size / 1e6:.2f}"
    page = new_page(browser)
    page.set_default_timeout(patience * 1000)
    try:
        page.goto(peer.path.as_uri(), wait_until="commit")
        page.wait_for_function("typeof network !== 'undefined'")
        yield "layout at rest, s", f"{page.evaluate(STABLE) / 1000:.1f}"
    except Error:
        yield "layout at rest, s", f"> {patience:.0f}"


def new_page(browser: Browser) -> Page:
    """Open an empty page that reaches nothing but files."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    return context.new_page()


if __name__ == "__main__":
    main()
