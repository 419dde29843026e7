"""Exact counts, and that a difference is noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from cellkg.importers.reading import Place, RawRecord, parse
from cellkg.intake import counting, verify

if TYPE_CHECKING:
    from pathlib import Path

MakeRecord = Callable[..., Any]
Lines = Callable[..., bytes]

EXPECTED = {
    "adverse event rows": 1,
    "adverse event statistics": 2,
    "people affected": 3,
    "result groups": 2,
    "arms": 2,
    "facilities": 2,
    "references": 1,
}
"""What stands in each of the made-up records; everything else is 0 in them."""


def test_the_counts_of_records_and_graphs_agree(
    tmp_path: Path, record: MakeRecord, lines: Lines
) -> None:
    file = tmp_path / "records.jsonl"
    file.write_bytes(lines(record(1), record(2, cells=False)) + b"[1]\n")
    outcome = verify([file])
    assert outcome.records == 2
    assert outcome.differences == ()
    assert len(outcome.refusals) == 1
    assert +outcome.totals == {what: 2 * count for what, count in EXPECTED.items()}


@pytest.mark.parametrize("what", sorted(EXPECTED))
def test_a_difference_is_noticed(
    what: str, tmp_path: Path, record: MakeRecord, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = counting.counts_of_record

    def off_by_one(raw: dict[str, Any]) -> Any:  # noqa: ANN401 - a counter
        counts = original(raw)
        counts[what] += 1
        return counts

    monkeypatch.setattr(counting, "counts_of_record", off_by_one)
    file = tmp_path / "records.jsonl"
    file.write_bytes(lines(record(1)))
    (difference,) = verify([file]).differences
    assert (difference.nct_id, difference.what) == ("NCT00000001", what)
    assert difference.in_record == difference.in_graph + 1


def test_every_count_is_of_something(record: MakeRecord, lines: Lines) -> None:
    """The sides name the same things, so that none is compared with nothing."""
    raw = parse(RawRecord(Place("here"), lines(record(1)).strip()))
    assert set(counting.counts_of_record(raw)) == set(counting.COUNTED)
