"""Identifiers as people write them, and in their one tidy form."""

from __future__ import annotations

import re
from typing import NamedTuple

from cellkg.errors import UserInputError
from cellkg.identifiers.registries import REGISTRIES, SPACES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

_FLAGS: Final = re.IGNORECASE | re.ASCII


class Identifier(NamedTuple):
    """An identifier in its one tidy form.

    Attributes:
        prefix: The registry, by its prefix in Bioregistry.
        value: The identifier inside the registry.

    Example:
        >>> identifier = recognise("https://doi.org/10.3390/JCM8122102")
        >>> identifier.curie, identifier.iri
        ('doi:10.3390/jcm8122102', 'https://doi.org/10.3390/jcm8122102')
    """

    prefix: str
    value: str

    @property
    def curie(self) -> str:
        """The compact identifier, as ``ckg:identifier`` has it."""
        return f"{self.prefix}:{self.value}"

    @property
    def iri(self) -> str:
        """The address that leads to the thing."""
        from urllib.parse import quote

        return REGISTRIES[self.prefix].address + quote(self.value, safe="/:;().-_~!$&'*+,=@")


def recognise(text: str) -> Identifier:
    """Read one identifier, in any form in which people write it.

    Args:
        text: The identifier, alone or after its name, as a compact identifier or as an address.

    Returns:
        The identifier in its tidy form.

    Raises:
        UserInputError: It is none known here, or its check digits are wrong; the message shows how
            a right one looks.

    Example:
        >>> recognise("EudraCT number 2006-006163-12").curie
        'euclinicaltrials:2006-006163-12'
        >>> recognise("PMID: 31779196").iri
        'https://pubmed.ncbi.nlm.nih.gov/31779196'
        >>> recognise("NCT123")
        Traceback (most recent call last):
        ...
        cellkg.errors.UserInputError: 'NCT123' is no identifier of ClinicalTrials.gov; those look
        like NCT00222573.
    """
    bare = text.strip()
    for prefix, registry in REGISTRIES.items():
        found = re.fullmatch(_written(prefix), bare, _FLAGS)
        if found is None or (registry.bare == "never" and not found["head"]):
            continue
        value = registry.tidy(_bare_value(found))
        if not value:
            continue
        if registry.is_sound(value):
            return Identifier(prefix, value)
        raise UserInputError(
            f"'{text}' has wrong check digits for {registry.name}; look for a typing error.",
            value=text,
        )
    raise _explain(text)


def find_identifiers(text: str) -> list[Identifier]:
    """Find the identifiers that a text holds.

    What only looks like one is passed over: a number with wrong check digits, and a bare number
    that nothing says the registry of.

    Args:
        text: A sentence, a page or a whole document.

    Returns:
        The identifiers in the order of the text, each once.

    Example:
        >>> [
        ...     each.curie
        ...     for each in find_identifiers(
        ...         "Registered as NCT 01895439 (doi: 10.1186/s13287-020-01827-0)."
        ...     )
        ... ]
        ['clinicaltrials:NCT01895439', 'doi:10.1186/s13287-020-01827-0']
    """
    found = sorted(_occurrences(text))
    return list(dict.fromkeys(identifier for _, identifier in found))


def _written(prefix: str) -> str:
    """Give the pattern of an identifier with what may stand before and after it."""
    registry = REGISTRIES[prefix]
    resolver = rf"https?://(?:bioregistry\.io|identifiers\.org)/{prefix}[:/]"
    head = rf"{prefix}:[{SPACES}]*|{resolver}|{registry.heads}"
    return rf"(?P<head>{head})?(?P<value>{registry.pattern})(?(head)/?)"


def _bare_value(found: re.Match[str]) -> str:
    value = found["value"]
    if "://" in (found["head"] or ""):
        from urllib.parse import unquote

        return unquote(value)
    return value


def _occurrences(text: str) -> Iterator[tuple[int, Identifier]]:
    for prefix, registry in REGISTRIES.items():
        for found in re.finditer(rf"(?<![\w.-]){_written(prefix)}(?![\w])", text, _FLAGS):
            if not found["head"] and (
                registry.bare in {"alone", "never"}
                or (registry.bare == "outside addresses" and text[: found.start()].endswith("/"))
            ):
                continue
            value = registry.tidy(_bare_value(found))
            if value and registry.is_sound(value):
                yield found.start(), Identifier(prefix, value)


def _explain(text: str) -> UserInputError:
    for prefix, registry in REGISTRIES.items():
        if re.match(rf"{prefix}:|{registry.heads}|{registry.stem}", text.strip(), _FLAGS):
            return UserInputError(
                f"'{text}' is no identifier of {registry.name}; those look like"
                f" {registry.example}.",
                value=text,
                suggestions=[registry.example],
            )
    examples = [f"{each.example} ({each.name})" for each in REGISTRIES.values()]
    return UserInputError(
        f"'{text}' is no identifier known here; those look like {', '.join(examples)}.", value=text
    )
