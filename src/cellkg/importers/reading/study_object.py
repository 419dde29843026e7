"""From the bytes of one record to a study object, strictly."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from cellkg.importers.reading.limits import MAX_NESTING
from cellkg.importers.reading.raw_record import RawRecord, RefusedRecordError, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, NoReturn

    from cellkg.importers.reading.raw_record import RefusalKind

_NCT: Final = re.compile(r"NCT[0-9]{8}")

_LARGEST_INTEGER: Final = (1 << 63) - 1
"""What stores and other programs hold in 64 bits."""

_SURELY_SMALL: Final = 18
_SURELY_LARGE: Final = 20
"""With so many characters an integer is within 64 bits, and with more than so many it is not."""

_LARGEST_EXPONENT: Final = 308
"""That of the largest floating-point number."""

_MAYBE_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")

_SPACED_COLONS: Final = (b" :", b"\t:", b"\n:", b"\r:")
_SPACED_KEY: Final = re.compile(rb'"\s+:')

_RETIRED: Final = (
    "ProtocolSection",
    "Study",
    "FullStudy",
    "FullStudiesResponse",
    "StudyFieldsResponse",
)

_ERROR_KEYS: Final = ("error", "errors", "message", "statusCode")


class _ValueRefusedError(ValueError):
    """Says what is wrong with a value."""


def parse(record: RawRecord) -> dict[str, Any]:
    """Parse a record, and see that it is a study.

    Nothing is repaired: what another program could read differently is refused. Whole numbers
    become `int`, all others `decimal.Decimal`, so that each keeps its value as printed.

    Args:
        record: The record as it was read.

    Returns:
        The study object, which has an NCT number.

    Raises:
        RefusedRecordError: It is no JSON, or JSON that leaves open what is meant (a key given
            twice, half a character), or no study; the message says what it is instead.

    Example:
        >>> from cellkg.importers.reading import Place, RawRecord, parse
        >>> parse(RawRecord(Place("error.json"), b'{"error": "Too many requests"}'))
        Traceback (most recent call last):
        ...
        cellkg.importers.reading.raw_record.RefusedRecordError: error.json: This is an error message
        of the registry, not a study: 'Too many requests'.
    """
    value = _decode(record)
    if _may_repeat_keys(record.data, _count_keys(record, value)):
        _find_repeated_key(record)
    if _MAYBE_SURROGATE.search(record.data):
        _find_half_character(record, value)
    return _study(record, value)


def _decode(record: RawRecord) -> Any:  # noqa: ANN401 - it may be anything that JSON has
    try:
        return _DECODER.decode(record.data.decode())
    except UnicodeDecodeError as error:
        _refuse(record, f"It is not UTF-8 text: byte {error.start + 1} cannot be read.", "damaged")
    except json.JSONDecodeError as error:
        _refuse(record, f"It is not JSON: {_in_words(error)}.", "malformed")
    except _ValueRefusedError as error:
        _refuse(record, str(error), "malformed")
    except RecursionError:
        _refuse(record, _TOO_DEEP, "too large")


_TOO_DEEP = f"Its objects and lists lie more than {MAX_NESTING} deep in each other."


def _refuse(record: RawRecord, reason: str, kind: RefusalKind) -> NoReturn:
    raise RefusedRecordError(record.place, reason, kind)


def _in_words(error: json.JSONDecodeError) -> str:
    at = f"character {error.pos + 1}"
    if error.pos >= len(error.doc.rstrip()):
        return f"it ends too early, at {at}"
    problem = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
    return f"{problem} at {at}, before '{printable(error.doc[error.pos : error.pos + 20])}'"


def _whole_number(printed: str) -> int:
    if len(printed) > _SURELY_SMALL and (
        len(printed) > _SURELY_LARGE or abs(int(printed)) > _LARGEST_INTEGER
    ):
        raise _ValueRefusedError(f"The number {printable(printed)} is larger than 64 bits hold.")
    return int(printed)


def _decimal(printed: str) -> Decimal:
    try:
        number = Decimal(printed)
    except InvalidOperation:
        number = Decimal("Infinity")
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise _ValueRefusedError(f"The number {printable(printed)} is beyond all measure.")
    return number


def _no_number(printed: str) -> NoReturn:
    raise _ValueRefusedError(f"{printed} is no number in JSON.")


_DECODER: Final = json.JSONDecoder(
    parse_float=_decimal, parse_int=_whole_number, parse_constant=_no_number
)


def _count_keys(record: RawRecord, value: object) -> int:
    """Count the keys of all objects, level by level; refuse what has too many levels."""
    keys = 0
    inside = [value]
    for _ in range(MAX_NESTING + 1):
        objects = [each for each in inside if type(each) is dict]
        lists = [each for each in inside if type(each) is list]
        if not objects and not lists:
            return keys
        keys += sum(map(len, objects))
        inside = [each for each_object in objects for each in each_object.values()]
        inside += [each for each_list in lists for each in each_list]
    _refuse(record, _TOO_DEEP, "too large")


def _may_repeat_keys(data: bytes, keys: int) -> bool:
    """Tell whether more keys may be printed than were kept.

    Every key is printed with a colon after its quotation mark, and hardly anything else is. So
    where there are as many of those as keys that were kept, none was given twice. Watching every
    object while it is parsed would take as long as parsing itself.
    """
    if data.count(b'":') != keys:
        return True
    return any(each in data for each in _SPACED_COLONS) and _SPACED_KEY.search(data) is not None


def _find_repeated_key(record: RawRecord) -> None:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        kept: dict[str, object] = {}
        for key, value in pairs:
            if key in kept:
                raise _ValueRefusedError(
                    f"The key '{printable(key)}' is given twice in one object."
                )
            kept[key] = value
        return kept

    try:
        json.loads(record.data, object_pairs_hook=unique, parse_float=str, parse_int=str)
    except _ValueRefusedError as error:
        _refuse(record, str(error), "malformed")


def _find_half_character(record: RawRecord, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(text[error.start]):04x}"
        _refuse(record, f"The text holds half a character ({half}).", "malformed")


def _study(record: RawRecord, value: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Give back what is a study; say what anything else is."""
    if not isinstance(value, dict):
        _refuse(record, f"This is {_TYPES[type(value)]}, not a study.", "not a study")
    protocol = value.get("protocolSection")
    if protocol is None:
        _refuse(record, _what_it_is(value), "not a study")
    identification = protocol.get("identificationModule") if isinstance(protocol, dict) else None
    number = identification.get("nctId") if isinstance(identification, dict) else None
    if number is None:
        missing = "protocolSection.identificationModule.nctId"
        _refuse(record, f"This study has no NCT number: it lacks {missing}.", "malformed")
    if not isinstance(number, str) or not _NCT.fullmatch(number):
        shown = printable(str(number))
        _refuse(
            record,
            f"The NCT number '{shown}' is not NCT and 8 digits, as NCT00222573.",
            "malformed",
        )
    return value


def _what_it_is(value: dict[str, object]) -> str:
    if any(key in value for key in _RETIRED):
        return (
            "This is a record of the registry's retired API: download it again from version 2,"
            " whose studies have a protocolSection."
        )
    for key in _ERROR_KEYS:
        if key in value:
            said = printable(str(value[key]))
            return f"This is an error message of the registry, not a study: '{said}'."
    if isinstance(value.get("studies"), list):
        return "This is a list page inside another list: give the page as a file of its own."
    keys = ", ".join(printable(key) for key in list(value)[:_SHOWN_KEYS]) or "none"
    return f"This is no study: it has no protocolSection; its keys are {keys}."


_SHOWN_KEYS: Final = 5

_TYPES: Final = {
    list: "a list",
    str: "a text",
    int: "a number",
    Decimal: "a number",
    bool: "true or false",
    type(None): "null",
}
