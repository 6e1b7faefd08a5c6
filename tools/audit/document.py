"""What an HTML page says, collected in one pass, and what is wrong with it by the rules of the house."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADING = re.compile(r"h[1-6]")
SPACE = re.compile(r"\s+")
# Attributes that make a browser fetch something by itself, and those that a visitor follows.
RESOURCES = {
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("audio", "src"),
    ("track", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("use", "href"),
    ("image", "href"),
    ("input", "src"),
}
FETCHED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
FOLLOWED_RELATIONS = {"canonical", "alternate", "next", "prev"}
NOT_SHOWN = {"script", "style", "template"}


@dataclass
class Document:
    """The facts of one page. Addresses are as written; `references` are checked for existence like links."""

    language: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    ids: Counter = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def is_indexable(self) -> bool:
        return "noindex" not in self.robots

    def structured_data(self) -> list[dict]:
        """Return the JSON-LD objects; raises ValueError for what is no JSON."""
        found = []
        for source in self.json_ld:
            data = json.loads(source)
            for item in data if isinstance(data, list) else [data]:
                found += item.get("@graph", [item])
        return found


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.words: list[str] = []
        self.open: list[str] = []  # the elements whose text goes somewhere else than into the visible text
        self.buffer: list[str] = []
        self.in_svg = 0

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        document = self.document
        if values.get("id"):
            document.ids[values["id"]] += 1
        self._inline(tag, values)
        self._addresses(tag, values)
        if tag == "html":
            document.language = values.get("lang") or ""
        elif tag == "svg":
            self.in_svg += 1
        elif tag == "meta":
            self._meta(values)
        elif tag == "img":
            document.images.append(values)
        if tag in NOT_SHOWN or HEADING.fullmatch(tag) or (tag == "title" and not self.in_svg):
            self.open.append(tag)
            self.buffer = []
            self.kind = values.get("type")

    def handle_endtag(self, tag):
        if tag == "svg":
            self.in_svg -= 1
        if not self.open or self.open[-1] != tag:
            return
        self.open.pop()
        text = SPACE.sub(" ", "".join(self.buffer)).strip()
        if tag == "title":
            self.document.title = text
        elif HEADING.fullmatch(tag):
            self.document.headings.append((int(tag[1]), text))
        elif tag == "script" and self.kind == "application/ld+json":
            self.document.json_ld.append("".join(self.buffer))
        elif tag == "style" or (tag == "script" and text):
            self.document.inline.append(f"<{tag}> im Text der Seite")

    def handle_data(self, data):
        if self.open:
            self.buffer.append(data)
        if not self.open or HEADING.fullmatch(self.open[-1]):
            self.words.append(data)

    def _inline(self, tag, values):
        for name in values:
            if name == "style" or name.startswith("on"):
                self.document.inline.append(f"<{tag} {name}=…>")

    def _addresses(self, tag, values):
        document = self.document
        if tag in {"a", "area"} and values.get("href") is not None:
            document.links.append(values["href"])
        elif tag == "form" and values.get("action") and (values.get("method") or "get").lower() == "get":
            document.links.append(values["action"])
        elif tag == "link":
            relations = set((values.get("rel") or "").split())
            if relations & FETCHED_RELATIONS:
                document.resources.append(values.get("href") or "")
            elif relations & FOLLOWED_RELATIONS:
                document.references.append(values.get("href") or "")
            if "canonical" in relations:
                document.canonical = values.get("href") or ""
        document.resources += [values[name] or "" for element, name in RESOURCES if element == tag and name in values]
        if values.get("srcset"):
            document.resources += [part.split()[0] for part in values["srcset"].split(",") if part.strip()]

    def _meta(self, values):
        content = values.get("content") or ""
        if values.get("name") == "description":
            self.document.description = content.strip()
        elif values.get("name") == "robots":
            self.document.robots = content
        elif values.get("property") in {"og:image", "og:url"}:
            self.document.references.append(content)


def read(html: str) -> Document:
    """Return the facts of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.document.text = SPACE.sub(" ", " ".join(reader.words)).strip()
    return reader.document


def missing_in_head(document: Document) -> list[str]:
    names = {"title": document.title, "description": document.description, "canonical": document.canonical}
    return [name for name, value in names.items() if not value]


def heading_errors(document: Document) -> list[str]:
    """Return what is wrong with the headings: one h1, no level skipped on the way down, none empty."""
    levels = [level for level, _ in document.headings]
    errors = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    errors += [
        f"h{after} „{text}“ folgt auf h{before}"
        for before, (after, text) in zip(levels, document.headings[1:], strict=False)
        if after > before + 1
    ]
    return errors + [f"h{level} ohne Text" for level, text in document.headings if not text]


def images_without_alt(document: Document) -> list[str]:
    return [image.get("src") or "?" for image in document.images if "alt" not in image]


def repeated_ids(document: Document) -> list[str]:
    return [name for name, count in document.ids.items() if count > 1]
