"""The account of an editor; nothing else lives in this app, or its first migration would be circular."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who signs in to the admin. Rights come from groups, the unit from organisation.Membership."""

    class Meta:
        verbose_name = "Benutzerkonto"
        verbose_name_plural = "Benutzerkonten"
