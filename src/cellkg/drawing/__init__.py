"""Pictures of the evidence: pages that work offline, and stills for print."""
