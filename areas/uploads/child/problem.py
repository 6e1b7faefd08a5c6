"""What a file is refused for."""


class Problem(Exception):
    """Why a file is not read, in a German sentence that its editor is shown."""
