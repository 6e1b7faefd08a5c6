from .attachments import ProjectDocument, ProjectFigure, ProjectGalleryImage
from .funding import FundingOfferPage, OfferStep
from .milestones import Milestone
from .notices import FundingNotice
from .offer_index import FundingIndexPage
from .participation import ParticipationIndexPage, ParticipationPage
from .programmes import FundingProgramme
from .project_index import ProjectIndexPage
from .projects import ProjectPage

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
