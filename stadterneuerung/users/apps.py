from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "stadterneuerung.users"
    label = "users"
    verbose_name = "Benutzerkonten"
