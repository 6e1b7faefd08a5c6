"""Give each milestone that was stored before an identity of its own, in the page and in the page's versions."""

import uuid

from django.db import migrations


def identify(apps, schema_editor):
    Milestone = apps.get_model("projects", "Milestone")
    given = {}
    for milestone in Milestone.objects.all():
        milestone.uid = uuid.uuid4()
        milestone.save(update_fields=["uid"])
        # A version made before its milestones were stored knows no keys: then the title tells which one is meant.
        given.setdefault(str(milestone.page_id), {}).update(
            {milestone.pk: milestone.uid, milestone.title: milestone.uid}
        )
    versions = apps.get_model("wagtailcore", "Revision").objects.filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page", object_id__in=given
    )
    for version in versions.iterator():
        own = given[version.object_id]
        for entry in version.content.get("milestones", []):
            if uid := own.get(entry.get("pk")) or own.get(entry.get("title")):
                entry["uid"] = str(uid)
        version.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_milestone_identity"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(identify, migrations.RunPython.noop, elidable=True)]
