"""Text in the cells of CSV files: no spreadsheet may run it."""

# A spreadsheet takes what begins so for a formula (OWASP, CSV Injection); the apostrophe itself is guarded as well, so
# that taking away one apostrophe always gives the text back.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


class Line:
    """What csv.writer writes to: gives back the line instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def guarded(text: str) -> str:
    """Return `text`, with an apostrophe in front when a spreadsheet would run it or when it begins with one."""
    return f"'{text}" if text.startswith(GUARDED) else text
