"""Brings a clone to where Django can run: environment, front end, message catalogues. `--dev` adds the check tools."""

from tools import environment, frontend, messages
from tools.console import SetupError
from tools.paths import SETUP_STAMPS
from tools.stamps import Stamp, fingerprint


def compile_messages() -> None:
    sources = messages.sources()
    stamp = Stamp(SETUP_STAMPS, "messages", fingerprint(sources), [path.with_suffix(".mo") for path in sources])
    if stamp.holds():
        return
    try:
        messages.compile_all()
    except messages.CatalogueError as error:
        raise SetupError(f"Ein Übersetzungskatalog ist fehlerhaft: {error}") from None
    stamp.record()


def install(dev: bool = False) -> None:
    environment.ensure_venv()
    environment.ensure_packages(dev)
    frontend.build(dev)
    compile_messages()
