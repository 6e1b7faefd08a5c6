"""The site's search: one service over pages, documents, units and service points.

words     what was typed, as words and their German spellings
sources   where to look, and what the public may see there
excerpts  a piece of text around the hit, with the hit marked
service   `search()`, which puts it together
"""

from stadterneuerung.home.search.service import Hit, SearchResults, search

__all__ = ["Hit", "SearchResults", "search"]
