from __future__ import annotations

import re
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset

from cellkg.exporting.exchange.nanopublications import Nanopublications, to_trig
from cellkg.records import AdverseEventFinding, Evidence, to_triples
from cellkg.store import LocalStore
from cellkg.vocabulary import CKG, RDF, RDFS, SOURCE, STUDY, study_graph

if TYPE_CHECKING:
    from pathlib import Path

    import cellkg
    from cellkg.exporting.exchange.nanopublications import Nanopublication

FEVER = "ms-intrathecal-msc-poster#fever"


@pytest.fixture(scope="module")
def published(curated: cellkg.Graph) -> dict[str, Nanopublication]:
    return {each.name: each for each in Nanopublications(curated.store)}


def sentence(nanopublication: Nanopublication) -> str:
    [found] = [
        each.object.value
        for each in nanopublication.quads
        if each.predicate == RDFS["comment"] and isinstance(each.object, Literal)
    ]
    return found


def graph_named(nanopublication: Nanopublication, name: str) -> list[Quad]:
    return [each for each in nanopublication.quads if str(each.graph_name).endswith(f"/{name}>")]


def test_the_curated_studies_give_the_bytes_that_they_gave_before(
    curated: cellkg.Graph, project: Path, request: pytest.FixtureRequest
) -> None:
    # The version of the data is another one whenever any graph or term changes.
    made = b"".join(Nanopublications(curated.store).trig()).replace(
        curated.data_version.encode(), b"VERSION"
    )
    golden = project / "tests" / "golden" / "nanopublications.trig"
    if request.config.getoption("--update-golden"):
        golden.write_bytes(made)
    assert made == golden.read_bytes()


def test_there_is_one_for_every_finding_outcome_and_statement(
    curated: cellkg.Graph, published: dict[str, Nanopublication]
) -> None:
    assert len(published) == 81
    found = curated.sparql(
        "SELECT (COUNT(*) AS ?n) { ?study ckg:adverseEventFinding|ckg:outcomeFinding|ckg:statement"
        " ?record }"
    )
    assert found == [{"n": 81}]
    counted = Nanopublications(curated.store)
    assert sum(1 for _ in counted) == counted.published == 81
    assert counted.left_out["rows of patients"] == 24


def test_the_nanopub_library_finds_all_of_them_valid(
    published: dict[str, Nanopublication],
) -> None:
    library = import_module("nanopub")
    valid = 0
    for each in published.values():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by nanopub
            read: Any = import_module("rdflib").ConjunctiveGraph()
            read.parse(data=to_trig(each), format="trig")
            valid += library.Nanopub(rdf=read).is_valid
    assert valid == 81


def test_one_whose_provenance_is_empty_is_not_valid(
    published: dict[str, Nanopublication],
) -> None:
    library = import_module("nanopub")
    broken = published[FEVER]._replace(
        quads=tuple(
            each
            for each in published[FEVER].quads
            if each not in graph_named(published[FEVER], "provenance")
        )
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by nanopub
        read: Any = import_module("rdflib").ConjunctiveGraph()
        read.parse(data=to_trig(broken), format="trig")
        with pytest.raises(Exception, match="provenance graph is empty"):
            _ = library.Nanopub(rdf=read).is_valid


def test_somebody_can_sign_one_without_a_network(
    published: dict[str, Nanopublication],
) -> None:
    library = import_module("nanopub")
    profile = library.Profile(orcid_id="https://orcid.org/0000-0000-0000-0000", name="Nobody")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by nanopub
        read: Any = import_module("rdflib").ConjunctiveGraph()
        read.parse(data=to_trig(published[FEVER]), format="trig")
        signed = library.Nanopub(rdf=read, conf=library.NanopubConf(profile=profile))
        signed.sign()
        assert signed.has_valid_trusty
        assert signed.has_valid_signature
    named = r"https://w3id\.org/cellkg/np/ms-intrathecal-msc-poster/fever/RA[\w-]{43}"
    assert re.fullmatch(named, signed.source_uri)


def test_one_file_holds_four_graphs_of_each(curated: cellkg.Graph) -> None:
    made = b"".join(Nanopublications(curated.store).trig())
    quads = set(parse(made, RdfFormat.TRIG))
    assert quads == {quad for each in Nanopublications(curated.store) for quad in each.quads}
    assert len({each.graph_name for each in quads}) == 4 * 81
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by its own reader
        read = Dataset()
        read.parse(data=made, format="trig")
    assert len(read) == len(quads)


def test_a_sentence_says_what_is_not_stated(published: dict[str, Nanopublication]) -> None:
    assert sentence(published[FEVER]) == (
        "In the study ms-intrathecal-msc-poster, fever (printed: Fever) was reported: 4 (unit not"
        " stated), 28 at risk; whole study."
    )
    aims = [sentence(each) for name, each in published.items() if name.endswith("#aim")]
    assert len(aims) == 4
    assert all(", aim, not a result: " in each for each in aims)
    unknown = [sentence(each) for each in published.values() if "number not" in sentence(each)]
    assert len(unknown) == 3
    assert not any(re.search(r"\b0 \(", each) for each in unknown)


def test_provenance_has_the_words_and_the_assertion_only_the_record(
    published: dict[str, Nanopublication],
) -> None:
    fever = published[FEVER]
    provenance = graph_named(fever, "provenance")
    assert {str(e.object) for e in provenance if e.predicate == CKG["quote"]} >= {'"Fever 4"'}
    assert {each.subject for each in graph_named(fever, "assertion")} == {
        STUDY["ms-intrathecal-msc-poster"],
        STUDY[FEVER],
    }
    about = {
        str(each.predicate).rpartition("/")[2]: each.object
        for each in graph_named(fever, "pubinfo")
    }
    assert str(about["created>"]).startswith('"2026-11-21"')


@pytest.mark.parametrize(
    "words", ['"""', "</script>", "\\u0022 .", "a\r\n} b", "{\n@prefix", "\u202e"]
)
def test_hostile_words_come_back_as_they_were(words: str) -> None:
    study = STUDY["hostile"]
    finding = AdverseEventFinding(
        iri=STUDY["hostile#event"],
        reporting=CKG["Reported"],
        printed_terms=(words,),
        evidence=(
            Evidence(
                iri=STUDY["hostile#event-words"],
                supports=(CKG["reporting"],),
                source=SOURCE["hostile"],
                status=CKG["Stated"],
                quote=words,
                recorded_by=NamedNode("https://w3id.org/cellkg/agent/curators"),
            ),
        ),
    )
    store = LocalStore()
    graph = study_graph(study.value)
    store.load(
        [
            Quad(study, RDF["type"], CKG["Study"], graph),
            Quad(study, CKG["adverseEventFinding"], finding.iri, graph),
            *(Quad(t.subject, t.predicate, t.object, graph) for t in to_triples(finding)),
        ]
    )
    [made] = Nanopublications(store)
    assert set(parse(to_trig(made), RdfFormat.TRIG)) == set(made.quads)
    assert f"{words} was reported: number not stated" in sentence(made)
