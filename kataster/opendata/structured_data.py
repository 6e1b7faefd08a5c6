"""JSON-LD of a data set (schema.org) for search engines. What is not decided or not known is left out."""

from typing import Any

from django.utils.translation import get_language

from kataster.opendata.datasets import DataSet, State
from kataster.opendata.writers import FORMATS
from news.structured_data import PUBLISHER


def described(page, data_set: DataSet, state: State) -> dict[str, Any]:
    """Return the data set as `page`, its catalogue, offers it."""
    base = page.full_url
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}{data_set.slug}/#datensatz",
        "name": str(data_set.title),
        "description": f"{data_set.summary} {data_set.rule}",
        "url": f"{base}{data_set.slug}/",
        "inLanguage": get_language(),
        "keywords": [str(keyword) for keyword in data_set.keywords],
        "isAccessibleForFree": True,
        "license": page.licence_url,
        "creditText": page.attribution,
        "dateModified": state.as_of.isoformat() if state.as_of else None,
        "spatialCoverage": "Dortmund",
        "publisher": PUBLISHER,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": page.title, "url": base},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": FORMATS[ending].name,
                "encodingFormat": FORMATS[ending].media_type,
                "contentUrl": f"{base}{data_set.slug}.{ending}",
            }
            for ending in data_set.formats
        ],
    }
    return {key: value for key, value in data.items() if value not in (None, "")}
