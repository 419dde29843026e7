"""The pages of the shipped words, and of words invented to do harm."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cellkg.documenting import Documentation, read_documentation, render_site
from cellkg.shipped_files import folder

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"'
"""A label that runs where it is not escaped."""


@pytest.fixture(scope="session")
def shipped() -> Documentation:
    """Everything that the pages tell of what comes with cellkg."""
    return read_documentation(
        folder("ontology"), folder("queries"), {"doses": "cellkg query doses"}
    )


@pytest.fixture(scope="session")
def site(shipped: Documentation) -> Mapping[str, bytes]:
    """The pages of what comes with cellkg."""
    return render_site(shipped)


@pytest.fixture(scope="session")
def pages(site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as files."""
    return written(site, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of words whose labels, definitions, synonyms and IRIs would run as scripts."""
    tmp_path = tmp_path_factory.mktemp("harmful")
    ontology = Path(shutil.copytree(folder("ontology"), tmp_path / "ontology"))
    queries = Path(shutil.copytree(folder("queries"), tmp_path / "queries"))
    text = HOSTILE.replace('"', '\\"')
    with (ontology / "terms" / "donors.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "term:harm a ckg:Donor, skos:Concept ; skos:inScheme term:donors ;"
            f' skos:prefLabel "{text}"@en ; skos:altLabel "{text} again"@en ;'
            f' skos:definition "{text}"@en ; skos:editorialNote "{text}"@en ;'
            " skos:exactMatch <javascript:alert(3)> .\n"
        )
    with (ontology / "cellkg.ttl").open("a", encoding="utf-8") as file:
        file.write(
            f'ckg:Harm a owl:Class ; rdfs:label "{text}"@en ; skos:definition "{text}"@en .\n'
            f'ckg:harm a owl:ObjectProperty ; rdfs:label "{text}"@en ;'
            " rdfs:domain ckg:Study ; rdfs:range ckg:Harm .\n"
        )
    with (ontology / "shapes" / "dose.ttl").open("a", encoding="utf-8") as file:
        file.write(
            f'shape:harm a sh:NodeShape ; rdfs:label "{text}"@en ; sh:targetClass ckg:Dose ;'
            f' sh:message "{text}"@en .\n'
        )
    question = queries / "doses.rq"
    words = question.read_text("utf-8")
    assert '"the dose"' in words
    question.write_text(words.replace('"the dose"', f'"{text}"', 1), "utf-8")
    site = render_site(read_documentation(ontology, queries, {"doses": HOSTILE}))
    return written(site, tmp_path / "pages")


def written(site: Mapping[str, bytes], place: Path) -> Path:
    """Write pages into a folder."""
    place.mkdir(exist_ok=True)
    for name, page in site.items():
        (place / name).write_bytes(page)
    return place
