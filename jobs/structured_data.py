"""JSON-LD of vacancies (schema.org JobPosting); only while one can apply."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from jobs.models import DISABILITY_SENTENCE, DIVERSITY_SENTENCE, EQUALITY_SENTENCE


def job_posting(page) -> dict[str, Any]:
    """Return the vacancy; `validThrough` is the last second of the deadline in Europe/Berlin."""
    last_second = timezone.make_aware(dt.datetime.combine(page.deadline, dt.time(23, 59, 59)))
    sentences = (EQUALITY_SENTENCE, DISABILITY_SENTENCE, DIVERSITY_SENTENCE)
    texts = (page.tasks, page.requirements, page.requirements_desired, page.benefits)
    # Readers elsewhere know nothing of our page ids, so links are written out.
    written_out = [expand_db_html(text) for text in texts]
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": page.full_title,
        "description": "".join([_paragraph(page.teaser), *written_out, *map(_paragraph, sentences)]),
        "datePosted": timezone.localdate(page.first_published_at).isoformat() if page.first_published_at else None,
        "validThrough": last_second.isoformat(),
        "employmentType": ["FULL_TIME", "PART_TIME"] if page.part_time_possible else ["FULL_TIME"],
        "jobStartDate": page.start_on.isoformat() if page.start_on else None,
        "directApply": False,
        "url": page.full_url,
        "hiringOrganization": {"@type": "GovernmentOrganization", "name": "Stadt Dortmund"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": page.place, "addressCountry": "DE"},
        },
    }
    return {key: value for key, value in data.items() if value is not None}


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
