"""Files that are made from data on first use and kept until the data changes.

They lie under VAR_DIR/cache, which is writable in containers too.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings


def kept_file(folder: str, name: str, outdated: str, make: Callable[[], bytes]) -> Path:
    """Return VAR_DIR/cache/`folder`/`name`, made if it is missing; files that match `outdated` are removed then."""
    place = settings.VAR_DIR / "cache" / folder
    path = place / name
    if not path.exists():
        content = make()
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob(outdated):
            old.unlink(missing_ok=True)
        # Written aside and moved: two workers may write at once, and a reader must never see half a file.
        with tempfile.NamedTemporaryFile(dir=place, suffix=".part", delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    return path
