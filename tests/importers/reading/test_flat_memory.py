"""Whole processes read far more than they may hold."""

import subprocess
import sys
from pathlib import Path

import pytest

READER = """
import sys
from pathlib import Path
from cellkg.importers.reading import RawRecord, read_records

records = sum(isinstance(each, RawRecord) for each in read_records([Path(sys.argv[1])]))
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(records, status["VmHWM"].split()[0])
"""

STUDIES = 13_000
STUDY = (
    b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001"},"descriptionModule":'
    b'{"briefSummary":"' + b"x [] \\\\" * 2270 + b'"}}}'
)


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the peak of a process since it was started"
)
@pytest.mark.parametrize(
    ("opening", "between", "closing"),
    [(b"[", b",", b"]"), (b'{"studies":[', b",", b"]}"), (b"", b"\n", b"")],
    ids=["bare list", "list page", "JSON Lines"],
)
def test_200_megabytes_are_read_in_less_than_150(
    opening: bytes, between: bytes, closing: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(opening + STUDY)
        for _ in range(STUDIES - 1):
            file.write(between + STUDY)
        file.write(closing)
    assert path.stat().st_size > 200_000_000
    printed = subprocess.run(
        [sys.executable, "-c", READER, path], capture_output=True, text=True, check=True
    ).stdout
    records, peak_kib = map(int, printed.split())
    assert records == STUDIES
    assert peak_kib < 150_000
