"""The one error of this package."""


class ContentError(Exception):
    """A row of fixtures/ cannot be loaded; the message is German and says where and why."""
