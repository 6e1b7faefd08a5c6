"""What a crawl of the site shows to be wrong, by subject; each finding is a line that names its page."""

from collections import defaultdict
from collections.abc import Callable

from tools.audit import document as rules
from tools.audit.crawler import Crawl, broken_links
from tools.audit.document import Document

SHOWN_TYPES = 2  # the fullest and the emptiest page of each type


def samples(page_types: dict[str, list[str]], crawl: Crawl, per_type: int = SHOWN_TYPES) -> list[str]:
    """Return paths that stand for all page types: of each the page with the most HTML, and the one with the least."""
    chosen = []
    for paths in page_types.values():
        reached = [path for path in paths if path in crawl.answers and crawl.answers[path].is_page]
        by_length = sorted(reached, key=lambda path: len(crawl.answers[path].body), reverse=True)
        chosen += by_length[:1] + (by_length[-1:] if per_type > 1 and len(by_length) > 1 else [])
    return chosen


def documents(crawl: Crawl) -> list[tuple[str, Document]]:
    return [(page.address, page.document) for page in crawl.pages]


def without_head(crawl: Crawl) -> list[str]:
    return [
        f"{address}: {', '.join(missing)} fehlt"
        for address, document in documents(crawl)
        if (missing := rules.missing_in_head(document))
    ]


def shared_titles(crawl: Crawl) -> list[str]:
    """Return titles of more than one document; a filtered list is the same document as the whole one."""
    canonicals = defaultdict(set)
    for address, document in documents(crawl):
        canonicals[document.title].add(document.canonical or address)
    return [f"„{title}“: {', '.join(sorted(found))}" for title, found in canonicals.items() if len(found) > 1]


def in_documents(crawl: Crawl, rule) -> list[str]:
    """Return what `rule` (document → list of words) finds on all pages."""
    return [f"{address}: {problem}" for address, document in documents(crawl) for problem in rule(document)]


def sitemap_errors(crawl: Crawl) -> list[str]:
    """Return addresses in the sitemap that are no page, or one whose canonical address is another."""
    wrong = []
    for address in crawl.in_sitemap:
        answer = crawl.answers.get(address)
        if answer is None or not answer.is_page:
            wrong.append(f"{address}: {answer.status if answer else 'fremde Adresse'}")
        elif not answer.document.canonical.endswith(address):
            wrong.append(f"{address}: Canonical ist {answer.document.canonical}")
    return wrong


def server_errors(crawl: Crawl) -> list[str]:
    return [f"{answer.status} {address}" for address, answer in crawl.answers.items() if answer.status >= 500]


def cookies(crawl: Crawl) -> list[str]:
    return [f"{address}: {cookie}" for address, answer in crawl.answers.items() for cookie in answer.cookies]


# Subject → rule; each needs the crawl alone.
RULES: dict[str, Callable[[Crawl], list[str]]] = {
    "Serverfehler": server_errors,
    "defekte Links": broken_links,
    "fremde Adressen im HTML": lambda crawl: crawl.foreign_resources,
    "Cookies in Antworten": cookies,
    "Seiten ohne Titel, Beschreibung oder Canonical": without_head,
    "doppelte Titel": shared_titles,
    "Überschriften": lambda crawl: in_documents(crawl, rules.heading_errors),
    "Bilder ohne Alternativtext": lambda crawl: in_documents(crawl, rules.images_without_alt),
    "doppelte ids": lambda crawl: in_documents(crawl, rules.repeated_ids),
    "Stil oder Skript in der Seite": lambda crawl: in_documents(crawl, lambda document: document.inline),
    "Sitemap": sitemap_errors,
}


def from_crawl(crawl: Crawl) -> dict[str, list[str]]:
    """Return all findings that need no browser, by subject."""
    return {subject: rule(crawl) for subject, rule in RULES.items()}
