"""Study records from the live API of ClinicalTrials.gov, version 2, kept as they were received.

::

    study_query   what is asked for, as the parameters of the API
    study_page    one page of the answer: each record with the very characters it came in
    pace          how often the registry is asked
    registry      HTTP: time limits, size limits, asking again
    fetch_state   how far a fetch has come, and what it asked for
    record_folder the folder with the records and the state: every file whole or not there
    fetching      a fetch from beginning to end: new, continued, or what changed since

Nothing here understands a study; ``cellkg import ctgov`` does that with what was kept.
"""

from cellkg.importers.ctgov_api.fetching import Fetched, fetch_into, fetch_to
from cellkg.importers.ctgov_api.registry import DEFAULT_API, Registry
from cellkg.importers.ctgov_api.study_query import StudyQuery

__all__ = ["DEFAULT_API", "Fetched", "Registry", "StudyQuery", "fetch_into", "fetch_to"]
