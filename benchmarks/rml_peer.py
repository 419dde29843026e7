"""morph-kgc, an RML engine in Python, as a peer of the mapping; and which triples it can make."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

FIELDS: Final = Path(__file__).with_name("ctgov.rml.ttl")
EVIDENCE: Final = Path(__file__).with_name("evidence.rml.ttl")
OUTPUT: Final = "mapped.nt"
TO_INSTALL: Final = "python -m venv morph && morph/bin/pip install morph-kgc==2.10.0"
"""It needs an older pyoxigraph than cellkg does, so it lives in an environment of its own."""

_RR: Final = "http://www.w3.org/ns/r2rml#"
_RDF_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PLACEHOLDER: Final = re.compile(r"\\\{\w+\\\}")


class Shape(NamedTuple):
    """Triples that one rule of the mapping can make.

    Attributes:
        subject: What its subjects look like.
        value: What its objects look like.
    """

    subject: re.Pattern[str]
    value: re.Pattern[str]


class ComparedFields:
    """Tells which triples some mappings can make.

    Args:
        mappings: The files of the mappings.
    """

    def __init__(self, mappings: Sequence[Path]) -> None:
        self.shapes: dict[NamedNode, list[Shape]] = {}
        for mapping in mappings:
            self._read(mapping)

    def _read(self, mapping: Path) -> None:
        facts: dict[object, dict[str, list[NamedNode]]] = {}
        for quad in parse(path=mapping, format=RdfFormat.TURTLE, base_iri="urn:mapping"):
            about = facts.setdefault(quad.subject, {})
            about.setdefault(quad.predicate.value.removeprefix(_RR), []).append(quad.object)
        for rule in facts.values():
            if "subjectMap" not in rule:
                continue
            of = facts[rule["subjectMap"][0]]
            subject = _pattern(of["template"][0].value)
            for each in of.get("class", ()):
                self._add(_RDF_TYPE, subject, re.compile(re.escape(each.value)))
            for node in rule.get("predicateObjectMap", ()):
                pair = facts[node]
                if "object" in pair:
                    value = re.compile(re.escape(pair["object"][0].value))
                else:
                    template = facts[pair["objectMap"][0]].get("template")
                    value = _pattern(template[0].value) if template else re.compile(r"(?s).*")
                self._add(pair["predicate"][0], subject, value)

    def _add(self, predicate: NamedNode, subject: re.Pattern[str], value: re.Pattern[str]) -> None:
        self.shapes.setdefault(predicate, []).append(Shape(subject, value))

    def __contains__(self, triple: Triple | Quad) -> bool:
        """Tell whether a rule of the mappings can make a triple."""
        return any(
            shape.subject.fullmatch(triple.subject.value)
            and shape.value.fullmatch(triple.object.value)
            for shape in self.shapes.get(triple.predicate, ())
        )

    def of(self, n_triples: Path) -> set[str]:
        """Give the triples of a file that are of the compared fields, as N-Triples."""
        quads = parse(path=n_triples, format=RdfFormat.N_TRIPLES)
        return {str(_plain(quad)) for quad in quads if quad in self}


def _pattern(template: str) -> re.Pattern[str]:
    """Match what a template can give; a value in it has no hyphen, which parts the names."""
    if template.endswith(("term/{term}", "term/{phase}", "term/{role}", "term/{list}-endpoint")):
        return re.compile(re.escape(template.rpartition("/")[0]) + "/[a-z0-9-]+")
    return re.compile(_PLACEHOLDER.sub("[^-#/]+", re.escape(template)))


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
