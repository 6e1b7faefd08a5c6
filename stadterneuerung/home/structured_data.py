"""JSON-LD of the office itself (schema.org GovernmentOffice)."""

from typing import Any

from stadterneuerung.base.models import SiteSettings


def government_office(page, request=None) -> dict[str, Any]:
    """Return the office as JSON-LD; unknown parts of the address are left out.

    With a request, the facts are those that footer and contact box have loaded already.
    """
    facts = SiteSettings.load(request_or_site=request)
    address = {
        "@type": "PostalAddress",
        "streetAddress": facts.street,
        "postalCode": facts.postcode,
        "addressLocality": facts.city,
        "addressCountry": "DE",
    }
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": facts.office_name,
        "url": page.full_url,
        "email": facts.mailbox,
        "address": {key: value for key, value in address.items() if value},
        "parentOrganization": {"@type": "GovernmentOrganization", "name": facts.legal_entity},
    }
