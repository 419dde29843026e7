import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from cellkg.errors import SourceFileError, StoreError, UserInputError
from cellkg.pipeline import (
    BuiltGraph,
    Inputs,
    build_in_memory,
    open_built,
    open_cached,
    shipped_inputs,
)
from cellkg.store import cache
from cellkg.vocabulary import CKG, CLOSURE_GRAPH, GRAPH, ONTOLOGY_GRAPH, SKOS, TERM, TERMS_GRAPH

WAIT_SECONDS = 60.0
PREFIXES = (
    "@prefix ckg: <https://w3id.org/cellkg/ontology#> .\n"
    "@prefix term: <https://w3id.org/cellkg/term/> .\n"
    "@prefix study: <https://w3id.org/cellkg/study/> .\n"
)
STUDY = (
    "study:NAME a ckg:Study ; ckg:arm study:NAME-arm .\n"
    "study:NAME-arm a ckg:Arm ; ckg:receives study:NAME-given .\n"
    "study:NAME-given a ckg:Intervention ; ckg:route term:ROUTE .\n"
)
ROUTES = f"SELECT DISTINCT ?route {{ GRAPH ?study {{ ?given {CKG['route']} ?route }} }}"


def write_study(inputs: Inputs, name: str, route: str = "intrathecal") -> Path:
    file = inputs.graphs[0] / f"{name}.ttl"
    file.write_text(PREFIXES + STUDY.replace("NAME", name).replace("ROUTE", route))
    return file


@pytest.fixture
def inputs(project: Path, tmp_path: Path) -> Inputs:
    """The shipped ontology with the terms of one scheme, and one small study."""
    ontology = tmp_path / "ontology"
    (ontology / "terms").mkdir(parents=True)
    shutil.copy(project / "ontology" / "cellkg.ttl", ontology)
    shutil.copy(project / "ontology" / "terms" / "routes.ttl", ontology / "terms")
    (tmp_path / "graphs").mkdir()
    made = Inputs(ontology, (tmp_path / "graphs",))
    write_study(made, "one")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def routes_in(built: BuiltGraph) -> set[str]:
    rows = built.store.query(ROUTES)
    assert isinstance(rows, QuerySolutions)
    return {row["route"].value.removeprefix(TERM.iri) for row in rows}


def folders_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def test_the_graph_is_built_and_then_found(inputs: Inputs, folder: Path) -> None:
    built = open_cached(inputs, folder)
    assert built.rebuilt
    assert built.store.graph_names() == [
        CLOSURE_GRAPH,
        ONTOLOGY_GRAPH,
        GRAPH["study/one"],
        TERMS_GRAPH,
    ]
    assert routes_in(built) == {"intrathecal"}
    assert built.terms.resolve("intrathecal").iri == TERM["intrathecal"].value
    found = open_cached(inputs, folder)
    assert not found.rebuilt
    assert routes_in(found) == {"intrathecal"}
    assert found.terms.resolve("IT", "routes").iri == TERM["intrathecal"].value
    assert found.data_version == built.data_version == found.store.data_version
    assert found.terms is found.terms
    assert found.store is found.store


def test_what_follows_is_in_the_closure(inputs: Inputs, folder: Path) -> None:
    closure = set(open_cached(inputs, folder).store.triples(CLOSURE_GRAPH))
    given = f"{GRAPH.iri.replace('graph', 'study')}one-given"
    broader = {
        triple.object
        for triple in closure
        if triple.predicate == CKG["routeOrBroader"] and f"<{given}>" == str(triple.subject)
    }
    assert TERM["intrathecal"] in broader
    assert len(broader) > 1
    assert any(triple.predicate == SKOS["broaderTransitive"] for triple in closure)


def test_in_memory_and_on_disk_are_the_same(inputs: Inputs, folder: Path) -> None:
    on_disk, in_memory = open_cached(inputs, folder), build_in_memory(inputs)
    assert on_disk.data_version == in_memory.data_version == in_memory.store.data_version
    assert in_memory.rebuilt
    for name in ("files", "studies", "quads", "closure", "ignored"):
        assert getattr(on_disk.report, name) == getattr(in_memory.report, name)
    assert on_disk.store.graph_names() == in_memory.store.graph_names()
    for graph in on_disk.store.graph_names():
        # Blank nodes get other labels every time; all other statements are equal.
        there, here = (
            {each for triple in built.store.triples(graph) if "_:" not in (each := str(triple))}
            for built in (on_disk, in_memory)
        )
        assert there == here
        assert there
    assert list(on_disk.terms) == list(in_memory.terms)
    assert routes_in(in_memory) == {"intrathecal"}


def test_the_report_counts_and_names(inputs: Inputs, folder: Path) -> None:
    write_study(inputs, "two")
    (inputs.graphs[0] / "institutions.ttl").write_text(PREFIXES + "ckg:x a ckg:Institution .")
    (inputs.graphs[0] / "notes.txt").write_text("")
    (inputs.graphs[0] / "README.md").write_text("")
    for rebuilt in (True, False):
        built = open_cached(inputs, folder)
        assert built.rebuilt is rebuilt
        assert (built.report.files, built.report.studies) == (3, 2)
        assert built.report.ignored == (inputs.graphs[0] / "notes.txt",)
        rows = built.store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } }")
        assert isinstance(rows, QuerySolutions)
        assert next(rows)["n"].value == str(built.report.quads)
        assert 0 < built.report.closure < built.report.quads


def test_progress_is_told_step_by_step(inputs: Inputs, folder: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    open_cached(inputs, folder, lambda *step: told.append(step))
    assert told == [
        ("reading", 0, 3),
        ("reading", 1, 3),
        ("reading", 2, 3),
        ("drawing conclusions", 0, None),
        ("arranging on disk", 0, None),
    ]
    told.clear()
    open_cached(inputs, folder, lambda *step: told.append(step))
    assert told == []


def test_a_touched_file_rebuilds_nothing(inputs: Inputs, folder: Path) -> None:
    open_cached(inputs, folder)
    for file in (inputs.graphs[0] / "one.ttl", inputs.ontology / "cellkg.ttl"):
        file.touch()
    assert not open_cached(inputs, folder).rebuilt


def test_a_changed_byte_rebuilds_even_where_size_and_time_are_the_same(
    inputs: Inputs, folder: Path
) -> None:
    file = write_study(inputs, "one", "intravenous")
    open_cached(inputs, folder)
    before = file.stat()
    write_study(inputs, "one", "intrathecal")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    built = open_cached(inputs, folder)
    assert built.rebuilt
    assert routes_in(built) == {"intrathecal"}


@pytest.mark.parametrize("change", ["add", "remove", "rename", "term", "ontology", "gzip"])
def test_every_change_of_the_inputs_rebuilds(inputs: Inputs, folder: Path, change: str) -> None:
    two = write_study(inputs, "two", "intravenous")
    before = open_cached(inputs, folder)
    if change == "add":
        write_study(inputs, "three", "intramuscular")
    elif change == "remove":
        two.unlink()
    elif change == "rename":
        two.rename(two.with_name("another-name.ttl"))
    elif change == "gzip":
        two.with_name("two.ttl.gz").write_bytes(gzip.compress(two.read_bytes()))
        two.unlink()
    else:
        name = "terms/routes.ttl" if change == "term" else "cellkg.ttl"
        with (inputs.ontology / name).open("a") as opened:
            opened.write("# a remark\n")
    after = open_cached(inputs, folder)
    assert after.rebuilt
    assert after.data_version != before.data_version
    expected = {"intrathecal", "intravenous"}
    if change == "add":
        expected.add("intramuscular")
    if change == "remove":
        expected.remove("intravenous")
    assert routes_in(after) == expected


def test_a_change_that_is_taken_back_finds_the_old_build(inputs: Inputs, folder: Path) -> None:
    open_cached(inputs, folder)
    write_study(inputs, "one", "intravenous")
    open_cached(inputs, folder)
    write_study(inputs, "one", "intrathecal")
    built = open_cached(inputs, folder)
    assert not built.rebuilt
    assert routes_in(built) == {"intrathecal"}


def test_a_file_cut_in_half_is_told_and_the_old_build_stays(inputs: Inputs, folder: Path) -> None:
    open_cached(inputs, folder)
    file = inputs.graphs[0] / "one.ttl"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceFileError) as caught:
        open_cached(inputs, folder)
    assert str(caught.value).startswith(f"{file}, line 4: ")
    assert len(folders_in(folder)) == 1
    file.write_bytes(whole)
    assert not open_cached(inputs, folder).rebuilt


def test_two_files_of_one_study_are_told(inputs: Inputs, folder: Path) -> None:
    shutil.copy(inputs.graphs[0] / "one.ttl", inputs.graphs[0] / "two.ttl")
    with pytest.raises(SourceFileError, match=r"two\.ttl.*one\.ttl' tells of the same study"):
        open_cached(inputs, folder)
    with pytest.raises(SourceFileError, match="tells of the same study"):
        build_in_memory(inputs)


def test_a_folder_that_is_not_there_is_told(inputs: Inputs, folder: Path) -> None:
    with pytest.raises(UserInputError, match="cannot be read"):
        open_cached(Inputs(inputs.ontology, (Path("nowhere"),)), folder)


def test_files_that_change_while_they_are_read_are_told(inputs: Inputs, folder: Path) -> None:
    def change(step: str, done: int, _: int | None) -> None:
        if (step, done) == ("drawing conclusions", 0):
            write_study(inputs, "one", "intravenous")

    with pytest.raises(StoreError, match="changed while they were being read: ask again"):
        open_cached(inputs, folder, change)
    assert folders_in(folder) == []
    assert routes_in(open_cached(inputs, folder)) == {"intravenous"}


def test_a_cache_that_cannot_be_written_is_told(inputs: Inputs, folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(StoreError) as caught:
        open_cached(inputs, folder)
    assert caught.value.kind == "cache"
    assert str(caught.value) == (
        f"The built graphs cannot be written to '{folder}' (File exists): name another folder"
        " with CELLKG_CACHE=…, or type  --store memory."
    )


@pytest.mark.parametrize("part", ["store/CURRENT", "store/*.sst", "store", "terms.json"])
@pytest.mark.parametrize("damage", ["gone", "garbled"])
def test_a_damaged_build_is_made_again(
    inputs: Inputs, folder: Path, part: str, damage: str
) -> None:
    del_me = open_cached(inputs, folder)
    del del_me
    for path in next(iter(folders_in(folder))).glob(part):
        if path.is_dir():
            shutil.rmtree(path)
        elif damage == "gone":
            path.unlink()
        else:
            path.write_bytes(bytes(path.stat().st_size))
    built = open_cached(inputs, folder)
    assert not built.rebuilt
    assert built.terms.resolve("intrathecal").iri == TERM["intrathecal"].value
    assert routes_in(built) == {"intrathecal"}
    assert len(folders_in(folder)) == 1
    assert routes_in(open_cached(inputs, folder)) == {"intrathecal"}


def test_nothing_is_opened_before_it_is_used(inputs: Inputs, folder: Path) -> None:
    open_cached(inputs, folder)
    (made,) = folders_in(folder)
    shutil.rmtree(made / "store")
    assert open_cached(inputs, folder).terms.resolve("IT", "routes")
    assert not (made / "store").exists()


def test_an_open_store_keeps_its_folder(inputs: Inputs, folder: Path) -> None:
    store = open_cached(inputs, folder).store
    (first,) = folders_in(folder)
    for second, route in enumerate(("intravenous", "intramuscular", "oral", "topical")):
        write_study(inputs, "one", route)
        open_cached(inputs, folder)
        os.utime(first / "complete", (second, second))
    assert first.exists()
    assert len(folders_in(folder)) == cache.KEPT_BUILDS + 1
    assert bool(store.query("ASK { ?given ?route <https://w3id.org/cellkg/term/intrathecal> }"))
    del store
    write_study(inputs, "one", "rectal")
    open_cached(inputs, folder)
    assert not first.exists()


def test_a_build_can_be_opened_by_its_folder(inputs: Inputs, folder: Path) -> None:
    version = open_cached(inputs, folder).data_version
    (made,) = folders_in(folder)
    built = open_built(made)
    assert built.data_version == built.store.data_version == version
    assert routes_in(built) == {"intrathecal"}
    assert built.terms.resolve("intrathecal")
    assert built.report.studies == 1
    (made / "terms.json").write_bytes(b"\xff")
    with pytest.raises(StoreError, match="is damaged"):
        _ = open_built(made).terms
    marker = made / "complete"
    marker.write_text(marker.read_text().replace("pyoxigraph: ", "pyoxigraph: 0"))
    with pytest.raises(StoreError, match="was written with pyoxigraph 0") as caught:
        open_built(made)
    assert caught.value.kind == "version"


CHILD = """
import sys
from pathlib import Path
from cellkg.pipeline import Inputs, open_cached

def at(step, done, total):
    sys.stdout.write(f"{step} {done}\\n")
    sys.stdout.flush()
    sys.stdin.readline()

ontology, graphs, folder = map(Path, sys.argv[1:])
built = open_cached(Inputs(ontology, (graphs,)), folder, at)
ask = "ASK { ?given ?route <https://w3id.org/cellkg/term/intrathecal> }"
sys.exit(0 if built.store.query(ask) and built.terms.resolve("intrathecal") else 1)
"""


def start(inputs: Inputs, folder: Path) -> "subprocess.Popen[str]":
    """Start another process that builds, and halts at every step until it is told to go on."""
    places = [str(inputs.ontology), str(inputs.graphs[0]), str(folder)]
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, *places],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_to(child: "subprocess.Popen[str]", step: str) -> None:
    assert child.stdout is not None
    assert child.stdin is not None
    while (reached := child.stdout.readline().strip()) != step:
        assert reached, "the process ended"
        child.stdin.write("\n")
        child.stdin.flush()


@pytest.mark.parametrize(
    "step", ["reading 0", "reading 1", "reading 2", "drawing conclusions 0", "arranging on disk 0"]
)
def test_after_a_build_was_killed_the_next_is_right(
    inputs: Inputs, folder: Path, step: str
) -> None:
    with start(inputs, folder) as child:
        run_to(child, step)
        child.kill()
    assert len(folders_in(folder)) == 1
    built = open_cached(inputs, folder)
    assert built.rebuilt
    assert routes_in(built) == {"intrathecal"}
    assert built.terms.resolve("intrathecal")
    (left,) = folders_in(folder)
    assert left.name.startswith(built.data_version[:32])


def test_two_processes_build_at_once_and_both_answer(inputs: Inputs, folder: Path) -> None:
    with start(inputs, folder) as one, start(inputs, folder) as two:
        for child in (one, two):
            run_to(child, "arranging on disk 0")
        assert len(folders_in(folder)) == 2
        for child in (one, two):
            child.communicate("\n" * 9, timeout=WAIT_SECONDS)
            assert child.returncode == 0
    assert len(folders_in(folder)) == 1
    assert not open_cached(inputs, folder).rebuilt


def test_opening_what_is_built_imports_little(inputs: Inputs, folder: Path) -> None:
    open_cached(inputs, folder)
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "from pathlib import Path\n"
        "before = set(sys.modules)\n"
        "from cellkg.pipeline import Inputs, open_cached\n"
        "built = open_cached(Inputs(Path(sys.argv[1]), (Path(sys.argv[2]),)), Path(sys.argv[3]))\n"
        "assert not built.rebuilt\n"
        "built.store.query('ASK {}')\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    os.utime(folder / next(folder.glob("cellkg-inputs-*")), (9e9, 9e9))  # as if written long after
    places = [str(inputs.ontology), str(inputs.graphs[0]), str(folder)]
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", code, *places],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    ours = {name for name in loaded if name.startswith("cellkg")}
    assert ours == {
        "cellkg",
        "cellkg.errors",
        "cellkg.pipeline",
        "cellkg.store",
        "cellkg.store.cache",
        "cellkg.store.complete_folders",
        "cellkg.store.graph_store",
        "cellkg.store.input_files",
        "cellkg.store.local_store",
        "cellkg.store.query_text",
        "cellkg.store.writing_through",
        "cellkg.version",
        "cellkg.vocabulary",
    }
    assert set(loaded) - ours <= {
        "__future__",
        "fcntl",
        "pyoxigraph",
        "pyoxigraph.pyoxigraph",
        "zlib",
    }


def test_what_is_shipped_can_be_named() -> None:
    shipped = shipped_inputs()
    assert (shipped.ontology / "cellkg.ttl").is_file()
    assert [each.name for each in shipped.graphs] == ["graphs"]
