"""Search without a server: an index in many small files, of which a query fetches the few it needs.

Pagefind makes it. It reads no finished site but one small page a public paper (:mod:`.pages`), so
it depends on no builder, knows papers alone, and runs while pages are rendered (:mod:`.indexing`).
What it makes is put in order (:mod:`.canonical`) and becomes ``pagefind/`` of the site, where
``templates/overrides/assets/javascripts/search.js`` asks it. Many papers are divided into groups
(:mod:`.division`), of which each has an index that is kept until its papers change
(:mod:`.keeping`); they lie beside each other (:mod:`.joining`) and ``groups.js`` asks them as one.
"""
