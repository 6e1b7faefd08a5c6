"""German is the source language of what citizens read; other languages are added by catalogue and by tree."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Locale

from tests.factories import ProjectPageFactory

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ["stadterneuerung", "areas", "projects", "news", "jobs", "contacts", "kataster"]
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
TAG = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')(?:[^%]*?context\s+"([^"]*)")?""")
BLOCK = re.compile(
    r"""{%\s*blocktranslate(?P<args>[^%]*)%}(?P<text>.*?)"""
    r"""(?:{%\s*plural\s*%}(?P<plural>.*?))?{%\s*endblocktranslate\s*%}""",
    re.DOTALL,
)


def messages_in_python() -> set[tuple[str | None, str]]:
    """Return (context, message) of each message in our Python code."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if name in PLAIN:
                    found |= {(None, message) for message in words}
                elif name in WITH_CONTEXT and words:
                    found |= {(words[0], message) for message in words[1:]}
    return found


def messages_in_templates() -> set[tuple[str | None, str]]:
    """Return (context, message) of each message in our templates."""
    found = set()
    for path in (ROOT / "templates").rglob("*.*"):
        source = path.read_text()
        for double, single, context in TAG.findall(source):
            found.add((context or None, double or single))
        for match in BLOCK.finditer(source):
            trimmed = "trimmed" in match["args"]
            for text in filter(None, (match["text"], match["plural"])):
                message = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text)
                if trimmed:
                    message = " ".join(line.strip() for line in message.splitlines() if line.strip())
                found.add((None, message))
    return found


def test_messages_are_found():
    assert (None, "Projekt") in messages_in_python()
    assert len(messages_in_templates()) > 50


def test_german_stays_german():
    """A message that Django or Wagtail translate too (such as "Tag") would turn into something else."""
    with translation.override("de"):
        changed = {
            (context, message)
            for context, message in messages_in_python() | messages_in_templates()
            if message and (pgettext(context, message) if context else gettext(message)) != message
        }

    assert changed == set()


@pytest.mark.django_db
def test_second_language_lives_below_its_code(client, home_page):
    """English start page and project below /en/, with their language and links between the two."""
    project = ProjectPageFactory(title="Speicherstraße", slug="speicherstrasse")
    english = Locale.objects.create(language_code="en")
    home_page.copy_for_translation(english)
    project.get_parent().copy_for_translation(english)
    copy = project.copy_for_translation(english)
    for page in (*home_page.get_translations(), *project.get_parent().get_translations(), copy):
        page.specific.save_revision().publish()

    response = client.get(copy.get_url())
    german = client.get(project.get_url())

    assert copy.get_url().startswith("/en/")
    assert response.status_code == 200
    assert '<html lang="en"' in response.content.decode()
    assert 'hreflang="de"' in response.content.decode()
    assert 'hreflang="en"' in german.content.decode()
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert response.headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_no_language_link_before_a_translation_is_live(client, home_page):
    response = client.get("/")

    assert "hreflang" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/tr/", "/en/projekte/", "/ar/gibtsnicht/"])
def test_a_language_without_pages_is_not_there(client, home_page, address):
    """German pages under another language's name would be read out in the wrong voice, and exist twice."""
    response = client.get(address)

    assert response.status_code == 404
    assert response.headers["Content-Language"] == "de"
    assert '<html lang="de"' in response.content.decode()
