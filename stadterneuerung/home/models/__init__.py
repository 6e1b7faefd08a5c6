from .home import HomePage
from .legal import (
    AccessibilityDefect,
    AccessibilityPage,
    ImprintPage,
    PlainLanguagePage,
    PrivacyPage,
    SignLanguagePage,
)
from .loaded import LoadedContent
from .office import OfficeCard, OfficePage, OfficeTheme, OrgChartPage, UnitPage
from .password_reset import PasswordResetRequest
from .search import SearchPage
from .standard import StandardPage

__all__ = [
    "AccessibilityDefect",
    "AccessibilityPage",
    "HomePage",
    "ImprintPage",
    "LoadedContent",
    "OfficeCard",
    "OfficePage",
    "OfficeTheme",
    "OrgChartPage",
    "PasswordResetRequest",
    "PlainLanguagePage",
    "PrivacyPage",
    "SearchPage",
    "SignLanguagePage",
    "StandardPage",
    "UnitPage",
]
