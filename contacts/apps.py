from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"
    verbose_name = "Kontakt"

    def ready(self) -> None:
        from contacts.figures.median import add_to_sqlite

        from . import checks  # noqa: F401 - registering them is their import

        connection_created.connect(add_to_sqlite, dispatch_uid="contacts.median")
