from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"
    verbose_name = "Kontakt"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registering them is their import
