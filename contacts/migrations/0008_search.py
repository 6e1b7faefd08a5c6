"""Full-text indexes over what people wrote and over notes about it, on PostgreSQL; elsewhere there is nothing to do.

A change of the function or of the columns (`contacts.desk.search.SEARCHED`) needs a migration that makes both anew.
"""

from django.db import migrations

# Letters are folded by name, since lower() knows umlauts in some locales only. What stands between words becomes a blank:
# the parser would otherwise keep addresses and case numbers as one word. Six texts, since one index covers six columns.
_FUNCTION = """
CREATE FUNCTION contacts_words(
    text, text DEFAULT '', text DEFAULT '', text DEFAULT '', text DEFAULT '', text DEFAULT ''
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$func$
SELECT to_tsvector('pg_catalog.simple'::regconfig, translate(
    replace(replace(replace(replace(replace(replace(replace(replace(
        lower($1 || ' ' || $2 || ' ' || $3 || ' ' || $4 || ' ' || $5 || ' ' || $6),
        'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'Ä', 'ae'), 'Ö', 'oe'), 'Ü', 'ue'), 'ẞ', 'ss'),
    '!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~„“”‚‘’«»‹›–—…•·§€',
    repeat(' ', 49)
))
$func$
"""
_INDEXES = {
    "contacts_enquiry_words": "contacts_enquiry USING gin (contacts_words"
    "(reference, name, email, phone, message, wanted_alternative))",
    "contacts_event_words": "contacts_enquiryevent USING gin (contacts_words(text))",
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(_FUNCTION, params=None)  # it holds a percent sign
    for name, rest in _INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {rest}")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in _INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    schema_editor.execute("DROP FUNCTION IF EXISTS contacts_words(text, text, text, text, text, text)")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0007_worker_beat")]
    operations = [migrations.RunPython(create, remove)]
