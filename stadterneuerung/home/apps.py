from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "stadterneuerung.home"
    label = "home"
    verbose_name = "Amt und Startseite"
