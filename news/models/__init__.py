from .event_lists import EventIndexPage, EventSeriesPage
from .events import EventPage
from .news import NewsIndexPage, NewsPage

__all__ = ["EventIndexPage", "EventPage", "EventSeriesPage", "NewsIndexPage", "NewsPage"]
