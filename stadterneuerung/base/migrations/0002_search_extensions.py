"""Let PostgreSQL find typos; nothing on other databases."""

from django.db import migrations

from stadterneuerung.base.search_extensions import operations as search_operations


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial"), ("wagtailsearch", "0010_add_text_fields")]

    operations = search_operations()
