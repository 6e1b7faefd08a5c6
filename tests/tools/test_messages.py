"""Message catalogues compiled in Python are read by gettext itself."""

import gettext
import io

import pytest

from tools.messages import CatalogueError, encode, read_catalogue

HEADER = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


def compiled(tmp_path, text: str) -> gettext.GNUTranslations:
    path = tmp_path / "django.po"
    path.write_text(HEADER + "\n" + text, encoding="utf-8")
    return gettext.GNUTranslations(io.BytesIO(encode(read_catalogue(path))))


def test_translations_contexts_and_plurals(tmp_path):
    catalogue = compiled(
        tmp_path,
        """
        #. a comment
        #: news/models.py:12
        msgid "Öffnungszeiten"
        msgstr ""
        "Opening "
        "\\"hours\\"\\n"

        msgctxt "Schlagwort"
        msgid "Tag"
        msgstr "Tag"

        msgid "%(count)s Tag"
        msgid_plural "%(count)s Tage"
        msgstr[0] "%(count)s day"
        msgstr[1] "%(count)s days"
        """,
    )

    assert catalogue.gettext("Öffnungszeiten") == 'Opening "hours"\n'
    assert catalogue.pgettext("Schlagwort", "Tag") == "Tag"
    assert catalogue.gettext("Tag") == "Tag"
    assert catalogue.ngettext("%(count)s Tag", "%(count)s Tage", 1) == "%(count)s day"
    assert catalogue.ngettext("%(count)s Tag", "%(count)s Tage", 3) == "%(count)s days"


def test_unsure_old_and_empty_entries_are_left_out(tmp_path):
    catalogue = compiled(
        tmp_path,
        """
        #, fuzzy, python-format
        msgid "Projekt"
        msgstr "Projection"

        #~ msgid "Amt"
        #~ msgstr "Office"

        msgid "Gebiet"
        msgstr ""

        msgid "Karte"
        msgstr "Map"
        """,
    )

    assert [catalogue.gettext(text) for text in ("Projekt", "Amt", "Gebiet", "Karte")] == [
        "Projekt",
        "Amt",
        "Gebiet",
        "Map",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('msgid "a"\nmsgstr "b', "django.po:8: unerwartete Zeile"),
        ('msgid "a"\nmsgstr "\\x"\n', "django.po:8: "),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "„a“ steht doppelt im Katalog"),
    ],
)
def test_broken_catalogue_names_the_place(tmp_path, text, reason):
    with pytest.raises(CatalogueError) as error:
        compiled(tmp_path, text)

    assert reason in str(error.value)
