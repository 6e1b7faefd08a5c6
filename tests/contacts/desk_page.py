"""The page of one enquiry as a browser uses it."""

import re

from django.urls import reverse

from contacts.models import Enquiry


def address(enquiry: Enquiry) -> str:
    return reverse("enquiry:edit", args=[enquiry.pk])


def send(client, enquiry: Enquiry, act: str, *, version: int | None = None, seen: int = 0, **data):
    """Send the form of an act, as it was shown for this version."""
    version = enquiry.version if version is None else version
    fields = {f"{act}-{name}" if name != "insert" else name: value for name, value in data.items()}
    return client.post(address(enquiry), {"act": act, "version": version, "seen": seen, **fields})


def offered(response) -> list[str]:
    return re.findall(r'name="act" value="(\w+)"', response.text)
