import sys
from hashlib import sha256
from pathlib import Path

import pytest

from cellkg.errors import SourceFileError, UserInputError
from cellkg.querying import Column, Parameter, find_question, list_questions, load_question

GOOD = """\
#+ summary: "Which trials by a route reported an event?"
#+ description: "Silence is a row."
#+ question: "Which {route} trials reported {event}?"
#+ keywords: ["reported", "side effects"]
#+ tags: ["adverse events"]
#+ phrases: {"relation": {"derived from": ["derived from"]}}
#+ defaults: [{"relation": "is a"}]
#+ parameters:
#+   route: {"kind": "routes", "help": "the route"}
#+   event: {"kind": "adverse-events", "help": "the event"}
#+   relation: {"kind": "match-relations", "default": "is a", "help": "how it matches"}
#+   minGrade: {"help": "the least grade"}
#+ columns:
#+   study: {"meaning": "the study"}
#+   people: {"meaning": "people", "unit": "patients"}

PREFIX ckg: <https://w3id.org/cellkg/ontology#?_no_iri>

SELECT DISTINCT ?study (SUM(?n) AS ?people) # ?_comment_iri
WHERE {
  ?study ckg:route ?_route_iri ; ckg:event $_event_iri , "?_text_iri", '''?_text
_iri''' .
  { BIND(ckg:IsA AS ?__relation_iri) }
  FILTER(?grade >= ?__minGrade_integer)
  OPTIONAL { SELECT * WHERE { ?study ckg:count ?n } }
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def problem_of(folder: Path, text: str, name: str = "good.rq") -> SourceFileError:
    file = folder / name
    file.write_text(text, "utf-8")
    with pytest.raises(SourceFileError) as caught:
        load_question(file)
    assert caught.value.file == file
    return caught.value


def test_everything_in_the_file_is_read(folder: Path) -> None:
    file = folder / "good-one.rq"
    file.write_text(GOOD, "utf-8")
    question = load_question(file)
    assert question.name == "good-one"
    assert question.summary == "Which trials by a route reported an event?"
    assert question.description == "Silence is a row."
    assert question.question == "Which {route} trials reported {event}?"
    assert question.keywords == ("reported", "side effects")
    assert question.tags == ("adverse events",)
    assert question.phrases == {"relation": {"derived from": ("derived from",)}}
    assert question.parameters == (
        Parameter("route", "iri", True, "routes", "the route", None),  # noqa: FBT003 - as the file has it
        Parameter("event", "iri", True, "adverse-events", "the event", None),  # noqa: FBT003 - as above
        Parameter("relation", "iri", False, "match-relations", "how it matches", "is a"),  # noqa: FBT003 - as above
        Parameter("minGrade", "integer", False, None, "the least grade", None),  # noqa: FBT003 - as above
    )
    assert question.columns == (
        Column("study", "the study", None),
        Column("people", "people", "patients"),
    )
    assert question.text == GOOD
    assert GOOD.split("\n")[question.where - 1] == "WHERE {"
    assert question.hash == sha256(GOOD.encode()).hexdigest()
    assert repr(question) == "StoredQuestion('good-one')"


def test_the_hash_is_the_same_where_python_has_no_lean_module_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lean in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, lean, None)
    (folder / "good-one.rq").write_text(GOOD, encoding="utf-8")
    question = load_question(folder / "good-one.rq")
    assert question.hash == sha256(GOOD.encode()).hexdigest()


def test_no_question_is_found_outside_the_folder(folder: Path) -> None:
    (folder / "good-one.rq").write_text(GOOD, encoding="utf-8")
    (folder / "inside").mkdir()
    assert find_question("good-one", folder).name == "good-one"
    for name in ("../good-one", "inside/../good-one"):
        with pytest.raises(UserInputError, match="There is no question"):
            find_question(name, folder / "inside" if name.startswith("..") else folder)


def test_the_hash_does_not_hang_on_the_line_ends_of_the_system(folder: Path) -> None:
    unix, windows = folder / "unix.rq", folder / "windows.rq"
    unix.write_bytes(GOOD.encode())
    windows.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert load_question(windows).hash == load_question(unix).hash


def test_a_parameter_is_spoken_as_people_and_shells_need_it() -> None:
    grade = Parameter("minGrade", "integer", False, None, "the least grade", None)  # noqa: FBT003 - optional
    assert (grade.variable, grade.option, grade.words) == (
        "__minGrade_integer",
        "--min-grade",
        "min grade",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('#+ summary: "Which trials by a route reported an event?"\n', "", "#+ summary:"),
        ('"Silence is a row."', '""', "#+ description:"),
        ('"Silence is a row."', "null", "#+ description:"),
        ('["reported", "side effects"]', "[]", "#+ keywords:"),
        ('["reported", "side effects"]', '["reported", 3]', "#+ keywords:"),
        ('["reported", "side effects"]', '"reported"', "#+ keywords:"),
        ('#+ tags: ["adverse events"]\n', "", "#+ tags:"),
        ("#+ tags", "#+ tag", "no key 'tag'; did you mean 'tags'"),
        ("#+ tags", "#+ endpoint-url", "no key 'endpoint-url'"),
        ('reported {event}?"', 'reported {evnt}?"', "no parameter 'evnt'"),
        ('reported {event}?"', 'reported it?"', "write {event} into the question"),
        ('{"relation": {"derived from": ["derived from"]}}', "[]", "#+ phrases:"),
        ('{"relation": {"derived from": ["derived from"]}}', '{"relation": []}', "#+ phrases:"),
        ('{"relation": {"derived', '{"relations": {"derived', "no parameter 'relations'"),
        ('["derived from"]}}', "[]}}", "#+ phrases:"),
        ('[{"relation": "is a"}]', '[{"relation": "derived from"}]', '[{"relation": "is a"}]'),
        ('#+ defaults: [{"relation": "is a"}]\n', "", '#+ defaults: [{"relation": "is a"}]'),
        ('"default": "is a", ', "", "No parameter has a default"),
        ('"routes", "help": "the route"', '"routes"', "keys out of default, help, kind"),
        ('"help": "the route"', '"help": ""', "keys out of default, help, kind"),
        ('"help": "the route"', '"help": "x", "type": "iri"', "keys out of default, help, kind"),
        ('{"kind": "routes", "help": "the route"}', '"the route"', "keys out of"),
        ('"kind": "routes", ', "", "of the type iri needs a kind"),
        ('{"help": "the least', '{"kind": "units", "help": "the least', "integer takes no kind"),
        ('{"kind": "routes"', '{"default": "oral", "kind": "routes"', "call it ?__route_iri"),
        ('#+   minGrade: {"help": "the least grade"}\n', "", "The query uses ?__minGrade"),
        ("#+   minGrade:", '#+   dose: {"help": "x"}\n#+   minGrade:', "no parameter 'dose'"),
        ('#+   study: {"meaning": "the study"}\n', "", "study, people"),
        ('"unit": "patients"', '"units": "patients"', "keys out of meaning, unit"),
        ("#+ columns:\n", '#+ columns: "study, people"\n# ', "#+ columns:"),
        ("#+ columns:\n", '#+ columns: {"study": {}}\n# ', "keys out of meaning, unit"),
        ("?_route_iri", "?_route", "?_name_type"),
        ("?_route_iri", "?_route_code", "?_name_type"),
        ("?_route_iri", "?___route_iri", "?_name_type"),
        ("?_route_iri", "?_a_route_iri", "?_name_type"),
        ("?_route_iri", "?_Route_iri", "?_name_type"),
        ("?_route_iri ;", "?_route_iri, ?__route_iri ;", "written in two ways"),
        ("?_route_iri ;", "?_route_iri, ?_route_literal ;", "written in two ways"),
        ("DISTINCT ?study (SUM(?n) AS ?people)", "*", "SELECT *"),
        ("SELECT DISTINCT ?study (SUM(?n) AS ?people)", "ASK", "is a SELECT query"),
        ("SELECT DISTINCT ?study (SUM(?n) AS ?people)", "SELECT", "is a SELECT query"),
        ("\nWHERE {", " WHERE {", "from its first column"),
        ("\nWHERE {", "\nwhere {", "from its first column"),
        ("\nWHERE {", "\n{", "from its first column"),
        ("OPTIONAL { SELECT * WHERE {", "OPTIONAL { SELECT *\nWHERE {\n", "no other line so"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_write(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    problem = problem_of(folder, GOOD.replace(old, new, 1))
    assert said in str(problem)
    assert problem.line is not None or "ASK" in new


def test_the_line_is_the_right_one(folder: Path) -> None:
    assert problem_of(folder, GOOD.replace("?_route_iri", "?_route")).line == 21
    assert problem_of(folder, GOOD.replace('"kind": "routes", ', "")).line == 9
    assert problem_of(folder, GOOD.replace("DISTINCT ?study", "*")).line == 19


def test_a_name_is_kebab_case(folder: Path) -> None:
    for name in ("Good.rq", "two_words.rq", "good.sparql", "-a.rq"):
        assert "small letters, digits and hyphens" in str(problem_of(folder, GOOD, name))


def test_another_encoding_is_told(folder: Path) -> None:
    (folder / "latin.rq").write_bytes(GOOD.replace("route", "routé").encode("latin-1"))
    with pytest.raises(SourceFileError, match="UTF-8"):
        load_question(folder / "latin.rq")


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(UserInputError, match="No such file"):
        load_question(folder / "none.rq")


def test_questions_are_listed_by_name_without_those_in_folders(folder: Path) -> None:
    for name in ("b.rq", "a.rq", "a.txt"):
        (folder / name).write_text(GOOD, "utf-8")
    (folder / "checks").mkdir()
    (folder / "checks" / "c.rq").write_text("", "utf-8")
    assert [question.name for question in list_questions(folder)] == ["a", "b"]
    with pytest.raises(UserInputError, match="no folder"):
        list_questions(folder / "none")


def test_a_question_is_found_without_reading_the_others(folder: Path) -> None:
    (folder / "doses.rq").write_text(GOOD, "utf-8")
    (folder / "broken.rq").write_text("", "utf-8")
    assert find_question("doses", folder).name == "doses"
    with pytest.raises(UserInputError, match="did you mean 'doses'") as caught:
        find_question("dose", folder)
    assert (caught.value.value, caught.value.suggestions) == ("dose", ("doses",))
    with pytest.raises(UserInputError, match="type  cellkg query  to see"):
        find_question("xyz", folder)
    with pytest.raises(UserInputError, match="no question"):
        find_question("../doses", folder)


def test_an_unknown_parameter_is_told_with_the_known_ones(folder: Path) -> None:
    (folder / "good.rq").write_text(GOOD, "utf-8")
    question = find_question("good", folder)
    assert question.parameter("route").kind == "routes"
    with pytest.raises(UserInputError, match="did you mean 'route'"):
        question.parameter("rout")
    with pytest.raises(UserInputError, match="'route', 'event', 'relation' or 'minGrade'"):
        question.parameter("zzz")
    (folder / "none.rq").write_text(
        '#+ summary: "?"\n#+ question: "?"\n#+ keywords: ["x"]\n#+ tags: ["x"]\n#+ columns:\n'
        '#+   s: {"meaning": "it"}\nSELECT ?s\nWHERE {\n}\n',
        "utf-8",
    )
    with pytest.raises(UserInputError, match="takes no parameter"):
        find_question("none", folder).parameter("route")


def test_every_shipped_question_keeps_the_rules(project: Path) -> None:
    assert len(list_questions(project / "queries")) >= 30
