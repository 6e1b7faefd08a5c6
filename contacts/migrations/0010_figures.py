"""That somebody asked for another form is known apart from their words; reports of barriers are found without the rest."""

from django.db import migrations, models


def note_who_asked(apps, schema_editor):
    apps.get_model("contacts", "Enquiry").objects.exclude(wanted_alternative="").update(wants_alternative=True)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0009_answer_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="wants_alternative",
            field=models.BooleanField(default=False, editable=False, verbose_name="bittet um eine andere Form"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("kind", "barrier")), fields=["created_at"], name="contacts_enquiry_barriers"
            ),
        ),
        migrations.RunPython(note_who_asked, migrations.RunPython.noop, elidable=True),
    ]
