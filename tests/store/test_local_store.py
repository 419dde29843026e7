from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, QueryBoolean, QuerySolutions, QueryTriples

from cellkg.errors import StoreError
from cellkg.store import GraphStore, LocalStore, local_store
from cellkg.vocabulary import CKG, GRAPH, RDF, STUDY


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, quads: list[Quad], tmp_path: Path) -> GraphStore:
    if request.param == "memory":
        in_memory = LocalStore("1")
        in_memory.load(quads)
        return in_memory
    on_disk = LocalStore.create(tmp_path / "store")
    on_disk.load(quads)
    on_disk.finish()
    del on_disk
    return LocalStore.open(tmp_path / "store", "1")


def test_the_default_graph_is_the_union(store: GraphStore) -> None:
    rows = store.query("SELECT ?study { ?study a <https://w3id.org/cellkg/ontology#Study> }")
    assert isinstance(rows, QuerySolutions)
    assert sorted(row["study"].value for row in rows) == [STUDY["one"].value, STUDY["two"].value]
    assert store.data_version == "1"


def test_each_form_has_its_answer(store: GraphStore) -> None:
    assert isinstance(store.query("ASK {}"), QueryBoolean)
    assert isinstance(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), QueryTriples)
    assert isinstance(store.query(f"DESCRIBE {STUDY['one']}"), QueryTriples)


def test_graph_names_are_in_order(store: GraphStore) -> None:
    assert store.graph_names() == [GRAPH["study/one"], GRAPH["study/two"]]


def test_triples_are_those_of_a_graph_or_of_all_each_once(
    store: GraphStore, quads: list[Quad]
) -> None:
    one = GRAPH["study/one"]
    assert set(store.triples(one)) == {quad.triple for quad in quads if quad.graph_name == one}
    everything = list(store.triples(None))
    assert len(everything) == 5
    assert set(everything) == {quad.triple for quad in quads}
    assert list(store.triples(GRAPH["study/three"])) == []


def test_quads_are_found_by_any_part(quads: list[Quad]) -> None:
    store = LocalStore()
    store.load(quads)
    assert len(store) == 6
    assert set(store.quads()) == set(quads)
    assert set(store.quads(subject=STUDY["two"])) == set(quads[4:])
    assert set(store.quads(predicate=CKG["mayOverlapWith"])) == set(quads[2:4])
    assert list(store.quads(RDF["type"], graph=GRAPH["study/one"])) == []
    assert list(store.quads(value=Literal(4))) == [quads[5]]
    assert len(list(store.quads(graph=GRAPH["study/one"]))) == 3


def test_loading_goes_in_batches_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_store, "QUADS_PER_BATCH", 10)
    for count in (0, 1, 9, 10, 11, 20, 35):
        store = LocalStore()
        store.load(
            Quad(STUDY["one"], CKG["count"], Literal(number), GRAPH["study/one"])
            for number in range(count)
        )
        assert len(store) == count


def test_what_the_quads_raise_passes_through(quads: list[Quad]) -> None:
    def broken() -> Iterator[Quad]:
        yield quads[0]
        raise KeyError("the reason")

    with pytest.raises(KeyError, match="the reason"):
        LocalStore().load(broken())


def test_what_is_loaded_may_be_read_from_the_store_itself(tmp_path: Path) -> None:
    store = LocalStore.create(tmp_path / "store")
    store.load([Quad(STUDY["one"], CKG["count"], Literal(4), GRAPH["study/one"])])
    store.load(Quad(q.subject, q.predicate, q.object, GRAPH["closure"]) for q in store.quads())
    assert len(store) == 2


def test_a_store_opened_anew_holds_the_same_and_is_written_on(
    tmp_path: Path, quads: list[Quad]
) -> None:
    store = LocalStore.create(tmp_path / "store")
    store.load(quads[:4])
    store.reopen()
    assert set(store.quads()) == set(quads[:4])
    store.load(quads[4:])
    store.reopen()
    assert set(store.quads()) == set(quads)


def test_a_store_in_memory_opened_anew_holds_the_same(quads: list[Quad]) -> None:
    store = LocalStore()
    store.load(quads)
    store.reopen()
    assert set(store.quads()) == set(quads)


def test_a_store_that_is_being_read_is_not_opened_anew(tmp_path: Path, quads: list[Quad]) -> None:
    LocalStore.create(tmp_path / "store").load(quads)
    store = LocalStore.open_to_write(tmp_path / "store", holding=None)
    reading = store.quads()
    next(reading)
    with pytest.raises(StoreError, match="lock"):
        store.reopen()


@pytest.fixture
def folder(quads: list[Quad], tmp_path: Path) -> Path:
    store = LocalStore.create(tmp_path / "store")
    store.load(quads * 100)
    store.finish()
    return tmp_path / "store"


def problem_with(folder: Path) -> str:
    with pytest.raises(StoreError) as caught:
        LocalStore.open(folder, "1")
    assert caught.value.kind == "disk"
    assert caught.value.location == folder
    message = str(caught.value)
    assert message.startswith(f"The store in '{folder}' is damaged (")
    assert message.endswith("remove that folder and ask again, and it is built anew.")
    assert message.isprintable()
    return message


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    assert "No such file" in problem_with(tmp_path / "none")


def test_a_store_with_a_missing_part_is_told(folder: Path) -> None:
    sorted(folder.glob("*.sst"))[3].unlink()
    assert "No such file" in problem_with(folder)


def test_a_store_with_a_damaged_part_is_told(folder: Path) -> None:
    for table in folder.glob("*.sst"):
        table.write_bytes(bytes(table.stat().st_size))
    assert "Corruption" in problem_with(folder)


def test_a_store_damaged_while_it_is_open_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Damaged:
        def query(self, *_: object, **__: object) -> None:
            raise RuntimeError("Corruption: block checksum mismatch")

    store = LocalStore.open(folder, "1")
    monkeypatch.setattr(store, "_oxigraph", Damaged())
    with pytest.raises(StoreError, match="Corruption: block checksum mismatch"):
        store.query("ASK {}")
