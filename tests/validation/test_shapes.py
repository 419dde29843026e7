"""Every constraint of every shape, each with a graph that fails for it alone.

A kind of record has a passing graph, ``tests/data/shapes/<kind>/pass.ttl``. Failing graphs are
small edits of it: most are made here from what the constraint says, one value changed; the others
are written down in ``fail.toml`` as a piece of text and what to put in its place. All such graphs
of a kind are checked at once, under names of their own, and pySHACL has to find the same in them.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from cellkg.identifiers import recognise
from cellkg.identifiers.registries import REGISTRIES
from cellkg.records import RECORD_CLASSES
from cellkg.records.evidence import Record
from cellkg.records.fields import facts_of
from cellkg.validation.reference import check_by_pyshacl
from cellkg.validation.report import Finding
from cellkg.validation.shapes import ShapeChecker, n_triples
from cellkg.vocabulary import CKG, RDF, RDFS, STUDY, TERM, XSD, Namespace

SH = Namespace("sh", "http://www.w3.org/ns/shacl#")
SHAPE = Namespace("shape", "https://w3id.org/cellkg/shapes/")
NODE_SHAPE, PROPERTY_SHAPE = SH["NodeShape"], SH["PropertyShape"]
NOT_CONSTRAINTS = {
    SH[name]
    for name in (
        "ignoredProperties",
        "message",
        "path",
        "property",
        "severity",
        "targetClass",
        "targetSubjectsOf",
    )
}
BY_HAND = {("record-iri", "nodeKind")}
"""Constraints with a test of their own: a record without an IRI cannot be told from others."""

NUMBER_OF_KINDS = 24
NUMBER_OF_CONSTRAINTS = 718
SHAPES = Path(__file__).parents[2] / "ontology" / "shapes"
DATA = Path(__file__).parents[1] / "data" / "shapes"
KINDS = sorted(path.stem for path in SHAPES.glob("*.ttl"))

Node = NamedNode | BlankNode | Literal | Triple
Facts = dict[NamedNode, list[Node]]


@dataclass(frozen=True)
class Constraint:
    """One thing that a shape asks for, such as a datatype."""

    shape: NamedNode
    parameter: str
    argument: Node
    path: NamedNode | None
    is_single: bool

    @property
    def name(self) -> tuple[str, str]:
        """Its shape and its parameter."""
        return self.shape.value.removeprefix(SHAPE.iri), self.parameter


@dataclass(frozen=True)
class Case:
    """A failing graph, and what it has to fail for."""

    constraint: Constraint
    triples: list[Triple]


@pytest.fixture(scope="module")
def checker(project: Path) -> ShapeChecker:
    return ShapeChecker(project / "ontology")


def read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path.read_bytes(), RdfFormat.TURTLE)]


def arrange(triples: Iterable[Triple]) -> dict[Node, Facts]:
    facts: dict[Node, Facts] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        facts[triple.subject][triple.predicate].append(triple.object)
    return facts


@cache
def facts_of_kind(kind: str) -> dict[Node, Facts]:
    return arrange(read(SHAPES / f"{kind}.ttl"))


def named_shapes(kind: str) -> dict[NamedNode, Facts]:
    return {
        subject: about
        for subject, about in facts_of_kind(kind).items()
        if isinstance(subject, NamedNode) and subject.value in SHAPE
    }


def constraints_of(kind: str) -> Iterator[Constraint]:
    for shape, about in named_shapes(kind).items():
        paths = about.get(SH["path"], [None])
        path = paths[0] if isinstance(paths[0], NamedNode) else None
        for parameter, arguments in about.items():
            if parameter.value in SH and parameter not in NOT_CONSTRAINTS:
                for argument in arguments:
                    name = parameter.value.removeprefix(SH.iri)
                    yield Constraint(shape, name, argument, path, SH["maxCount"] in about)


# ---------------------------------------------------------------- failing graphs


def another(value: Node) -> Node:
    """Give a value of the same form that is not the same term."""
    if isinstance(value, NamedNode):
        return NamedNode(value.value + "-again")
    assert isinstance(value, Literal)
    if value.language is not None:
        return Literal(value.value + " again", language=value.language)
    changed = {
        XSD["string"]: value.value + " again",
        XSD["integer"]: "0" + value.value,
        XSD["decimal"]: value.value + "0",
        XSD["boolean"]: "false" if value.value == "true" else "true",
    }
    return Literal(changed.get(value.datatype, value.value + "Z"), datatype=value.datatype)


def of_another_datatype(value: Literal) -> Literal:
    if value.language is not None:
        return Literal(value.value)
    others = {XSD["integer"]: XSD["decimal"], XSD["decimal"]: XSD["double"]}
    if value.datatype in others:
        return Literal(value.value, datatype=others[value.datatype])
    if value.datatype == XSD["string"]:
        return Literal(value.value, language="en")
    return Literal(value.value)


def moved(number: Node, step: int, like: Literal) -> Literal:
    assert isinstance(number, Literal)
    value = str(Decimal(number.value) + step)
    if like.datatype == XSD["decimal"] and "." not in value:
        value += ".0"
    return Literal(value, datatype=like.datatype)


def bad_value(constraint: Constraint, good: Node, facts: Facts) -> Node | None:  # noqa: C901, PLR0911, PLR0912 - a table, one line for each parameter
    """Give a value that breaks the constraint, or None where only a person can think of one."""
    argument = constraint.argument
    literal = good if isinstance(good, Literal) else Literal("")
    match constraint.parameter:
        case "maxCount":
            return another(good)
        case "datatype":
            return of_another_datatype(literal)
        case "class" | "in":
            return TERM["nothing"]
        case "nodeKind":
            return Literal("nothing")
        case "pattern" if isinstance(good, NamedNode):
            return NamedNode("https://example.org/nothing")
        case "pattern":
            return Literal("?", datatype=literal.datatype)
        case "minLength" if literal.language is not None:
            return Literal("", language=literal.language)
        case "minLength":
            return Literal("")
        case "languageIn":
            return Literal(literal.value, language="de")
        case "minInclusive" | "minExclusive":
            return moved(argument, -1, literal)
        case "maxInclusive":
            return moved(argument, 1, literal)
        case "lessThan" | "lessThanOrEquals" if isinstance(argument, NamedNode):
            return moved(facts[argument][0], 1, literal)
        case "disjoint" if isinstance(argument, NamedNode):
            return facts[argument][0]
        case "node":
            return TERM["cell-therapy"]  # a design, and neither a phase nor an arm
        case "not" if isinstance(good, NamedNode):
            return NamedNode("http://snomed.info/id/386661006")
    return None


def focus_of(constraint: Constraint, facts: dict[Node, Facts], target: Facts) -> Node | None:
    """Choose the smallest record that the constraint can be broken on."""
    needed = {constraint.path or RDF["type"]}
    needed.update(target.get(SH["targetSubjectsOf"], []))  # type: ignore[arg-type] # properties
    classes = [each for each in target.get(SH["targetClass"], []) if each != CKG["Record"]]
    if constraint.parameter in {"lessThan", "lessThanOrEquals", "disjoint"}:
        needed.add(constraint.argument)  # type: ignore[arg-type] # it is a property
    fitting = [
        record
        for record, about in facts.items()
        if needed <= about.keys() and all(each in about[RDF["type"]] for each in classes)
    ]
    return min(fitting, key=lambda record: sum(map(len, facts[record].values())), default=None)


def reach(start: Node, facts: dict[Node, Facts]) -> Iterator[Triple]:
    """Give what is said of a record and of all that it leads to; a shape may look at any of it."""
    waiting, seen = [start], {start}
    for record in waiting:
        for property_, values in facts[record].items():
            for value in values:
                yield Triple(record, property_, value)  # type: ignore[arg-type] # a record
                if value in facts.keys() - seen:
                    waiting.append(value)
                    seen.add(value)


def edited(constraint: Constraint, focus: Node, facts: dict[Node, Facts]) -> list[Triple] | None:
    """Make the graph that fails from what the constraint says, if that says enough."""
    about = facts[focus]
    holders = [record for record, other in facts.items() if focus in other.get(CKG["evidence"], [])]
    triples = set(reach(holders[0] if holders else focus, facts))
    path = constraint.path
    if constraint.parameter == "closed":
        return [*triples, Triple(focus, CKG["unheardOf"], Literal("x"))]  # type: ignore[arg-type] # a record
    if path is None:
        return None
    old = {Triple(focus, path, value) for value in about[path]}  # type: ignore[arg-type] # a record
    if constraint.parameter == "minCount":
        shown = {
            Triple(evidence, CKG["supports"], path)  # type: ignore[arg-type] # a record
            for evidence in about.get(CKG["evidence"], [])
        }
        return list(triples - old - shown)
    bad = bad_value(constraint, about[path][0], about)
    if bad is None:
        return None
    keeps = constraint.parameter == "maxCount" or not constraint.is_single
    return [*(triples if keeps else triples - old), Triple(focus, path, bad)]  # type: ignore[arg-type] # a record


def made_cases(kind: str, written: set[tuple[str, str]]) -> Iterator[Case]:
    facts = arrange(read(DATA / kind / "pass.ttl"))
    shapes = named_shapes(kind)
    owner = {
        property_: shape
        for shape, about in shapes.items()
        for property_ in about.get(SH["property"], [])
    }
    for constraint in constraints_of(kind):
        if constraint.name not in written:
            target = shapes[owner.get(constraint.shape, constraint.shape)]
            focus = focus_of(constraint, facts, target)
            triples = edited(constraint, focus, facts) if focus is not None else None
            if triples is not None:
                yield Case(constraint, triples)


def written_cases(kind: str) -> Iterator[Case]:
    path = DATA / kind / "fail.toml"
    if not path.exists():
        return
    passing = (DATA / kind / "pass.ttl").read_text("utf-8")
    constraints = {constraint.name: constraint for constraint in constraints_of(kind)}
    for shape, edited_graphs in tomllib.loads(path.read_text("utf-8")).items():
        for edit in edited_graphs:
            text = passing
            for old, new in edit["edits"]:
                assert passing.count(old) == 1, f"{path}: {old}"
                text = text.replace(old, new)
            triples = [quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)]
            yield Case(constraints[shape, edit["parameter"]], triples)


def renamed(triples: Iterable[Triple], number: int) -> Iterator[Triple]:
    """Give the records names of their own, so that many failing graphs fit into one."""

    def rename(node: Node) -> Node:
        if isinstance(node, NamedNode):
            return NamedNode(re.sub(r"(/example[a-z-]*)(?=#|$)", rf"\1-c{number}", node.value))
        return BlankNode(f"c{number}{node.value}") if isinstance(node, BlankNode) else node

    for triple in triples:
        yield Triple(rename(triple.subject), triple.predicate, rename(triple.object))  # type: ignore[arg-type] # a record


def number_of(finding: Finding) -> int:
    match = re.search(r"-c(\d+)(?:#|$)", finding.record or "")
    assert match, finding
    return int(match[1])


# ---------------------------------------------------------------- tests


def test_all_shapes_are_found() -> None:
    assert len(KINDS) == NUMBER_OF_KINDS
    assert sorted(path.name for path in DATA.iterdir()) == KINDS
    assert sum(1 for kind in KINDS for _ in constraints_of(kind)) == NUMBER_OF_CONSTRAINTS


@pytest.mark.parametrize("kind", KINDS)
def test_the_passing_graph_passes_and_has_every_property(kind: str, checker: ShapeChecker) -> None:
    triples = read(DATA / kind / "pass.ttl")
    assert checker.check(n_triples(triples)) == []
    used = {triple.predicate for triple in triples}
    paths = {path for about in named_shapes(kind).values() for path in about.get(SH["path"], [])}
    assert {path for path in paths if isinstance(path, NamedNode)} - used == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_constraint_fails_alone(kind: str, checker: ShapeChecker) -> None:
    written = list(written_cases(kind))
    cases = [*written, *made_cases(kind, {case.constraint.name for case in written})]
    wanted = {each.name for each in constraints_of(kind)} - BY_HAND
    assert {case.constraint.name for case in cases} == wanted

    together = [
        triple for number, case in enumerate(cases) for triple in renamed(case.triples, number)
    ]
    findings = checker.check(n_triples(together))
    assert findings == check_by_pyshacl(checker, n_triples(together))

    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[number_of(finding)].append(finding)
    shapes = named_shapes(kind)
    for number, case in enumerate(cases):
        shape = case.constraint.shape
        origins = Counter(finding.origin for finding in found[number])
        assert set(origins) == {shape.value}, f"{case.constraint.name}: {found[number]}"
        severity = shapes[shape].get(SH["severity"], [SH["Violation"]])[0]
        assert {SH[finding.severity.capitalize()] for finding in found[number]} == {severity}
        if case.constraint.path is not None:
            assert {finding.property for finding in found[number]} == {case.constraint.path.value}


@pytest.mark.parametrize("kind", KINDS)
def test_every_shape_says_in_words_what_it_asks_for(kind: str) -> None:
    facts = facts_of_kind(kind)
    for shape, about in named_shapes(kind).items():
        (label,) = about[RDFS["label"]]
        assert isinstance(label, Literal)
        assert label.language == "en"
        rules = [shape, *about.get(SH["sparql"], [])]
        messages = [message for rule in rules for message in facts[rule].get(SH["message"], [])]
        constrains = any(each.shape == shape for each in constraints_of(kind))
        assert len(messages) == constrains, shape
        for message in messages:
            assert isinstance(message, Literal)
            assert message.language == "en"
            assert re.fullmatch(r"[A-Z\"{][\s\S]*[.?]", message.value), message.value


def test_shapes_and_records_have_the_same_properties() -> None:
    common = {fact.property for fact in facts_of(Record).values()}
    shaped = {
        about[SH["targetClass"]][0]: {
            named_shapes(kind)[shape][SH["path"]][0]  # type: ignore[index] # it is a shape
            for shape in about[SH["property"]]
        }
        for kind in KINDS
        if SH["targetClass"] in (about := named_shapes(kind)[SHAPE[kind]])
    }
    assert shaped.pop(CKG["Record"]) == common | {RDF["type"]}
    shaped.pop(CKG["Institution"])  # it has no evidence of its own and is no record in Python
    in_python = {
        each.type: {fact.property for fact in facts_of(each).values()} for each in RECORD_CLASSES
    }
    evidence = in_python.pop(CKG["Evidence"])
    assert shaped.pop(CKG["Evidence"]) == evidence
    assert shaped == {each: properties - common for each, properties in in_python.items()}


def test_tidy_identifiers_have_the_form_that_is_asked_for(checker: ShapeChecker) -> None:
    study = STUDY["example"]
    tidy = {prefix: recognise(registry.example) for prefix, registry in REGISTRIES.items()}
    assert len(tidy) == 11
    for wrong in ("", "0"):
        curies = [f"{each.prefix}:{wrong}{each.value}" for each in tidy.values()]
        found = {
            finding.value
            for finding in checker.check(
                n_triples(
                    [
                        Triple(study, RDF["type"], CKG["Study"]),
                        *(Triple(study, CKG["identifier"], Literal(curie)) for curie in curies),
                    ]
                )
            )
            if finding.property == CKG["identifier"].value
        }
        assert found == (set(curies) if wrong else set())


def test_a_record_without_an_iri_is_found_where_it_is_used(checker: ShapeChecker) -> None:
    dose, amount, loose = BlankNode("dose"), BlankNode("amount"), BlankNode("loose")
    triples = [
        Triple(STUDY["s#injections"], CKG["dose"], dose),
        Triple(dose, RDF["type"], CKG["Dose"]),
        Triple(dose, CKG["note"], amount),
        Triple(amount, RDF["type"], CKG["Dose"]),
        Triple(loose, RDF["type"], CKG["Dose"]),
    ]
    found = [
        (finding.record, finding.property)
        for finding in checker.check(n_triples(triples))
        if finding.origin == SHAPE["record-iri"].value
    ]
    holder = (STUDY["s#injections"].value, CKG["dose"].value)
    assert sorted(found, key=str) == [holder, holder, (None, None)]
