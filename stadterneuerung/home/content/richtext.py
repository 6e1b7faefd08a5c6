"""Markdown becomes the HTML that Wagtail keeps in its database."""

import re
from collections.abc import Callable

import markdown
from django.utils.html import escape

from stadterneuerung.home.content.errors import ContentError

# Which HTML elements a feature of Wagtail's editor may hold; "p" and "br" are always there.
_ELEMENTS = {
    "h2": {"h2"},
    "h3": {"h3"},
    "bold": {"strong", "b"},
    "italic": {"em", "i"},
    "ul": {"ul", "li"},
    "ol": {"ol", "li"},
    "link": {"a"},
}
_TAG = re.compile(r"<(\w+)")
_PAGE_LINK = re.compile(r'<a href="page:(?P<path>[^"]*)">(?P<text>.*?)</a>', re.DOTALL)
_BOLD = re.compile(r"<(/?)strong>")
_ITALIC = re.compile(r"<(/?)em>")
# The star of "Eigentümer*innen" is a letter, no emphasis.
_GENDER_STAR = re.compile(r"(?<=\w)\*(?=\w)")

# Address of a page → its id, or None while it has none (or a person has deleted it).
FindPage = Callable[[str], int | None]


def to_rich_text(text: str, features: list[str], find_page: FindPage) -> str:
    """Return `text` as Wagtail stores it. `[Text](page:/projekte/)` becomes a link that survives a move of its page.

    Raise ContentError if the text uses what the field's editor does not offer: an editor could not keep it.
    """
    text = _GENDER_STAR.sub(r"\*", text.strip())
    html = markdown.markdown(text, extensions=["sane_lists"], output_format="html")
    allowed = {"p", "br"}.union(*(_ELEMENTS.get(feature, set()) for feature in features))
    if foreign := sorted(set(_TAG.findall(html)) - allowed):
        raise ContentError(f"Dieses Feld kennt kein {', '.join(f'<{tag}>' for tag in foreign)}: {text[:60]!r}")
    html = _ITALIC.sub(r"<\1i>", _BOLD.sub(r"<\1b>", html))

    def link(match: re.Match) -> str:
        pk = find_page(match["path"])
        return match["text"] if pk is None else f'<a linktype="page" id="{escape(pk)}">{match["text"]}</a>'

    return _PAGE_LINK.sub(link, html)
