"""Give outlines that were stored before the size and checksum that saving gives now."""

from django.db import migrations

from areas import outlines


def measure(apps, schema_editor):
    for stored in apps.get_model("areas", "AreaGeometry").objects.filter(checksum=""):
        try:
            outline = outlines.read(stored.geojson)
        except outlines.OutlineError:
            continue  # an editor is told what is wrong with it when it is opened
        stored.geojson, stored.hectares, stored.checksum = outline.geojson, outline.hectares, outline.checksum
        stored.bbox_west, stored.bbox_south, stored.bbox_east, stored.bbox_north = outline.bbox
        stored.save()


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_measured_outlines_and_addresses")]

    operations = [migrations.RunPython(measure, migrations.RunPython.noop, elidable=True)]
