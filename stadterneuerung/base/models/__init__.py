from .media import CustomDocument, CustomImage, CustomRendition
from .pages import BasePage
from .records import DatedFigure, OpenQuestion, Tombstone
from .settings import SiteSettings
from .taxonomy import Topic

__all__ = [
    "BasePage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "DatedFigure",
    "OpenQuestion",
    "SiteSettings",
    "Tombstone",
    "Topic",
]
