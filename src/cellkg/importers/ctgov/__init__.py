"""Study records of ClinicalTrials.gov, API version 2."""

from cellkg.importers.ctgov.importing import ImportedStudy, import_study, version_of

__all__ = ["ImportedStudy", "import_study", "version_of"]
