"""What is counted in the trail has a plural of its own; the trail is one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0013_erasure")]

    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "default_permissions": ("view",),
                "ordering": ["-number"],
                "verbose_name": "Zugriff",
                "verbose_name_plural": "Zugriffe",
            },
        ),
    ]
