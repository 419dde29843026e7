"""Cut one JSON value out of a stream, exactly as it is printed and without parsing it.

Streaming parsers give values back changed: half a character becomes a question mark, the first of
two equal keys is gone, and one malformed record ends the list. A value that is cut out is parsed
strictly later, in the process that needs it, and if it is malformed only this one is lost.
"""

from __future__ import annotations

import re

from cellkg.importers.reading.limits import MAX_RECORD_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from cellkg.importers.reading.byte_window import ByteWindow

_QUOTE: Final = ord('"')
_BACKSLASH: Final = ord("\\")
_OPENING: Final = frozenset(b"{[")
_CLOSING: Final = frozenset(b"}]")

_SCALAR_END: Final = re.compile(rb"[\s,\]\[}{:\"]")


def _long_run(levels: int) -> bytes:
    """Write the pattern of what can be passed over in one go, brackets inside brackets included.

    Where the data end within a text or a bracket, the run ends before it. Atomic groups and bounded
    counts keep the memory of the matcher small; possessive groups go wrong before Python 3.11.5.
    """
    plain = rb'[^"\[\]{}]*+'
    text = rb'"[^"\\]*+(?>(?:\\.[^"\\]*+){0,1000})"'
    part = text
    for _ in range(levels):
        inside = plain + rb"(?>(?:(?:" + part + rb")" + plain + rb"){0,1000})"
        part = text + rb"|\{" + inside + rb"\}|\[" + inside + rb"\]"
    return plain + rb"(?>(?:(?:" + part + rb")" + plain + rb"){0,1000})"


# Two levels are the fastest for real records; with none it takes almost twice as long.
_LONG_RUN: Final = re.compile(_long_run(2), re.DOTALL)


class CutOffError(Exception):
    """The stream ends within a value."""


class EndlessTextError(Exception):
    """One text is longer than a whole record may be."""


def cut_value(window: ByteWindow) -> bytes | None:
    """Cut out the value at which the window starts.

    Args:
        window: Starts at the first byte of a value; afterwards, behind its last.

    Returns:
        The value as printed; None if it is larger than a record may be, and then it is passed over
        in small memory.

    Raises:
        CutOffError: The stream ends within the value.
        EndlessTextError: A text in it is too long to find its end in small memory.

    Example:
        >>> import io
        >>> from cellkg.importers.reading.byte_window import ByteWindow
        >>> window = ByteWindow(io.BytesIO(b'{"a": [1.50, "}"]}, 2').read)
        >>> window.next_byte(), cut_value(window)
        (123, b'{"a": [1.50, "}"]}')
    """
    first = window.data[window.start]
    if first in _OPENING:
        return _cut_brackets(window)
    if first == _QUOTE:
        end = _text_end(window, 0)
        return _take(window, end)
    return _cut_scalar(window)


def _cut_brackets(window: ByteWindow) -> bytes | None:
    whole = True
    depth = 1
    done = 1  # counted from the start of the window, which moves when it grows
    while True:
        at = _LONG_RUN.match(window.data, window.start + done).end()  # type: ignore[union-attr] # it matches nothing, too
        done = at - window.start
        if done > MAX_RECORD_BYTES:
            whole = False
        if not whole:
            window.start, done = at, 0
        if at == len(window.data):
            if not window.grow():
                raise CutOffError
            continue
        byte = window.data[at]
        if byte == _QUOTE:
            done = _text_end(window, done)
            continue
        if byte in _OPENING:
            depth += 1
        elif byte in _CLOSING:
            depth -= 1
        else:
            continue  # a run of the greatest length: the next begins here
        done += 1
        if depth == 0:
            value = _take(window, done)
            return value if whole and len(value) <= MAX_RECORD_BYTES else None


def _text_end(window: ByteWindow, done: int) -> int:
    """Find where a text ends, both counted from the start of the window."""
    searched = done + 1
    while True:
        at = window.data.find(b'"', window.start + searched)
        if at >= 0:
            searched = at + 1 - window.start
            if _is_unescaped(window.data, at):
                return searched
            continue
        searched = max(searched, window.pending)
        if searched - done > MAX_RECORD_BYTES:
            raise EndlessTextError
        if not window.grow():
            raise CutOffError


def _is_unescaped(data: bytes, at: int) -> bool:
    before = at
    while data[before - 1] == _BACKSLASH:
        before -= 1
    return (at - before) % 2 == 0


def _cut_scalar(window: ByteWindow) -> bytes:
    """Cut out a number or a word; whatever follows it ends it."""
    while True:
        # from the second byte on, so that something is cut out even where there is no value
        end = _SCALAR_END.search(window.data, window.start + 1)
        if end is not None:
            return _take(window, end.start() - window.start)
        if window.pending > MAX_RECORD_BYTES:
            raise EndlessTextError
        if not window.grow():
            return _take(window, window.pending)


def _take(window: ByteWindow, size: int) -> bytes:
    taken = window.data[window.start : window.start + size]
    window.start += size
    return taken
