"""Records with the words they rest on, laid out for people."""

from __future__ import annotations

from cellkg.cli.screen import NOT_STATED, Column, labelled, lay_out, one_line, plain, width_of, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cellkg.cli.screen import Paint
    from cellkg.graph.fact_reader import RecordFacts
    from cellkg.graph.study_facts import StudyFacts
    from cellkg.records import Evidence

_STATED = "stated"
_INDENT = "  "


def numbered_evidence(record: RecordFacts) -> dict[Evidence, int]:
    """Number the evidence of a record from 1, in the order in which its facts need it."""
    ordered = [each for fact in record.facts for each in fact.evidence]
    return {
        each: number
        for number, each in enumerate(dict.fromkeys([*ordered, *record.other_evidence]), start=1)
    }


def quoted(evidence: Evidence) -> str:
    """Write the words that evidence consists of, and how the value follows unless it is stated.

    Returns:
        One line; a quote stands in quotation marks, a place in a registry record does not.
    """
    words = f"“{one_line(evidence.quote)}”" if evidence.quote else evidence.json_pointer or ""
    status = status_of(evidence)
    if status == _STATED:
        return words
    follows = f"{status}: {one_line(evidence.reasoning)}" if evidence.reasoning else status
    return f"{words} — {follows}" if words else follows


def status_of(evidence: Evidence) -> str:
    """Say how a value follows from its source: stated, inferred or derived."""
    return "" if evidence.status is None else evidence.status.value.rpartition("#")[2].lower()


def shown_facts(record: RecordFacts) -> Iterator[tuple[str, str]]:
    """Give the label of each fact and its values, with the numbers of its evidence."""
    numbers = numbered_evidence(record)
    for fact in record.facts:
        marks = "".join(f" [{numbers[each]}]" for each in fact.evidence)
        yield fact.label, ", ".join(map(one_line, fact.texts)) + marks


def study_screen(study: StudyFacts, width: int | None, paint: Paint = plain) -> str:
    """Lay out everything that is held about a study.

    Args:
        study: The facts.
        width: The columns of the terminal; None for no wrapping.
        paint: Puts a style on a text.

    Returns:
        The text, with a line feed at its end.
    """
    lines = study_heading(study, width, paint)
    for title, records in study.sections.items():
        lines += ["", paint(title.upper(), "heading")]
        if title == "Patient rows":
            lines += ["", *_rows_of_patients(records, width, paint)]
            continue
        for record in records:
            lines += ["", *record_lines(record, width, paint)]
    return "".join(line.rstrip() + "\n" for line in lines)


def study_heading(study: StudyFacts, width: int | None, paint: Paint) -> list[str]:
    """Write the title of a study, and its name."""
    return [
        *(paint(part, "heading") for part in wrap_to(study.title, width)),
        paint(f"study {study.name}", "quiet"),
    ]


def _rows_of_patients(records: Sequence[RecordFacts], width: int | None, paint: Paint) -> list[str]:
    """Lay the patients of a study out as one table, as the source does; the words are left out."""
    told = [{fact.label: ", ".join(fact.texts) for fact in record.facts} for record in records]
    labels = dict.fromkeys(label for facts in told for label in facts)
    cells = {label: [facts.get(label, "") for facts in told] for label in labels}
    shared = {label: several[0] for label, several in cells.items() if len(set(several)) == 1}
    lines = [f"{label} {text}" for label, text in shared.items()]
    columns = [
        Column(label, several, numbers=all(each[:1].isdigit() for each in several if each))
        for label, several in cells.items()
        if label not in shared
    ]
    names = [record.name for record in records]
    table = lay_out([*columns, Column("record", names)], width, paint)
    return [*lines, "", *table.splitlines()] if lines else table.splitlines()


def record_lines(
    record: RecordFacts, width: int | None, paint: Paint = plain, *, words: bool = True
) -> list[str]:
    """Lay out one record.

    Args:
        record: The record.
        width: The columns of the terminal; None for no wrapping.
        paint: Puts a style on a text.
        words: Whether the words that the facts rest on follow below them.

    Returns:
        The lines: what it is, its facts, what is not stated, and the words.
    """
    indent = _INDENT * record.depth
    room = None if width is None else width - len(indent)
    body_room = None if room is None else room - len(_INDENT)
    facts = list(shown_facts(record))
    if record.not_stated:
        facts.append((NOT_STATED, ", ".join(record.not_stated)))
    label_width = max((width_of(label) for label, _ in facts), default=0)
    body: list[str] = []
    for label, text in facts:
        body += labelled(label, text, label_width, body_room, paint)
    if words:
        for evidence, number in numbered_evidence(record).items():
            body += labelled(f"[{number}]", quoted(evidence), 0, body_room)
    lines = heading_of(record, room, paint) + [_INDENT + line for line in body]
    return [indent + line for line in lines]


def heading_of(record: RecordFacts, width: int | None, paint: Paint) -> list[str]:
    """Write what a record is about, its kind, and its name."""
    title = one_line(record.title)
    details = [each for each in (record.kind_label, record.name) if each != title]
    rest = " · ".join(details)
    if width is None or width_of(f"{title} · {rest}") <= width:
        return [paint(title, "heading") + paint(f" · {rest}", "quiet")]
    return [*(paint(part, "heading") for part in wrap(title, width)), paint(rest, "quiet")]


def wrap_to(text: str, width: int | None) -> Sequence[str]:
    """Break a text into lines, or not at all where there is no width."""
    return [one_line(text)] if width is None else wrap(one_line(text), width)


def study_markdown(study: StudyFacts) -> str:
    """Write everything that is held about a study as Markdown."""
    lines = [f"# {escaped(study.title)}", "", f"Study `{study.name}`"]
    for title, records in study.sections.items():
        lines += ["", f"## {title}"]
        for record in records:
            lines += ["", *record_markdown(record)]
    return "\n".join(lines).strip() + "\n"


def record_markdown(record: RecordFacts) -> list[str]:
    """Write one record as Markdown: a heading, a list of facts, and the words for them."""
    kind = f"{record.kind_label}, `{record.name}`"
    heading = f"### {escaped(record.title)} ({kind})"
    lines = [f"- {escaped(label)}: {escaped(text)}" for label, text in shown_facts(record)]
    if record.not_stated:
        lines.append(f"- {NOT_STATED}: {', '.join(record.not_stated)}")
    lines += [
        f"- \\[{number}\\] {escaped(quoted(evidence))}"
        for evidence, number in numbered_evidence(record).items()
    ]
    return [heading, "", *lines] if lines else [heading]


def escaped(text: str) -> str:
    r"""Write a text so that Markdown shows it as it is.

    Example:
        >>> print(escaped("p < 0.05 * [1]"))
        p \< 0.05 \* \[1\]
    """
    return "".join("\\" + each if each in r"\`*_[]<>#|" else each for each in one_line(text))


def evidence_object(evidence: Evidence) -> dict[str, object]:
    """Write evidence as an object of JSON; what is not known is left out."""
    fields: dict[str, object] = {
        "iri": evidence.iri.value,
        "supports": [each.value for each in evidence.supports],
        "status": status_of(evidence) or None,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "json_pointer": evidence.json_pointer,
        "source": evidence.source and evidence.source.value,
        "reasoning": evidence.reasoning,
        "premises": [each.value for each in evidence.premises],
        "recorded_by": evidence.recorded_by and evidence.recorded_by.value,
        "recorded_on": evidence.recorded_on,
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def record_object(record: RecordFacts) -> dict[str, object]:
    """Write a record as an object of JSON."""
    return {
        "iri": record.iri.value,
        "name": record.name,
        "kind": record.kind.value,
        "kind_label": record.kind_label,
        "title": record.title,
        "facts": [
            {
                "property": fact.property.value,
                "label": fact.label,
                "values": [
                    {"text": text, "value": getattr(node, "value", str(node))}
                    for node, text in zip(fact.nodes, fact.texts, strict=True)
                ],
                "evidence": [each.iri.value for each in fact.evidence],
            }
            for fact in record.facts
        ],
        "not_stated": list(record.not_stated),
        "evidence": [evidence_object(each) for each in numbered_evidence(record)],
    }


def study_object(study: StudyFacts) -> dict[str, object]:
    """Write everything that is held about a study as an object of JSON."""
    return {
        "iri": study.iri.value,
        "title": study.title,
        "sections": {
            title: [record_object(record) for record in records]
            for title, records in study.sections.items()
        },
    }
