"""The Nu HTML Checker over saved pages: one Java process for all, errors alone."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools.paths import NODE_MODULES

JAR = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
SECONDS = 300


def errors(pages: Iterable[tuple[str, bytes]], folder: Path) -> list[str]:
    """Return "address: line: message" for each error in pages given as (address, HTML). Files are saved in `folder`."""
    addresses = {}
    for number, (address, html) in enumerate(pages):
        path = folder / f"{number}.html"
        path.write_bytes(html)
        addresses[path.as_uri()] = address
    command = ["java", "-Xss4m", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json"]
    # Paths are given one by one: asked for a folder, the checker skips files it cannot name.
    command += [str(folder / f"{number}.html") for number in range(len(addresses))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{addresses.get(message.get('url'), message.get('url'))}: Zeile {message.get('lastLine', '?')}: "
        f"{message['message']}"
        for message in messages
    ]
