"""All data sets, in the order in which they are shown."""

from kataster.opendata.places import AREA_SET, OUTLINE_SET, STUDY_SET
from kataster.opendata.work import EVENT_SET, OFFER_SET, PROJECT_SET

DATA_SETS = (AREA_SET, OUTLINE_SET, PROJECT_SET, OFFER_SET, EVENT_SET, STUDY_SET)
BY_SLUG = {data_set.slug: data_set for data_set in DATA_SETS}
