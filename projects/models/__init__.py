from .funding import FundingIndexPage, FundingOfferPage, FundingProgramme, OfferStep
from .notices import FundingNotice
from .participation import ParticipationIndexPage, ParticipationPage
from .projects import Milestone, ProjectDocument, ProjectFigure, ProjectGalleryImage, ProjectIndexPage, ProjectPage

__all__ = [
    "FundingIndexPage",
    "FundingNotice",
    "FundingOfferPage",
    "FundingProgramme",
    "Milestone",
    "OfferStep",
    "ParticipationIndexPage",
    "ParticipationPage",
    "ProjectDocument",
    "ProjectFigure",
    "ProjectGalleryImage",
    "ProjectIndexPage",
    "ProjectPage",
]
