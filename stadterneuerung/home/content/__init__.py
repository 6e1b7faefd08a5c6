"""Readable content (fixtures/*.yaml) on its way into the database; see docs/betrieb.md for the command."""
