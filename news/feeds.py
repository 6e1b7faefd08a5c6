"""RSS and Atom of the news: all of them, or those about one project."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

NEWEST = 30


class NewsFeed(Feed):
    """RSS 2.0 of a list of news. `page` is the index; `project` narrows the subject, not the items, which are given."""

    def __init__(self, page: Page, items, project: Page | None = None):
        self.page, self.project, self.news = page, project, items

    def title(self) -> str:
        subject = self.project.title if self.project else self.page.title
        return _("%(subject)s – Amt für Stadterneuerung Dortmund") % {"subject": subject}

    def link(self) -> str:
        return self.page.full_url + (f"projekt/{self.project.slug}/" if self.project else "")

    def description(self) -> str:
        return self.project.teaser if self.project else self.page.teaser

    subtitle = description
    language = property(lambda self: get_language())

    def feed_url(self) -> str:
        return f"{self.link()}{self.kind}/"

    kind = "rss"

    def items(self):
        return self.news[:NEWEST]

    def item_title(self, item) -> str:
        return _("Beispiel – kein echtes Angebot: %(title)s") % {"title": item.title} if item.is_example else item.title

    def item_description(self, item) -> str:
        return item.teaser

    def item_link(self, item) -> str:
        return item.full_url

    item_guid = item_link

    def item_pubdate(self, item) -> dt.datetime | None:
        """Return the day; nothing where only the month is known. RSS and Atom can do without, but not with less."""
        return _midnight(item.known_day) if item.known_day else None

    def item_updateddate(self, item) -> dt.datetime:
        """Return the last change, which Atom asks of every entry."""
        return max(item.last_published_at or _midnight(item.date), _midnight(item.date))


class AtomNewsFeed(NewsFeed):
    feed_type = Atom1Feed
    kind = "atom"


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def feed_response(request: HttpRequest, kind: str, page: Page, items, project: Page | None = None) -> HttpResponse:
    """Return the feed of `kind` ("rss" or "atom")."""
    feed = {"rss": NewsFeed, "atom": AtomNewsFeed}[kind]
    return feed(page, items, project)(request)
