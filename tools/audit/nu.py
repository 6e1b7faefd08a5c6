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
    addresses = []
    for number, (address, html) in enumerate(pages):
        addresses.append(address)
        (folder / f"{number}.html").write_bytes(html)
    command = ["java", "-Xss4m", "-jar", str(JAR), "--errors-only", "--exit-zero-always", "--format", "json"]
    command += [str(folder / f"{number}.html") for number in range(len(addresses))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    return [
        f"{addresses[int(Path(message['url']).stem)]}: Zeile {message.get('lastLine', '?')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
    ]
