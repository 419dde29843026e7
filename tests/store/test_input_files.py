import os
import shutil
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cellkg.errors import CellkgError, SourceFileError, UserInputError
from cellkg.store import input_files
from cellkg.store.input_files import InputFile, InputFiles, is_graph_file, version_of

NAMES = ("ontology/cellkg.ttl", "ontology/terms/routes.ttl", "graphs/curated/one.ttl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n")
    return tmp_path / "data"


def look(folder: Path) -> InputFiles:
    return InputFiles(folder / "ontology", [folder / "graphs"])


@pytest.fixture
def version(folder: Path, tmp_path: Path) -> Callable[[], str]:
    return lambda: version_of(look(folder), tmp_path / "cache")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, as they are read."""
    names: list[str] = []
    original = input_files._hash_of  # noqa: SLF001 - to see which files are read

    def watched(file: InputFile) -> str:
        names.append(file.name)
        return original(file)

    monkeypatch.setattr(input_files, "_hash_of", watched)
    return names


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was written a moment ago count as long past, instead of waiting two seconds."""
    monkeypatch.setattr(input_files, "_RACY_NS", 0)


def moment() -> None:
    """Wait until the clock of the file system has moved on."""
    time.sleep(0.02)


def test_everything_is_found_in_order(folder: Path) -> None:
    (folder / "graphs" / "a.nq.gz").write_bytes(b"")
    (folder / "graphs" / "registry").mkdir()
    (folder / "graphs" / "registry" / "b.trig").write_text("")
    files = look(folder)
    assert [file.name for file in files.ontology] == ["ontology/cellkg.ttl"]
    assert [file.name for file in files.terms] == ["ontology/terms/routes.ttl"]
    assert [file.name for file in files.graphs] == [
        "graphs/a.nq.gz",
        "graphs/curated/one.ttl",
        "graphs/registry/b.trig",
    ]
    assert files.graphs[1].path == folder / "graphs" / "curated" / "one.ttl"
    assert files.ignored == []


def test_shapes_and_mappings_are_no_input(folder: Path) -> None:
    (folder / "ontology" / "shapes").mkdir()
    (folder / "ontology" / "shapes" / "records.ttl").write_text("")
    (folder / "ontology" / "mappings.sssom.tsv").write_text("")
    assert len(look(folder).all()) == 3


def test_what_is_no_graph_file_is_named_unless_it_is_documentation(folder: Path) -> None:
    graphs = folder / "graphs"
    (graphs / ".hidden").mkdir()
    for name in ("README.md", "notes.md", "LICENSE", ".gitkeep", ".x.ttl", ".hidden/x.ttl"):
        (graphs / name).write_text("")
    for name in ("study.json", "study.ttl.bak", "curated/table.csv", "x.rdf", "x.zip", "x.gz"):
        (graphs / name).write_text("")
    files = look(folder)
    assert [file.name for file in files.graphs] == ["graphs/curated/one.ttl"]
    assert sorted(file.name for file in files.ignored) == sorted(
        ["study.json", "study.ttl.bak", "table.csv", "x.rdf", "x.zip", "x.gz"]
    )


def test_single_files_and_several_folders_can_be_given(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "two.ttl").write_text("")
    files = InputFiles(folder / "ontology", [other / "two.ttl", folder / "graphs"])
    assert [file.name for file in files.graphs] == ["graphs/curated/one.ttl", "graphs/two.ttl"]


def test_two_files_of_one_name_in_two_folders_both_count(folder: Path, tmp_path: Path) -> None:
    for name, content in (("a", "1"), ("b", "2"), ("c", "3")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.ttl").write_text(content)

    def version(*names: str) -> str:
        return version_of(InputFiles(folder / "ontology", [tmp_path / n for n in names]), None)

    assert len({version("a", "b"), version("a", "c"), version("b", "c")}) == 3
    assert version("a", "b") == version("b", "a")


@pytest.mark.parametrize(
    ("take_away", "says"),
    [
        ("ontology", "cannot be read (No such file or directory)"),
        ("ontology/terms", "cannot be read (No such file or directory)"),
        ("ontology/cellkg.ttl", "There is no .ttl file in the folder"),
        ("graphs", "cannot be read (No such file or directory)"),
        ("graphs/curated", "There is no graph file in the folder"),
    ],
)
def test_what_is_missing_is_told(folder: Path, take_away: str, says: str) -> None:
    gone = folder / take_away
    if gone.is_dir():
        shutil.rmtree(gone)
    else:
        gone.unlink()
    with pytest.raises(UserInputError) as caught:
        look(folder)
    assert says in str(caught.value)
    assert str(folder) in str(caught.value)


def test_a_file_that_is_no_graph_file_cannot_be_given(folder: Path) -> None:
    (folder / "study.json").write_text("")
    with pytest.raises(SourceFileError, match="A graph file ends with"):
        InputFiles(folder / "ontology", [folder / "study.json"])


def test_a_link_that_leads_nowhere_is_told(folder: Path) -> None:
    (folder / "graphs" / "two.ttl").symlink_to(folder / "nowhere.ttl")
    with pytest.raises(SourceFileError, match=r"two\.ttl: It cannot be read \(No such file"):
        look(folder)


def test_a_file_that_goes_meanwhile_is_told(folder: Path) -> None:
    files = look(folder)
    files.graphs[0].path.unlink()
    with pytest.raises(SourceFileError, match=r"one\.ttl: It cannot be read"):
        version_of(files, None)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a.ttl", True), ("a.trig.gz", True), ("a.nq", True), ("a.gz", False), ("a.ttl.zip", False)],
)
def test_graph_files_are_known_by_their_names(name: str, is_one: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_graph_file(name) is is_one


def test_the_version_is_the_hash_of_contents_and_names(folder: Path) -> None:
    lines = "".join(
        f"{sha256((folder / name).read_bytes()).hexdigest()} {name}\n" for name in sorted(NAMES)
    )
    assert version_of(look(folder), None) == sha256(lines.encode()).hexdigest()


def test_the_version_is_the_same_wherever_the_folder_lies(folder: Path, tmp_path: Path) -> None:
    before = version_of(look(folder), None)
    shutil.copytree(folder, tmp_path / "elsewhere")
    assert version_of(look(tmp_path / "elsewhere"), None) == before


def test_a_file_that_is_renamed_changes_the_version(folder: Path) -> None:
    before = version_of(look(folder), None)
    one = folder / "graphs" / "curated" / "one.ttl"
    one.rename(one.with_name("two.ttl"))
    assert version_of(look(folder), None) != before


@pytest.mark.usefixtures("settled")
def test_nothing_is_read_again_when_nothing_changed(
    version: Callable[[], str], hashed: list[str]
) -> None:
    moment()
    before = version()
    assert sorted(hashed) == sorted(NAMES)
    hashed.clear()
    assert version() == before
    assert hashed == []


@pytest.mark.usefixtures("settled")
def test_only_what_changed_is_read_again(
    folder: Path, version: Callable[[], str], hashed: list[str]
) -> None:
    moment()
    before = version()
    hashed.clear()
    (folder / NAMES[1]).write_text("changed")
    moment()
    assert version() != before
    assert hashed == [NAMES[1]]
    hashed.clear()
    version()
    assert hashed == []


@pytest.mark.usefixtures("settled")
def test_a_touched_file_is_read_and_the_version_stays(
    folder: Path, version: Callable[[], str], hashed: list[str]
) -> None:
    moment()
    before = version()
    hashed.clear()
    (folder / NAMES[2]).touch()
    moment()
    assert version() == before
    assert hashed == [NAMES[2]]


@pytest.mark.usefixtures("settled")
def test_a_change_is_seen_where_size_and_time_are_made_the_same(
    folder: Path, version: Callable[[], str]
) -> None:
    file = folder / NAMES[2]
    moment()
    before = version()
    found = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (found.st_size, found.st_mtime_ns)
    assert version() != before


def test_a_file_that_was_just_written_is_not_trusted_by_its_times(
    folder: Path, version: Callable[[], str], hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version()
    hashed.clear()
    assert version() == before
    assert sorted(hashed) == sorted(NAMES)
    # As if the change fell into the same tick of the clock: all that is looked at stays equal.
    frozen = {file.name: (file.status, file.changed_ns) for file in look(folder).all()}
    (folder / NAMES[2]).write_text("changed")
    original = InputFile.__init__

    def standing_still(self: InputFile, name: str, entry: os.DirEntry[str] | Path) -> None:
        original(self, name, entry)
        self.status, self.changed_ns = frozen[name]

    monkeypatch.setattr(InputFile, "__init__", standing_still)
    assert version() != before


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "damage", [b"", b"\n\n", b"\xff\xfe\0", b"0" * 64 + b"\nnonsense", b"0" * 64 + b"\n" * 9]
)
def test_a_damaged_index_is_no_harm(
    version: Callable[[], str], tmp_path: Path, damage: bytes
) -> None:
    before = version()
    (index,) = (tmp_path / "cache").glob("cellkg-inputs-*")
    index.write_bytes(damage)
    assert version() == before


def test_a_cache_that_cannot_be_written_is_no_harm(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands where the folder should")
    assert version_of(look(folder), tmp_path / "cache") == version_of(look(folder), None)


def test_an_index_that_cannot_be_written_leaves_nothing_behind(
    version: Callable[[], str], tmp_path: Path
) -> None:
    before = version()
    (index,) = (tmp_path / "cache").glob("cellkg-inputs-*")
    index.unlink()
    index.mkdir()
    (index / "in the way").touch()
    assert version() == before
    assert list((tmp_path / "cache").iterdir()) == [index]


def test_names_with_odd_characters_are_no_harm(folder: Path, version: Callable[[], str]) -> None:
    for name in (b"line\nbreak.ttl", b"not-\xff-utf-8.ttl", "Zürich ü.ttl".encode()):
        (folder / "graphs" / os.fsdecode(name)).write_text(repr(name))
    assert version() == version() == version_of(look(folder), None)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "touch", "remove", "rename"]),
        st.sampled_from(["a.ttl", "b.ttl", "c.nq"]),
        st.binary(max_size=3),
    ),
    max_size=6,
)


@pytest.mark.usefixtures("settled")
@given(changes=CHANGES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_with_or_without_index_the_version_is_the_same(
    folder: Path, tmp_path: Path, changes: list[tuple[str, str, bytes]]
) -> None:
    graphs = folder / "graphs"
    for change, name, content in changes:
        file = graphs / name
        if change == "write":
            file.write_bytes(content)
        elif change == "touch":
            file.touch()
        elif change == "remove":
            file.unlink(missing_ok=True)
        elif file.exists():
            file.rename(graphs / "d.ttl")
        try:
            assert version_of(look(folder), tmp_path / "cache") == version_of(look(folder), None)
        except CellkgError:
            pytest.fail("nothing here is wrong")
        moment()
