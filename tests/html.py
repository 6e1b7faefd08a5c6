"""What a reader sees of an HTML page: headings, words, links."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HIDDEN = {"script", "style", "template", "head", "title", "svg"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Document:
    """`headings`, `text` (all visible words, single spaces) and `links` (own addresses without query and fragment)."""

    headings: list[str] = field(default_factory=list)
    text: str = ""
    links: set[str] = field(default_factory=set)


def squeeze(text: str) -> str:
    """Return `text` with each run of white space, no-break spaces included, as one space; soft hyphens go."""
    return re.sub(r"\s+", " ", html.unescape(text).replace("\u00ad", "")).strip()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self._words: list[str] = []
        self._heading: list[str] | None = None
        self._hidden: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if tag in _HEADINGS:
            self._heading = []
        href = dict(attributes).get("href") or ""
        if tag == "a" and href.startswith("/") and not href.startswith("//"):
            self.document.links.add(re.split(r"[?#]", href)[0])

    def handle_endtag(self, tag):
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag in _HEADINGS and self._heading is not None:
            self.document.headings.append(squeeze("".join(self._heading)))
            self._heading = None

    def handle_data(self, data):
        if self._hidden:
            return
        self._words.append(data)
        if self._heading is not None:
            self._heading.append(data)

    def finish(self) -> Document:
        self.close()
        self.document.text = squeeze("".join(self._words))
        return self.document


def read(response) -> Document:
    """Return the Document of a Django response."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.finish()


def rows_of_tables(page: str) -> list[list[str]]:
    """Return the words of each cell, row by row, of all tables in a piece of HTML."""
    rows = re.findall(r"<tr\b[^>]*>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[squeeze(re.sub(r"<[^>]+>", "", cell)) for cell in row] for row in cells]
