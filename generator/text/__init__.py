"""The words of papers: cleaned up, and read for formulas, addresses, identifiers and links."""
