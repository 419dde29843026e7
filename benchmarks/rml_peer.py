"""morph-kgc, an RML engine in Python, as a peer of the mapping; and which triples it can make."""

from __future__ import annotations

import re
import subprocess
from itertools import chain
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Literal

    Fact = tuple[NamedNode, NamedNode | Literal]
    """What is said of a node: a property and its value."""

_HERE: Final = Path(__file__).parent
EVIDENCE: Final = _HERE / "evidence.rml.ttl"
MAPPINGS: Final = (_HERE / "ctgov.rml.ttl", _HERE / "results.rml.ttl", EVIDENCE)
OUTPUT: Final = "mapped.nt"
TO_INSTALL: Final = "python -m venv morph && morph/bin/pip install morph-kgc==2.10.0"
"""It needs an older pyoxigraph than cellkg does, so it lives in an environment of its own."""

_RML: Final = "http://w3id.org/rml/"
_RDF_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
_ANYTHING: Final = "{}"


class Shape(NamedTuple):
    """Triples that one rule of a mapping can make.

    Attributes:
        subject: The template of the subjects, its placeholders without their names.
        constants: What the mapping says of each subject, besides what it takes from rows.
        value: The template of the objects, or one object.
    """

    subject: str
    constants: frozenset[Fact]
    value: str


class ComparedFields:
    """Tells which triples some mappings can make.

    A template stands for a kind of node: one that has the class and the constants which a mapping
    gives to every subject of this template. So evidence that a mapping calls stated is not taken
    for evidence that is inferred, however alike their names are.

    Args:
        mappings: The files of the mappings.
    """

    def __init__(self, mappings: Sequence[Path]) -> None:
        self.shapes: dict[NamedNode, list[Shape]] = {}
        self._kinds: dict[str, set[frozenset[Fact]]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for mapping in mappings:
            self._read(mapping)
        self._telling = frozenset(chain.from_iterable(chain(*self._kinds.values())))

    def _read(self, mapping: Path) -> None:
        facts: dict[object, dict[str, list[NamedNode]]] = {}
        for quad in parse(path=mapping, format=RdfFormat.TURTLE, base_iri="urn:mapping"):
            about = facts.setdefault(quad.subject, {})
            about.setdefault(quad.predicate.value.removeprefix(_RML), []).append(quad.object)
        for rule in facts.values():
            if "subjectMap" not in rule:
                continue
            of = facts[rule["subjectMap"][0]]
            constants: set[Fact] = {(_RDF_TYPE, each) for each in of.get("class", ())}
            values = [(name, each.value) for name, each in constants]
            for pair in (facts[node] for node in rule.get("predicateObjectMap", ())):
                name = pair["predicate"][0]
                if "object" in pair:
                    constants.add((name, pair["object"][0]))
                    values.append((name, pair["object"][0].value))
                else:
                    template = facts[pair["objectMap"][0]].get("template")
                    values.append((name, template[0].value if template else _ANYTHING))
            self._add(_template(of["template"][0].value), frozenset(constants), values)

    def _add(
        self, subject: str, constants: frozenset[Fact], values: list[tuple[NamedNode, str]]
    ) -> None:
        if constants:
            self._kinds.setdefault(subject, set()).add(constants)
        for name, value in values:
            template = _template(value)
            self.shapes.setdefault(name, []).append(Shape(subject, constants, template))
            for each in (subject, template):
                self._patterns[each] = _pattern(each)

    def of(self, n_triples: Path) -> set[str]:
        """Give the triples of a file that are of the compared fields, as N-Triples."""
        nodes: dict[object, set[Fact]] = {}
        for quad in parse(path=n_triples, format=RdfFormat.N_TRIPLES):
            fact: Any = (quad.predicate, quad.object)
            if fact in self._telling:
                nodes.setdefault(quad.subject, set()).add(fact)
        quads = parse(path=n_triples, format=RdfFormat.N_TRIPLES)
        return {str(_plain(quad)) for quad in quads if self._is_made(quad, nodes)}

    def _is_made(self, quad: Any, nodes: Mapping[object, set[Fact]]) -> bool:  # noqa: ANN401 - of IRIs
        """Tell whether a rule of the mappings can make a triple."""
        about, of_value = nodes.get(quad.subject, set()), nodes.get(quad.object, set())
        return any(
            shape.constants <= about
            and self._patterns[shape.subject].fullmatch(quad.subject.value)
            and self._patterns[shape.value].fullmatch(quad.object.value)
            and (shape.constants or self._is_known(shape.subject, about))
            and self._is_known(shape.value, of_value)
            for shape in self.shapes.get(quad.predicate, ())
        )

    def _is_known(self, template: str, about: set[Fact]) -> bool:
        kinds = self._kinds.get(template)
        return kinds is None or any(kind <= about for kind in kinds)


def _template(written: str) -> str:
    return _PLACEHOLDER.sub(_ANYTHING, written)


def _pattern(template: str) -> re.Pattern[str]:
    """Match what a template can give: a name, or any text where there is nothing else."""
    if template == _ANYTHING:
        return re.compile(r"(?s).*")
    return re.compile("[^#/]+".join(map(re.escape, template.split(_ANYTHING))))


def _plain(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def prepare(folder: Path, mappings: Sequence[Path], processes: int) -> None:
    """Put mappings and a configuration beside the flat records.

    Args:
        folder: Where the flat records are.
        mappings: The files of the mappings.
        processes: How many processes it may use.
    """
    for mapping in mappings:
        copy(mapping, folder)
    lines = (
        "[CONFIGURATION]",
        f"output_file={OUTPUT}",
        "output_format=N-TRIPLES",
        "logging_level=WARNING",
        f"number_of_processes={processes}",
        "na_values=",
        "[records]",
        f"mappings={','.join(mapping.name for mapping in mappings)}",
    )
    (folder / "config.ini").write_text("\n".join(lines) + "\n", encoding="utf-8")


def command(python: str) -> list[str]:
    """Give what is started in the folder."""
    return [python, "-m", "morph_kgc", "config.ini"]


def version(python: str) -> str | None:
    """Tell which version an environment holds; None where it holds none."""
    asked = "from importlib.metadata import version; print(version('morph-kgc'))"
    try:
        done = subprocess.run([python, "-c", asked], check=False, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
