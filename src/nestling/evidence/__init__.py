"""Claims, sources, contradictions and the case for change."""
