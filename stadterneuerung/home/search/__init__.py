"""The site's search: one service over pages, documents, units and service points.

words     what was typed, as words and their German spellings
sources   where to look, and what the public may see there
kinds     projects, areas, news …: what the facets count
ranking   which entry comes first
excerpts  a piece of text around the hit, with the hit marked
hits      what the list shows of an entry
service   `search()`, which puts it together
"""

from stadterneuerung.home.search.service import SearchResults, search

__all__ = ["SearchResults", "search"]
