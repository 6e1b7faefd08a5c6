"""JSON-LD of the office itself (schema.org GovernmentOffice)."""

from typing import Any

from stadterneuerung.base.models import SiteSettings


def government_office(page) -> dict[str, Any]:
    """Return the office as JSON-LD; unknown parts of the address are left out."""
    facts = SiteSettings.load()
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
