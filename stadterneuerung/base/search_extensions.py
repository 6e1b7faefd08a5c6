"""What the search needs of PostgreSQL to find typos: two extensions, a function and two indexes; nothing elsewhere.

The owner of a database may create both extensions (they are trusted since PostgreSQL 13).
"""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
from modelsearch.conf import get_app_config

# unaccent() depends on a dictionary and so may not stand in an index; this wrapper names the dictionary.
_CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION f_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$func$ SELECT public.unaccent('public.unaccent', $1) $func$
"""
_COLUMNS = ("title_text", "body_text")


def create_indexes(apps, schema_editor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(_CREATE_FUNCTION)
    table = schema_editor.quote_name(get_app_config().get_model("IndexEntry")._meta.db_table)
    for column in _COLUMNS:
        index = f"CREATE INDEX IF NOT EXISTS search_{column}_similar ON {table}"
        schema_editor.execute(f"{index} USING gin (f_unaccent({column}) gin_trgm_ops)")


def remove_indexes(apps, schema_editor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in _COLUMNS:
        schema_editor.execute(f"DROP INDEX IF EXISTS search_{column}_similar")
    schema_editor.execute("DROP FUNCTION IF EXISTS f_unaccent(text)")


def operations() -> list:
    """Return the operations for a migration that depends on the newest one of "wagtailsearch"."""
    return [UnaccentExtension(), TrigramExtension(), migrations.RunPython(create_indexes, remove_indexes)]
