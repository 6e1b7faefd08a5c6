from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "stadterneuerung.base"
    label = "base"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from . import checks, signals  # noqa: F401 - connecting them is their import
