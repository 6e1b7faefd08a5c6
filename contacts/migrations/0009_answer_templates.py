"""The first answer templates. Editors change and delete them as they like."""

from django.db import migrations, models

CLOSING = "\n\nFreundliche Grüße\n{Einheit}"

TEMPLATES = [
    (
        "Eingang geprüft, Rückfrage",
        "",
        "{Anrede}\n\n"
        "danke für Ihre Nachricht vom {Eingangsdatum} (Vorgang {Vorgangsnummer}). Wir haben sie geprüft und brauchen "
        "noch eine Angabe von Ihnen, um richtig zu antworten:\n\n"
        "[[Ihre Frage, möglichst nur eine]]\n\n"
        "Sie können einfach auf diese Mail antworten.",
    ),
    (
        "Nicht zuständig",
        "question",
        "{Anrede}\n\n"
        "danke für Ihre Nachricht vom {Eingangsdatum} (Vorgang {Vorgangsnummer}). Dafür ist das Amt für "
        "Stadterneuerung nicht zuständig. Bitte wenden Sie sich an diese Stelle:\n\n"
        "[[Name der Stelle und wie man sie erreicht]]\n\n"
        "Wir haben Ihre Nachricht nicht weitergegeben. Wenn wir das tun sollen, schreiben Sie uns bitte.",
    ),
    (
        "Auskunft zur Förderung",
        "question",
        "{Anrede}\n\n"
        "danke für Ihre Frage vom {Eingangsdatum} (Vorgang {Vorgangsnummer}). Unsere Auskunft dazu:\n\n"
        "[[Was gefördert werden kann, unter welchen Bedingungen, mit Quelle und Stand]]\n\n"
        "Das ist eine erste, unverbindliche Auskunft. Einen Rechtsanspruch auf Förderung gibt es nicht. Bitte fangen "
        "Sie mit einer Maßnahme nicht an, bevor Sie mit uns gesprochen haben: Ein früher Beginn kann eine Förderung "
        "ausschließen.",
    ),
    (
        "Barriere: Zwischennachricht",
        "barrier",
        "{Anrede}\n\n"
        "danke für Ihre Meldung vom {Eingangsdatum} (Vorgang {Vorgangsnummer}). Wir haben sie geprüft. Unsere Antwort "
        "braucht länger als zwei Wochen, weil\n\n"
        "[[Grund in einem Satz]]\n\n"
        "Sie bekommen unsere Antwort spätestens am {Antwort-bis-Datum}.\n\n"
        "Brauchen Sie den Inhalt vorher in anderer Form? Dann antworten Sie bitte auf diese Mail.",
    ),
    (
        "Barriere: Antwort mit Ombudsstelle",
        "barrier",
        "{Anrede}\n\n"
        "danke für Ihre Meldung vom {Eingangsdatum} (Vorgang {Vorgangsnummer}). Unsere Antwort:\n\n"
        "[[Was wir geändert haben oder bis wann wir es ändern; wo es den Inhalt in anderer Form gibt]]\n\n"
        "Hilft Ihnen diese Antwort nicht? Dann können Sie sich an die Ombudsstelle wenden. Sie vermittelt zwischen "
        "Ihnen und uns:\n\n"
        "{Ombudsstelle}\n{Ombudsstelle-Website}\n{Ombudsstelle-Postfach}",
    ),
]


def write_first_templates(apps, schema_editor):
    template = apps.get_model("contacts", "AnswerTemplate")
    for number, (name, kind, text) in enumerate(TEMPLATES, start=1):
        defaults = {"kind": kind, "text": text + CLOSING, "position": number * 10}
        template.objects.get_or_create(name=name, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_search")]

    operations = [
        migrations.AlterField(
            model_name="answertemplate",
            name="text",
            field=models.TextField(
                help_text="Mit Platzhaltern wie {Anrede}; was von Hand zu schreiben ist, steht in [[zwei Klammern]].",
                verbose_name="Text",
            ),
        ),
        migrations.RunPython(write_first_templates, migrations.RunPython.noop),
    ]
