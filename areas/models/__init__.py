from .addresses import Address, AddressDelivery, Street
from .areas import AreaFigure, AreaIndexPage, AreaPage
from .geometry import AreaGeometry
from .studies import StudyIndexPage, StudyPage
from .uploads import OutlineUpload

__all__ = [
    "Address",
    "AddressDelivery",
    "AreaFigure",
    "AreaGeometry",
    "AreaIndexPage",
    "AreaPage",
    "OutlineUpload",
    "Street",
    "StudyIndexPage",
    "StudyPage",
]
