"""From ``build/docs`` to ``site/``: what MkDocs does, on all cores, where something changed."""
