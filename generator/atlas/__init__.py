"""The map of papers: every paper a point, near papers near."""
