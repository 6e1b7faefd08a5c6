"""The pages and records of the Kataster."""

from kataster.models.map import MapPage

__all__ = ["MapPage"]
