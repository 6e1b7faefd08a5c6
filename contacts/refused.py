"""What a file is refused for."""


class FileRefused(Exception):
    """A file cannot be taken; the German sentence says why."""
