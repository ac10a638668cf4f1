"""A static site generator for curated research-paper digests.

The pipeline, once (see ARCHITECTURE.md for the map and the invariants)::

    listing --sources--> SourceRecord --identity--> content/ --tagging, digest--> Digest
            --render, feeds, exports--> {path: text} --write--> build/docs --MkDocs--> site/
"""

__version__ = "0.1.0"
