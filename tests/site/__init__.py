"""Tests of the whole site, as MkDocs makes it of the project's own content."""
