"""Accounts to try the admin with; their passwords are made once and stay on this machine."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from wagtail.users.models import UserProfile

from stadterneuerung.home.roles import ADMINISTRATORS, APPROVERS, CASEWORKERS, DATA_PROTECTION, EDITORS
from stadterneuerung.organisation.models import Membership, OrganisationUnit

ACCOUNTS = {
    "redaktion": (EDITORS, "Redaktion", "Probe"),
    "freigabe": (APPROVERS, "Freigabe", "Probe"),
    "verwaltung": (ADMINISTRATORS, "Verwaltung", "Probe"),
    "sachbearbeitung": (CASEWORKERS, "Sachbearbeitung", "Probe"),
    "datenschutz": (DATA_PROTECTION, "Datenschutz", "Probe"),
}
# Whose enquiries an account sees: the unit's own, and those of the units below it.
MEMBERSHIPS = {"redaktion": "amt", "sachbearbeitung": "citymanagement"}


class Command(BaseCommand):
    help = "Legt die Probezugänge an (einen je Rolle); Passwörter stehen in var/accounts.txt."

    def handle(self, *args, **options):
        if not settings.SITE_PREVIEW:
            raise CommandError("Probezugänge gibt es nur in der Vorschau.")
        path = settings.VAR_DIR / "accounts.txt"
        kept = dict(line.split(maxsplit=1) for line in path.read_text().splitlines()) if path.exists() else {}
        users = get_user_model().objects
        for username, (group, first_name, last_name) in ACCOUNTS.items():
            user, created = users.get_or_create(
                username=username,
                defaults={
                    "first_name": first_name,
                    "last_name": last_name,
                    "email": f"{username}@stadterneuerung.example",
                },
            )
            if created or username not in kept:
                kept[username] = secrets.token_urlsafe(12)
                user.set_password(kept[username])
                user.save()
                user.groups.set([Group.objects.get(name=group)])
                UserProfile.objects.get_or_create(user=user, defaults={"preferred_language": "de"})
                for unit in OrganisationUnit.objects.filter(key=MEMBERSHIPS.get(username)):
                    Membership.objects.get_or_create(user=user, unit=unit)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("".join(f"{name} {password}\n" for name, password in kept.items()))
        if options["verbosity"]:
            self.stdout.write(path.read_text())
