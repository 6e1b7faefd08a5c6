from .home import HomePage
from .legal import (
    AccessibilityDefect,
    AccessibilityPage,
    ImprintPage,
    PlainLanguagePage,
    PrivacyPage,
    SignLanguagePage,
)
from .office import OfficeCard, OfficePage, OfficeTheme, OrgChartPage, UnitPage
from .search import SearchPage
from .standard import StandardPage

__all__ = [
    "AccessibilityDefect",
    "AccessibilityPage",
    "HomePage",
    "ImprintPage",
    "OfficeCard",
    "OfficePage",
    "OfficeTheme",
    "OrgChartPage",
    "PlainLanguagePage",
    "PrivacyPage",
    "SearchPage",
    "SignLanguagePage",
    "StandardPage",
    "UnitPage",
]
