"""Records out of JSON text: one study, a list page, a bare list, or JSON Lines of any of these."""

from __future__ import annotations

import io
import json
import re
from itertools import count

from cellkg.importers.reading.byte_window import ByteWindow
from cellkg.importers.reading.limits import MAX_HEAD_BYTES, MAX_RECORD_BYTES, MIB
from cellkg.importers.reading.raw_record import RawRecord, Refusal, printable
from cellkg.importers.reading.value_cutting import CutOffError, EndlessTextError, cut_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from cellkg.importers.reading.raw_record import Place

_PAGE: Final = re.compile(
    rb"""
    \s*+ \{ \s*+
    (?: "[^"\\]*+" \s*+ : \s*+ (?: "(?:[^"\\]|\\.)*+" | [-+.\w]++ ) \s*+ , \s*+ )*
    "studies" \s*+ : \s*+ \[
    """,
    re.VERBOSE | re.DOTALL,
)
"""A list page up to its list; what stands in front are its total and its token."""

_FIRST_KEY: Final = re.compile(rb'\s*+\{\s*+("[^"]*+")')
_LINE_END: Final = re.compile(rb"\n")
_NO_SPACE: Final = re.compile(rb"[^ \t\r\n]")
_SECOND_LINE: Final = re.compile(rb'[^\n]*+\n\s*+\{"')
_SECOND_LINE_NO_ELEMENT: Final = re.compile(rb'[^\n]*[^\s\[,:][ \t\r]*\n\s*+\{"')
_KEY_BYTES: Final = 1000
_OBJECT: Final = ord("{")
_LIST: Final = ord("[")
_LIST_END: Final = ord("]")
_OBJECT_END: Final = ord("}")
_COMMA: Final = ord(",")
_COLON: Final = ord(":")
_SPACE: Final = b" \t\r\n"

_TOO_LARGE: Final = f"It is larger than {MAX_RECORD_BYTES // MIB} MiB; no registry record is."
_ENDLESS_TEXT: Final = (
    f"A text in it is longer than {MAX_RECORD_BYTES // MIB} MiB; the rest was not read."
)
_CUT_OFF: Final = "It is cut off: the JSON ends too early. Get the file again."


class _NoListError(Exception):
    """What stands here cannot be in a list or page."""


def json_records(window: ByteWindow, place: Place) -> Iterator[RawRecord | Refusal]:
    """Read the records of JSON text whose first byte is an opening bracket, or JSON Lines.

    Args:
        window: The text from its beginning, without a byte-order mark.
        place: The file it is in.

    Yields:
        Each record as printed, and a refusal where something gave none. Why the stream itself broke
        off is left to the caller.
    """
    return _line_records(window, place) if is_lines(window) else _documents(window, place)


def is_lines(window: ByteWindow) -> bool:
    r"""Tell whether every line is a record of its own.

    They are where the first line is a whole JSON value. Where it is not, it may be damaged: a line
    that begins with ``{`` after one that does not end with ``[``, ``,`` or ``:`` cannot belong to
    the same value. After one that does, it may be an element; but not where both begin with the
    same key, as an element is never of the same kind as what it is in.

    Example:
        >>> import io
        >>> [
        ...     is_lines(ByteWindow(io.BytesIO(text).read))
        ...     for text in (b'{"a": 1}\n\n{"a": 2}', b'{"a": 1,\n{"a": 2}', b'{"a": [\n{"b": 2}]}')
        ... ]
        [True, True, False]
    """
    head = window.peek(MAX_HEAD_BYTES)
    bare = head.lstrip()
    if not bare.startswith(b"{"):
        second = _SECOND_LINE_NO_ELEMENT if bare.startswith(b"[") else _SECOND_LINE
        return second.match(bare) is not None
    if _PAGE.match(head):
        return False
    end = _find(window, _LINE_END, len(head) - len(bare))
    begin = None if end is None else _find(window, _NO_SPACE, end)
    if end is None or begin is None:
        return True  # a single line: one record, or too long for one
    first = window.peek(end)
    if _is_whole(first):
        return True
    following = window.peek(begin + _KEY_BYTES)[begin:]
    if not following.startswith(b"{"):
        return False
    unfinished = first.rstrip().endswith((b"[", b",", b":"))
    return not unfinished or _first_key(first) == _first_key(following)


def _find(window: ByteWindow, pattern: re.Pattern[bytes], begin: int) -> int | None:
    """Find a pattern of one byte, counted from the start of the window, within a record's size."""
    searched = begin
    while True:
        found = pattern.search(window.data, window.start + searched)
        if found is not None:
            return found.start() - window.start
        searched = window.pending
        if searched - begin > MAX_RECORD_BYTES or not window.grow():
            return None


def _first_key(line: bytes) -> bytes | None:
    found = _FIRST_KEY.match(line)
    return None if found is None else found[1]


def _line_records(window: ByteWindow, place: Place) -> Iterator[RawRecord | Refusal]:
    for number, line in _lines(window):
        if line == b"":
            continue
        here = place._replace(line=number)
        if line is None:
            yield Refusal(here, _TOO_LARGE, "too large")
        elif line.startswith(b"[") or _PAGE.match(line):
            yield from _documents(ByteWindow(io.BytesIO(line).read), here)
        else:
            yield RawRecord(here, line)


def _lines(window: ByteWindow) -> Iterator[tuple[int, bytes | None]]:
    """Read line by line; None stands for one that is too long."""
    number = 1
    searched = 0
    too_long = False
    while True:
        end = window.data.find(b"\n", window.start + searched)
        if end >= 0:
            line = window.data[window.start : end].strip(_SPACE)
            window.start = end + 1
            yield number, None if too_long or len(line) > MAX_RECORD_BYTES else line
            number += 1
            searched = 0
            too_long = False
            continue
        searched = window.pending
        if searched > MAX_RECORD_BYTES:
            too_long = True
            window.start = len(window.data)
            searched = 0
        if not window.grow():
            line = window.data[window.start :].strip(_SPACE)
            window.start = len(window.data)
            if window.damage is None or _is_whole(line):
                yield number, None if too_long else line
            return


def _is_whole(line: bytes) -> bool:
    """Tell whether a line is a JSON value from beginning to end."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _documents(window: ByteWindow, place: Place) -> Iterator[RawRecord | Refusal]:
    """Read one JSON value after the other; only lists and pages are looked into."""
    places = (place._replace(number=number) for number in count(1))
    try:
        while (first := window.next_byte()) is not None:
            yield from _document(window, first, places)
    except CutOffError:
        if window.damage is None:
            yield Refusal(next(places), _CUT_OFF, "damaged")
    except EndlessTextError:
        yield Refusal(next(places), _ENDLESS_TEXT, "too large")
    except _NoListError:
        shown = printable(window.peek(20).decode(errors="replace"))
        reason = f"It is not JSON from here on: '{shown}'; the rest was not read."
        yield Refusal(next(places), reason, "malformed")


def _document(
    window: ByteWindow, first: int, places: Iterator[Place]
) -> Iterator[RawRecord | Refusal]:
    page = _PAGE.match(window.peek(MAX_HEAD_BYTES))
    if page is not None:
        window.start += page.end()
        yield from _elements(window, places)
        _pass_over_rest(window)
    elif first == _LIST:
        window.start += 1
        yield from _elements(window, places)
    elif first == _OBJECT:
        yield _record(cut_value(window), next(places))
    else:
        raise _NoListError


def _record(value: bytes | None, place: Place) -> RawRecord | Refusal:
    return Refusal(place, _TOO_LARGE, "too large") if value is None else RawRecord(place, value)


def _elements(window: ByteWindow, places: Iterator[Place]) -> Iterator[RawRecord | Refusal]:
    """Read the elements of a list, from behind its opening bracket to behind its closing one."""
    byte = _next(window)
    if byte == _LIST_END:
        window.start += 1
        return
    while True:
        if byte in b",]}:":
            raise _NoListError
        yield _record(cut_value(window), next(places))
        byte = _next(window)
        if byte not in (_LIST_END, _COMMA):
            raise _NoListError
        window.start += 1
        if byte == _LIST_END:
            return
        byte = _next(window)


def _pass_over_rest(window: ByteWindow) -> None:
    """Pass over what stands in a list page after its list."""
    while _next(window) != _OBJECT_END:
        _expect(window, _COMMA)
        _next(window)
        if cut_value(window) == b'"studies"':
            raise _NoListError  # a second list; which one is meant?
        _next(window)
        _expect(window, _COLON)
        _next(window)
        cut_value(window)
    window.start += 1


def _next(window: ByteWindow) -> int:
    byte = window.next_byte()
    if byte is None:
        raise CutOffError
    return byte


def _expect(window: ByteWindow, byte: int) -> None:
    if window.data[window.start] != byte:
        raise _NoListError
    window.start += 1
