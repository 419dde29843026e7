"""Forms for other systems: KGX, nanopublications and FHIR."""
