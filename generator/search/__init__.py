"""Search without a server: an index in many small files, of which a query fetches the few it needs.

Pagefind makes it. It reads no finished site but one small page a public paper (:mod:`.pages`), so
it depends on no builder, knows papers alone, and runs while pages are rendered (:mod:`.indexing`).
What it makes is put in order (:mod:`.canonical`) and becomes ``pagefind/`` of the site, where
``templates/overrides/assets/javascripts/search.js`` asks it.
"""
