"""The words of an HTML mail, in lines; what it quotes is marked with ">" as in a plain one."""

import re
from html import unescape
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title", "template", "noscript"}
_BLOCKS = {"address", "blockquote", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
_BLOCKS |= {"article", "body", "footer", "form", "header", "section", "table", "tr", "ul"}
_PARAGRAPHS = {"p", "ul", "ol", "table", "h1", "h2", "h3"}


def text_of(html: str) -> str:
    """Return the text; markup that no parser understands is cut out as it stands."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # html.parser gives up this way
        return unescape(re.sub(r"<[^<>]*>", " ", html))
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent: list[str] = []
        self._depth = 0

    def text(self) -> str:
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag, attrs):
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._break(always=True)
        elif tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self._depth += 1

    def handle_startendtag(self, tag, attrs):
        if tag == "br":
            self._break(always=True)
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag):
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        if tag in _PARAGRAPHS and self._lines and not self._silent:
            self._lines.append("> " * min(self._depth, 5) if self._depth else "")

    def handle_data(self, data):
        # A body begins where a head was not closed.
        if not self._silent:
            self._line.append(data)

    def _break(self, *, always: bool = False) -> None:
        line = " ".join("".join(self._line).split())
        self._line.clear()
        if line or always:
            self._lines.append("> " * min(self._depth, 5) + line)
