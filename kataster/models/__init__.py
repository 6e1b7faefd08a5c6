"""The pages and records of the Kataster."""

from kataster.models.address_check import AddressCheckPage
from kataster.models.background import MapBackground
from kataster.models.data import DataCataloguePage
from kataster.models.map import MapPage

__all__ = ["AddressCheckPage", "DataCataloguePage", "MapBackground", "MapPage"]
