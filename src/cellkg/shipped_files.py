"""Where the folders that come with cellkg are: inside the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from cellkg.errors import ShippedFolderMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    FolderName = Literal["ontology", "graphs", "queries"]

# From the module itself, never from site-packages: an editable install leaves an old copy there.
_PACKAGE = Path(__file__).parent


def folder(name: FolderName) -> Path:
    """Find one of the three data folders.

    An installed wheel carries them in ``cellkg/_shipped``; in a checkout they stand beside
    ``pyproject.toml``, so that edits are seen at once.

    Args:
        name: "ontology", "graphs" or "queries".

    Returns:
        The absolute path of a folder that exists.

    Raises:
        ShippedFolderMissing: It is in neither place; the message names both.

    Example:
        >>> folder("ontology").name
        'ontology'
    """
    shipped = _PACKAGE / "_shipped" / name
    if shipped.is_dir():
        return shipped
    checkout = _PACKAGE.parent.parent
    checked_out = checkout / name
    if (checkout / "pyproject.toml").is_file() and checked_out.is_dir():
        return checked_out
    raise ShippedFolderMissing(name, [shipped, checked_out])
