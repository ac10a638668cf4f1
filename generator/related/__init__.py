"""Papers that are about the same."""
