"""An evidence graph of cell therapy in people.

Every number can show the words it came from, and every answer says what is denied, what is unknown
and what is silent.
"""

from cellkg.version import __version__

__all__ = ["__version__"]
