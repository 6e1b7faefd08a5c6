"""Accounts of people who work at the desk."""

import itertools

from django.contrib.auth.models import Permission

from stadterneuerung.organisation.models import Membership
from stadterneuerung.users.models import User

_numbers = itertools.count()
CLERK = ("access_admin", "view_enquiry", "change_enquiry")
LEAD = (*CLERK, "view_all_enquiries")


def account(*codenames: str, units=(), **names) -> User:
    """Make an account with these rights that works for these units."""
    user = User.objects.create_user(f"konto-{next(_numbers)}", **names)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    for unit in units:
        Membership.objects.create(user=user, unit=unit)
    return user


def clerk(*units, **names) -> User:
    return account(*CLERK, units=units, **names)


def lead(**names) -> User:
    return account(*LEAD, **names)
