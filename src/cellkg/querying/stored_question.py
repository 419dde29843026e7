"""A stored question: a SPARQL query whose header says in words what it asks, takes and answers.

``queries/README.md`` tells how the files are written; every rule about one file is checked when
the file is read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cellkg.errors import SourceFileError, UserInputError
from cellkg.querying.header_rules import Rules
from cellkg.querying.query_variables import read_variables
from cellkg.querying.question_header import read_header
from cellkg.querying.suggestions import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIX = ".rq"
"""What the names of question files end with."""


class Parameter(NamedTuple):
    """Something that a question takes.

    Attributes:
        name: Its name, in camelCase.
        type: "iri", "integer", "number", "boolean", "date" or "literal".
        required: Whether the question cannot be asked without it.
        kind: For an IRI, what it has to name: a scheme of terms ("routes"), a closed list
            ("match-relations"), "study", "source" or "institution"; None for other types.
        help: What it is, for people.
        default: What is taken when nothing is given; None where there is no such value.

    Example:
        >>> cell_type = Parameter("cellType", "iri", True, "cell-types", "the cell type", None)
        >>> cell_type.variable, cell_type.option, cell_type.words
        ('_cellType_iri', '--cell-type', 'cell type')
    """

    name: str
    type: str
    required: bool
    kind: str | None
    help: str
    default: str | None

    @property
    def variable(self) -> str:
        """The name of its variable in the query, without the question mark."""
        return f"{'_' if self.required else '__'}{self.name}_{self.type}"

    @property
    def option(self) -> str:
        """How it is given on the command line."""
        return "--" + re.sub("[A-Z]", lambda capital: "-" + capital[0].lower(), self.name)

    @property
    def words(self) -> str:
        """Its name as people read it."""
        return self.option[2:].replace("-", " ")


class Column(NamedTuple):
    """One column of the answer.

    Attributes:
        name: Its name, as projected.
        meaning: What its cells say.
        unit: The unit of its numbers, or the name of the column that holds it; None for none.
    """

    name: str
    meaning: str
    unit: str | None


class StoredQuestion:
    """A question as its file tells it.

    Attributes:
        name: The name of its file without the suffix.
        summary: The question in one sentence.
        description: What a reader has to know of it; may be empty.
        question: How a person would ask it, with the parameters as ``{slots}``.
        keywords: Words by which it is found.
        tags: The groups it is listed under.
        phrases: By parameter, wordings that set it, each with the values it stands for.
        parameters: What it takes, in the order of the header.
        columns: What it answers, in the order of the SELECT.
        text: The whole file: plain SPARQL that any endpoint runs as it is.
        where: The number of the line that reads ``WHERE {``, from 1.
        hash: SHA-256 of the text in UTF-8, 64 hexadecimal digits.
    """

    __slots__ = (
        "columns",
        "description",
        "keywords",
        "name",
        "parameters",
        "phrases",
        "question",
        "summary",
        "tags",
        "text",
        "where",
    )

    def __init__(  # noqa: PLR0913 - one argument for every key of the header
        self,
        *,
        name: str,
        summary: str,
        description: str,
        question: str,
        keywords: tuple[str, ...],
        tags: tuple[str, ...],
        phrases: Mapping[str, Mapping[str, tuple[str, ...]]],
        parameters: tuple[Parameter, ...],
        columns: tuple[Column, ...],
        text: str,
        where: int,
    ) -> None:
        self.name = name
        self.summary = summary
        self.description = description
        self.question = question
        self.keywords = keywords
        self.tags = tags
        self.phrases = phrases
        self.parameters = parameters
        self.columns = columns
        self.text = text
        self.where = where

    def __repr__(self) -> str:
        return f"StoredQuestion({self.name!r})"

    @property
    def hash(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return _sha256(self.text)

    def parameter(self, name: str) -> Parameter:
        """Find a parameter by its name.

        Raises:
            UserInputError: The question has no such parameter; the message says what it has.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        if not names:
            message = f"The question {self.name} takes no parameter, so it has no '{name}'."
            raise UserInputError(message, value=name)
        found = nearest(name, names)
        raise UserInputError(
            f"The question {self.name} has no parameter '{name}'; "
            + did_you_mean(found or names, f"cellkg query {self.name} --help"),
            value=name,
            suggestions=found or names,
        )


def load_question(path: Path) -> StoredQuestion:
    """Read one question from its file.

    Args:
        path: A file of SPARQL with a header.

    Returns:
        The question.

    Raises:
        UserInputError: There is no such file.
        SourceFileError: The file breaks a rule; the message has the line and what to write.

    Example:
        >>> from cellkg.shipped_files import folder
        >>> question = load_question(folder("queries") / "adverse-event-answers.rq")
        >>> question.question
        'Which {route} {cellType} trials reported {event}?'
        >>> [parameter.option for parameter in question.parameters if parameter.required]
        ['--cell-type', '--route', '--event']
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        message = f"The question '{path}' cannot be read: {error.strerror}."
        raise UserInputError(message, value=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceFileError("Save the file as UTF-8.", path) from error
    if path.suffix != SUFFIX or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", path.stem):
        problem = f"The name of a question is small letters, digits and hyphens, then {SUFFIX}."
        raise SourceFileError(problem, path)
    rules = Rules(read_header(text, path), read_variables(text, path), path)
    return StoredQuestion(
        name=path.stem,
        summary=rules.sentence("summary"),
        description=rules.sentence("description", required=False),
        question=rules.wording(),
        keywords=rules.words("keywords"),
        tags=rules.words("tags"),
        phrases=rules.phrases(),
        parameters=tuple(Parameter(*each) for each in rules.parameters()),
        columns=tuple(Column(*each) for each in rules.columns()),
        text=text,
        where=rules.variables.where,
    )


def list_questions(folder: Path) -> tuple[StoredQuestion, ...]:
    """Read all questions of a folder.

    Args:
        folder: Where they are; folders inside it are left out.

    Returns:
        The questions in the order of their names.

    Raises:
        UserInputError: There is no such folder.
        SourceFileError: A file breaks a rule.

    Example:
        >>> from cellkg.shipped_files import folder
        >>> "doses" in [question.name for question in list_questions(folder("queries"))]
        True
    """
    if not folder.is_dir():
        message = f"There is no folder '{folder}' with questions."
        raise UserInputError(message, value=str(folder))
    return tuple(load_question(path) for path in sorted(folder.glob("*" + SUFFIX)))


def find_question(name: str, folder: Path) -> StoredQuestion:
    """Read the question of a name, without reading the others.

    Args:
        name: Its name, as `list_questions` gives it.
        folder: Where the questions are.

    Returns:
        The question.

    Raises:
        UserInputError: There is none; the message names the nearest.
        SourceFileError: Its file breaks a rule.

    Example:
        >>> from cellkg.shipped_files import folder
        >>> find_question("dosis", folder("queries"))
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: There is no question 'dosis'; did you mean 'doses'?
    """
    path = folder / (name + SUFFIX)
    if path.parent == folder and path.is_file():
        return load_question(path)
    found = nearest(name, [path.stem for path in sorted(folder.glob("*" + SUFFIX))])
    message = f"There is no question '{name}'; {did_you_mean(found, 'cellkg query')}"
    raise UserInputError(message, value=name, suggestions=found)


def _sha256(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    from importlib import import_module

    # hashlib loads OpenSSL, which takes a thirtieth of the time of a whole question; the modules
    # that it has for want of OpenSSL do not.
    for module in ("_sha2", "_sha256"):
        try:
            return str(import_module(module).sha256(text.encode()).hexdigest())
        except ImportError:
            continue
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
