"""The account of what came in, and what became of it."""
