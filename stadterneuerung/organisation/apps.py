from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "stadterneuerung.organisation"
    label = "organisation"
    verbose_name = "Organisation"
