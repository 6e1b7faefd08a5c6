from .addresses import Address, AddressDelivery, Street
from .areas import AreaFigure, AreaIndexPage, AreaPage
from .geometry import AreaGeometry
from .studies import StudyIndexPage, StudyPage

__all__ = [
    "Address",
    "AddressDelivery",
    "AreaFigure",
    "AreaGeometry",
    "AreaIndexPage",
    "AreaPage",
    "Street",
    "StudyIndexPage",
    "StudyPage",
]
