"""Each study at a glance, and what relates studies: what pictures and tables are made from."""

from cellkg.overview.network import study_network
from cellkg.overview.relations import RELATION_KINDS, Relation, Words, read_relations
from cellkg.overview.selection import Selection, select
from cellkg.overview.studies import People, StudyOverview, read_studies

__all__ = [
    "RELATION_KINDS",
    "People",
    "Relation",
    "Selection",
    "StudyOverview",
    "Words",
    "read_relations",
    "read_studies",
    "select",
    "study_network",
]
