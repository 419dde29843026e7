"""What an answer rests on, laid out for people."""

from __future__ import annotations

import json

from cellkg.cli.record_screen import (
    heading_of,
    numbered_evidence,
    quoted,
    record_lines,
    record_object,
    status_of,
    study_heading,
    wrap_to,
)
from cellkg.cli.screen import Column, labelled, lay_out, one_line, plain
from cellkg.graph.names import short_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.cli.screen import Paint
    from cellkg.graph.fact_reader import RecordFacts
    from cellkg.graph.grounds import Grounds
    from cellkg.graph.study_facts import StudyFacts
    from cellkg.records import Evidence

_INDENT = "  "
_LABEL_WIDTH = len("recorded")
_HARM_STATEMENTS = ("no serious adverse events", "general safety claim")


def as_json(value: object) -> bytes:
    """Write a value as JSON, with a line feed at its end."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def grounds_screen(found: Grounds, width: int | None, paint: Paint = plain) -> str:
    """Lay out what a record rests on, and what speaks against it.

    Args:
        found: The record with its grounds.
        width: The columns of the terminal; None for no wrapping.
        paint: Puts a style on a text.

    Returns:
        The text, with a line feed at its end.
    """
    record = found.record
    lines = [paint(short_name(record.iri.value), "heading"), ""]
    lines += record_lines(record, width, paint, words=False)
    lines += ["", paint("THE WORDS IT RESTS ON", "heading")]
    for evidence, number in numbered_evidence(record).items():
        lines += ["", *_evidence_lines(found, evidence, number, width, paint)]
    if not numbered_evidence(record):
        lines += ["", "No evidence is recorded for it."]
    lines += ["", paint("WHAT SPEAKS AGAINST IT", "heading"), ""]
    for each in found.discrepancies:
        lines += [*heading_of(each, width, paint), *_discrepancy_lines(each, record.name, width)]
    if not found.discrepancies:
        lines.append("Nothing that is recorded here.")
    if found.others:
        lines += ["", paint("OTHER RECORDS ON THE SAME MATTER", "heading"), ""]
        lines += lay_out(_columns_of_others(found.others), width, paint).splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def _discrepancy_lines(discrepancy: RecordFacts, own: str, width: int | None) -> list[str]:
    concerned = ", ".join(name for name in discrepancy.texts("concerns") if name != own)
    told = [discrepancy.text("explanation"), f"It also concerns {concerned}." if concerned else ""]
    return [_INDENT + line for each in told if each for line in wrap_to(each, _less(width))]


def _columns_of_others(others: Sequence[RecordFacts]) -> list[Column]:
    told = [
        "; ".join(f"{fact.label} {', '.join(fact.texts)}" for fact in each.facts) for each in others
    ]
    words = ["; ".join(map(quoted, numbered_evidence(each))) for each in others]
    return [
        Column("what it says", told, prose=True),
        Column("the words", words, prose=True),
        Column("record", [each.name for each in others]),
    ]


def _less(width: int | None) -> int | None:
    return None if width is None else width - len(_INDENT)


def _evidence_lines(
    found: Grounds, evidence: Evidence, number: int, width: int | None, paint: Paint
) -> list[str]:
    record = found.record
    home = record.iri.value.partition("#")[0]
    shown = [fact.label for fact in record.facts if fact.property in evidence.supports]
    words = "no words of a source"
    if evidence.quote:
        words = f"“{one_line(evidence.quote)}”"
    elif evidence.json_pointer:
        words = "a field of the registry record"
    details = {
        "shows": ", ".join(shown),
        "source": "" if evidence.source is None else source_text(found.sources[evidence.source]),
        "place": place_of(evidence),
        "status": status_of(evidence),
        "because": one_line(evidence.reasoning or ""),
        "from": ", ".join(short_name(each.value, home) for each in evidence.premises),
        "recorded": ", ".join(
            each
            for each in (
                evidence.recorded_on,
                evidence.recorded_by and found.agents[evidence.recorded_by],
            )
            if each
        ),
    }
    lines = list(labelled(f"[{number}]", words, 0, width, paint))
    for label, text in details.items():
        if text:
            indented = labelled(label, text, _LABEL_WIDTH, _less(_less(width)), paint)
            lines += [_INDENT * 2 + each for each in indented]
    return lines


def source_text(source: RecordFacts) -> str:
    """Say in one line what a source is: its title, kind, review, and whose study it retells."""
    reviewed = {"yes": "peer reviewed", "no": "not peer reviewed"}.get(source.text("peerReviewed"))
    retells = source.text("retells")
    details = [source.text("sourceKind"), reviewed, f"retells {retells}" if retells else ""]
    told = "; ".join(each for each in details if each)
    return f"{one_line(source.title)} ({told})" if told else one_line(source.title)


def place_of(evidence: Evidence) -> str:
    """Say where in its source a quote stands."""
    if evidence.json_pointer:
        return evidence.json_pointer
    if evidence.start is None or evidence.end is None:
        return ""
    return f"characters {evidence.start} to {evidence.end} of the text as read"


def grounds_object(found: Grounds) -> dict[str, object]:
    """Write the grounds of a record as an object of JSON."""
    return {
        "record": record_object(found.record),
        "sources": [record_object(each) for each in found.sources.values()],
        "discrepancies": [record_object(each) for each in found.discrepancies],
        "others_on_the_same_matter": [record_object(each) for each in found.others],
    }


def harms_of(study: StudyFacts) -> list[RecordFacts]:
    """List what a study says about harms: findings, and statements that deny or reassure."""
    statements = [
        each
        for each in study.sections.get("Statements", ())
        if each.text("denies") or each.text("statementKind") in _HARM_STATEMENTS
    ]
    return [*study.sections.get("Adverse events", ()), *statements]


def harms_screen(study: StudyFacts, width: int | None, paint: Paint = plain) -> str:
    """Lay out what was read about a study, and which harms its sources speak of.

    Args:
        study: The facts of the study.
        width: The columns of the terminal; None for no wrapping.
        paint: Puts a style on a text.

    Returns:
        The text, with a line feed at its end.
    """
    lines = [*study_heading(study, width, paint), "", paint("WHAT WAS READ", "heading")]
    for source in study.sections.get("Sources", ()):
        extent = source.text("extentRead") or "how much of it was read is not stated"
        lines += ["", *wrap_to(source_text(source), width)]
        lines += [_INDENT + each for each in labelled("read", extent, 0, _less(width), paint)]
    harms = harms_of(study)
    lines += ["", paint("HARMS IT SPEAKS OF", "heading"), ""]
    if harms:
        lines += lay_out(_harm_columns(harms), width, paint).splitlines()
        lines += ["", "About every other adverse event it is silent."]
    else:
        lines.append("None: it is silent about every adverse event.")
    return "".join(line.rstrip() + "\n" for line in lines)


def _harm_columns(harms: list[RecordFacts]) -> list[Column]:
    return [
        Column("answer", [_answer(each) for each in harms]),
        Column("what", [each.text("event") or each.text("denies") or each.title for each in harms]),
        Column("count", [each.text("count") for each in harms], numbers=True),
        Column("at risk", [each.text("atRisk") for each in harms], numbers=True),
        Column("quote", [_first_quote(each) for each in harms], prose=True),
        Column("record", [each.name for each in harms]),
    ]


def _answer(harm: RecordFacts) -> str:
    return harm.text("reporting") or ("denied" if harm.text("denies") else "claimed")


def _first_quote(harm: RecordFacts) -> str:
    quotes = [each.quote for each in numbered_evidence(harm) if each.quote]
    return f"“{one_line(quotes[0])}”" if quotes else ""


def harms_object(study: StudyFacts) -> dict[str, object]:
    """Write what was read about a study and the harms it speaks of as an object of JSON."""
    return {
        "study": study.iri.value,
        "title": study.title,
        "sources": [record_object(each) for each in study.sections.get("Sources", ())],
        "harms": [{"answer": _answer(each), **record_object(each)} for each in harms_of(study)],
        "silent_about": "every other adverse event",
    }
