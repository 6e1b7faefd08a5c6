from .areas import AreaFigure, AreaIndexPage, AreaPage
from .geometry import AreaGeometry
from .studies import StudyIndexPage, StudyPage

__all__ = ["AreaFigure", "AreaGeometry", "AreaIndexPage", "AreaPage", "StudyIndexPage", "StudyPage"]
