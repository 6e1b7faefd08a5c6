from django.apps import AppConfig


class KatasterConfig(AppConfig):
    name = "kataster"
    label = "kataster"
    verbose_name = "Gebiets- und Förderkataster"
