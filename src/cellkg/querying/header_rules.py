"""What the header of a question must hold, and how it has to agree with the query below it."""

from __future__ import annotations

import re

from cellkg.errors import SourceFileError
from cellkg.querying.suggestions import nearest, or_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import NoReturn, TypeGuard

    from cellkg.querying.query_variables import QueryVariables
    from cellkg.querying.question_header import Header

KEYS = (
    "summary",
    "description",
    "question",
    "keywords",
    "phrases",
    "tags",
    "defaults",
    "parameters",
    "columns",
)
"""The keys of a header, in the order in which they are written."""

_EXAMPLES = {
    "summary": '"Which …?"',
    "description": '"…"',
    "question": '"Which {route} trials reported {event}?"',
    "keywords": '["reported"]',
    "phrases": '{"relation": {"derived from": ["derived from"]}}',
    "tags": '["studies"]',
    "defaults": '[{"relation": "is a"}]',
    "parameters": '{"kind": "routes", "help": "the route"}',
    "columns": '{"meaning": "the study"}',
}


class Rules:
    """Reads the parts of a header, and refuses what breaks a rule.

    Args:
        header: The header as read.
        variables: What the query itself tells.
        file: The file, for messages.

    Raises:
        SourceFileError: A key is unknown, here or from any of the methods.
    """

    def __init__(self, header: Header, variables: QueryVariables, file: Path) -> None:
        self.variables = variables
        self._header = header
        self._file = file
        for key in header.values:
            if key not in KEYS:
                found = nearest(key, KEYS)
                hint = f"did you mean {or_list(found)}" if found else f"known are {or_list(KEYS)}"
                self._refuse(f"There is no key '{key}'; {hint}.", key)

    def sentence(self, key: str, *, required: bool = True) -> str:
        """Read a text; an empty one where it is neither there nor required."""
        if not required and key not in self._header.values:
            return ""
        value = self._header.values.get(key)
        if not isinstance(value, str) or not value.strip():
            self._refuse_form(key)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Read a list of texts that is not empty."""
        value = self._header.values.get(key)
        if not _is_texts(value):
            self._refuse_form(key)
        return tuple(value)

    def phrases(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Read the wordings that set a parameter."""
        phrases = self._header.values.get("phrases", {})
        if not isinstance(phrases, dict):
            self._refuse_form("phrases")
        for name, wordings in phrases.items():
            if name not in self.variables.parameters:
                self._refuse_unknown(name, "phrases")
            if not isinstance(wordings, dict) or not all(map(_is_texts, wordings.values())):
                self._refuse_form("phrases")
        return {
            name: {wording: tuple(values) for wording, values in wordings.items()}
            for name, wordings in phrases.items()
        }

    def wording(self) -> str:
        """Read the question in words; its slots are parameters, all required ones among them."""
        wording = self.sentence("question")
        slots = re.findall(r"\{([^{}]*)\}", wording)
        for slot in slots:
            if slot not in self.variables.parameters:
                self._refuse_unknown(slot, "question")
        for name, (_, required) in self.variables.parameters.items():
            if required and name not in slots:
                problem = f"The parameter {name} is required: write {{{name}}} into the question."
                self._refuse(problem, "question")
        return wording

    def parameters(self) -> Iterator[tuple[str, str, bool, str | None, str, str | None]]:
        """Read what the header says of every parameter of the query."""
        described = self._entries("parameters", {"kind", "help", "default"}, {"help"})
        for name, (_, required) in self.variables.parameters.items():
            if name not in described:
                marks = "_" if required else "__"
                example = f"#+   {name}: {_EXAMPLES['parameters']}"
                problem = f"The query uses ?{marks}{name}: describe it, as in  {example}"
                self._refuse(problem, "parameters")
        for name, entry in described.items():
            place = f"parameters.{name}"
            if name not in self.variables.parameters:
                self._refuse_unknown(name, place)
            type_, required = self.variables.parameters[name]
            if (type_ == "iri") is not ("kind" in entry):
                needs = "needs a kind" if type_ == "iri" else "takes no kind"
                self._refuse(f"A parameter of the type {type_} {needs}.", place)
            if required and "default" in entry:
                problem = f"A parameter with a default is optional: call it ?__{name}_{type_}."
                self._refuse(problem, place)
            yield name, type_, required, entry.get("kind"), entry["help"], entry.get("default")
        self._check_defaults({name: each.get("default") for name, each in described.items()})

    def columns(self) -> Iterator[tuple[str, str, str | None]]:
        """Read what the header says of every column; their order is that of the SELECT."""
        described = self._entries("columns", {"meaning", "unit"}, {"meaning"})
        projected = self.variables.columns
        if list(described) != projected:
            order = ", ".join(projected)
            self._refuse(f"Describe the columns in the order of the SELECT: {order}.", "columns")
        for name, entry in described.items():
            yield name, entry["meaning"], entry.get("unit")

    def _check_defaults(self, described: dict[str, str | None]) -> None:
        """See that grlc is told the same defaults."""
        expected = [{name: value} for name, value in described.items() if value is not None]
        if self._header.values.get("defaults", []) != expected:
            import json

            line = f"#+ defaults: {json.dumps(expected, ensure_ascii=False)}"
            problem = f"The defaults are not those of the parameters: write  {line}"
            self._refuse(problem if expected else "No parameter has a default.", "defaults")

    def _entries(
        self, key: str, allowed: set[str], required: set[str]
    ) -> dict[str, dict[str, str]]:
        """Read the lines below a key: an object of texts each."""
        entries = self._header.values.get(key, {})
        if not isinstance(entries, dict):
            self._refuse_form(key)
        for name, entry in entries.items():
            if (
                not isinstance(entry, dict)
                or not required <= entry.keys() <= allowed
                or not _is_texts([*entry.values()])
            ):
                keys = ", ".join(sorted(allowed))
                problem = f"Write  {_EXAMPLES[key]}  with keys out of {keys}, each with a text."
                self._refuse(problem, f"{key}.{name}")
        return entries

    def _refuse_unknown(self, name: str, place: str) -> NoReturn:
        known = ", ".join(self.variables.parameters) or "none"
        problem = f"The query has no parameter '{name}'; it has {known}."
        self._refuse(problem, place)

    def _refuse_form(self, key: str) -> NoReturn:
        self._refuse(f"Write  #+ {key}: {_EXAMPLES[key]}  there.", key)

    def _refuse(self, problem: str, place: str) -> NoReturn:
        lines = self._header.lines
        key = place.partition(".")[0]
        line = lines.get(place) or lines.get(key) or self._header.length + 1
        raise SourceFileError(problem, self._file, line=line)


def _is_texts(value: object) -> TypeGuard[list[str]]:
    """Tell whether a value is a list with texts in it and nothing else."""
    return (
        isinstance(value, list)
        and value != []
        and all(isinstance(each, str) and each.strip() for each in value)
    )
