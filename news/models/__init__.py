from .events import EventIndexPage, EventPage, EventSeriesPage
from .news import NewsIndexPage, NewsPage

__all__ = ["EventIndexPage", "EventPage", "EventSeriesPage", "NewsIndexPage", "NewsPage"]
