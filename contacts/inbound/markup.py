"""The words of an HTML mail, in lines; what it quotes is marked with ">" as in a plain one."""

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title", "template", "noscript"}
_BLOCKS = {"address", "blockquote", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
_BLOCKS |= {"article", "body", "footer", "form", "header", "section", "table", "tr", "ul"}
_PARAGRAPHS = {"p", "ul", "ol", "table", "h1", "h2", "h3"}


_STRAY = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_DECLARATION = re.compile(r"<[!?][^<>]*>")


def text_of(html: str) -> str:
    reader = _Reader()
    reader.feed(_tamed(html))
    reader.close()
    return reader.text()


def _tamed(html: str) -> str:
    """Return markup without what Python's parser gives up on, or takes time for that grows with the square of it:
    comments, declarations and tags without an end.
    """
    kept = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    kept.append(html[at:])
    return _DECLARATION.sub("", _STRAY.sub("&lt;", "".join(kept)))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent = ""  # the tag whose words nobody sees
        self._depth = 0

    def text(self) -> str:
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag, attrs):
        if tag == "body":  # begins where a head was not closed, too
            self._silent = ""
        if tag in _SILENT:
            self._silent = self._silent or tag
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
        if tag == self._silent:
            self._silent = ""
        elif tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        if tag in _PARAGRAPHS and self._lines and not self._silent:
            self._lines.append("> " * min(self._depth, 5) if self._depth else "")

    def handle_data(self, data):
        if not self._silent:
            self._line.append(data)

    def _break(self, *, always: bool = False) -> None:
        line = " ".join("".join(self._line).split())
        self._line.clear()
        if line or always:
            self._lines.append("> " * min(self._depth, 5) + line)
