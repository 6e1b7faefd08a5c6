"""Licences that a data set may have: their text, and their name in dcat-ap.de/def/licenses."""

from areas.models import AreaGeometry

Licence = AreaGeometry.Licence
VOCABULARY = "http://dcat-ap.de/def/licenses/"
TEXTS = {
    Licence.DL_DE_ZERO: "https://www.govdata.de/dl-de/zero-2-0",
    Licence.DL_DE_BY: "https://www.govdata.de/dl-de/by-2-0",
    Licence.CC_ZERO: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
}
# Whoever uses the data must say whose they are, in words that the office chooses.
WITH_ATTRIBUTION = {Licence.DL_DE_BY, Licence.CC_BY}
