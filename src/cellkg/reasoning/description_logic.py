"""What HermiT, a complete reasoner for OWL 2 DL, says of the ontology, the terms and the graphs.

It answers two questions: do they contradict each other, and does the closure that a build writes
(`cellkg.reasoning.closure`) hold exactly what follows from them? It needs the extra "reasoner".
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from cellkg.reasoning import hermit
from cellkg.reasoning.owl_statements import read_statements
from cellkg.reasoning.property_axioms import read_axioms
from cellkg.reasoning.property_values import inherited_chains, parts_for_hermit, read_values
from cellkg.vocabulary import RDF, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import BlankNode, Literal, Triple

    from cellkg.reasoning.owl_statements import OwlStatements

_TYPE: Final = RDF["type"]
_EMPTY_CLASSES: Final = re.compile(r"^\t<([^>]+)>$", re.MULTILINE)
_TRIES_PER_RUN: Final = 12  # starting Java costs as much as checking so many small ontologies


class ConsistencyReport:
    """What HermiT says of some graphs.

    Args:
        statements: What it was given.
        consistent: Whether all of it can be true at once.
        unsatisfiable: The classes that nothing can belong to, by IRI; none are listed where the
            graphs are inconsistent, as then nothing can be told of any class.

    Attributes:
        consistent: As above.
        unsatisfiable: As above.
    """

    def __init__(
        self, statements: OwlStatements, *, consistent: bool, unsatisfiable: Sequence[str]
    ) -> None:
        self.consistent = consistent
        self.unsatisfiable = tuple(unsatisfiable)
        self._statements = statements

    @cached_property
    def contradiction(self) -> tuple[Triple, ...]:
        """A smallest set of statements that cannot all be true, of perhaps several.

        Empty where all are consistent, or where the ontology contradicts itself. HermiT does not
        tell; so it is found by trying, when it is first asked for: it takes from some seconds to a
        minute.
        """
        return () if self.consistent else tuple(_smallest_contradiction(self._statements))

    @cached_property
    def explanation(self) -> str:
        """One sentence for a person; takes as long as `contradiction`."""
        if self.unsatisfiable:
            empty = ", ".join(map(shorten, self.unsatisfiable))
            return f"By the ontology, nothing can ever belong to {empty}."
        if self.consistent:
            return f"{len(self._statements.assertions)} statements, and no contradiction."
        if not self.contradiction:
            return "The ontology contradicts itself, whatever the graphs say."
        together = "; ".join(map(_as_words, self.contradiction))
        return f"By the ontology, these statements cannot all be true: {together}."


def check_consistency(triples: Iterable[Triple]) -> ConsistencyReport:
    """Ask HermiT whether an ontology and graphs contradict each other.

    `cellkg.reasoning.owl_statements` says what is left out for it, and that different names mean
    different things.

    Args:
        triples: The ontology, its terms and the graphs; not the closure.

    Returns:
        The report. The graphs that come with cellkg take about two seconds.

    Raises:
        MissingExtra: The extra "reasoner" is not installed.
        SourceFileError: A word is declared nowhere or misused, or the ontology is not in OWL 2 DL.
        UserInputError: The graphs are too large.
    """
    statements = read_statements(_with_inherited_chains(triples))
    done = hermit.run([statements.ontology(statements.assertions)], "-k", "-U")
    return ConsistencyReport(
        statements, consistent=done.consistent, unsatisfiable=_EMPTY_CLASSES.findall(done.text)
    )


def entailed_closure(triples: Iterable[Triple]) -> set[Triple]:
    """Ask HermiT for all statements of the materialised properties.

    Of contradictory graphs it is meaningless: ask `check_consistency` first.

    Args:
        triples: The ontology, its terms and the graphs; not the closure.

    Returns:
        What the graph of the closure has to hold. `cellkg.reasoning.property_values` says how it
        is asked. The graphs that come with cellkg take about five seconds.

    Raises:
        MissingExtra: The extra "reasoner" is not installed.
        SourceFileError: An axiom is malformed, or HermiT refuses it.
        UserInputError: The graphs are too large.
    """
    held = _with_inherited_chains(triples)
    axioms = read_axioms(held)
    parts = parts_for_hermit(held, axioms)
    return read_values(hermit.run(parts, "-O", "-Y").text, axioms.materialised)


def _with_inherited_chains(triples: Iterable[Triple]) -> list[Triple]:
    held = list(triples)
    return [*held, *inherited_chains(read_axioms(held))]


def _smallest_contradiction(statements: OwlStatements) -> list[Triple]:
    """Find statements that contradict the axioms and of which none can be missed.

    The shortest inconsistent beginning of all statements ends with one that takes part. It is set
    aside, and the statements before it are searched again together with it, those about the same
    things first, until those set aside contradict each other by themselves.
    """
    found: list[Triple] = []
    rest = sorted(statements.assertions, key=lambda triple: triple.predicate != _TYPE)
    while True:
        length = _shortest_inconsistent(statements, found, rest)
        if length == 0:
            return found
        found.append(rest[length - 1])
        near = {node for triple in found for node in (triple.subject, triple.object)}
        rest = sorted(
            rest[: length - 1], key=lambda each: near.isdisjoint((each.subject, each.object))
        )


def _shortest_inconsistent(
    statements: OwlStatements, always: list[Triple], rest: list[Triple]
) -> int:
    """Tell how many statements of `rest` it takes; all of them together are inconsistent."""
    low, high = 0, len(rest)  # the answer is from low to high
    lengths = [0, *(2**power for power in range(high.bit_length()) if 2**power < high)]
    if not always:  # it can be anywhere
        lengths = _evenly(low, high)
    while low < high:
        tries = [statements.ontology([*always, *rest[:length]]) for length in lengths]
        # HermiT stops at the first inconsistent one.
        passed = hermit.run(tries, "-k").text.count(" is satisfiable")
        low = low if passed == 0 else lengths[passed - 1] + 1
        high = high if passed == len(tries) else lengths[passed]
        lengths = _evenly(low, high)
    return low


def _evenly(low: int, high: int) -> list[int]:
    return list(range(low, high, max(1, -(-(high - low) // _TRIES_PER_RUN))))


def _as_words(triple: Triple) -> str:
    verb = "a" if triple.predicate == _TYPE else shorten(triple.predicate.value)
    return f"{_name(triple.subject)} {verb} {_name(triple.object)}"


def _name(node: NamedNode | BlankNode | Literal | Triple) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else str(node)
