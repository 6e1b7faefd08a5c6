"""Builds what browsers get: CSS from KERN's unmodified modules and ours, font subsets, the drawn city, licences."""

import shutil

from tools import console, node
from tools.console import CommandError, SetupError, Step
from tools.paths import BUILD, LOGS, NODE_MODULES, PYTHON, ROOT, SETUP_STAMPS, STATIC, VENDOR
from tools.stamps import Stamp, files_below, fingerprint

FONTS = ["fira-400.woff2", "fira-600.woff2", "fira-400.ttf", "fira-600.ttf"]

# Files of front-end packages that browsers or readers get as they are: path in node_modules → path in static/vendor.
VENDORED = {
    "@kern-ux/native/LICENSE.md": "kern-ux/LICENSE.md",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    # The manifest of static files follows the references in the two files above.
    "leaflet/dist/leaflet.js.map": "leaflet/leaflet.js.map",
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/dist/images/marker-icon.png": "leaflet/images/marker-icon.png",
    # Drawing of outlines, in the admin only.
    "@geoman-io/leaflet-geoman-free/LICENSE": "geoman/LICENSE",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css": "geoman/leaflet-geoman.css",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css.map": "geoman/leaflet-geoman.css.map",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js": "geoman/leaflet-geoman.min.js",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.min.js.map": "geoman/leaflet-geoman.min.js.map",
}
LICENCES = {ROOT / "LICENSES" / "OFL-1.1.txt": "fira-sans/OFL-1.1.txt"}


def build_step(title: str, name: str, key: str, outputs: list, command: list[str]) -> None:
    stamp = Stamp(SETUP_STAMPS, name, key, outputs)
    if stamp.holds():
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    with Step(title):
        try:
            console.run(command, log=LOGS / f"{name}.log", cwd=ROOT)
        except CommandError as error:
            raise SetupError(f"{title}: fehlgeschlagen. Zuletzt wurde gemeldet:\n{error.tail(20)}") from None
    stamp.record()


def build_css() -> None:
    """Compile static/css/*.scss (partials and component folders are only imported) to static/build/*.css."""
    sources = files_below("static/css", suffixes=(".scss", ".css"))
    entries = [path for path in sorted((STATIC / "css").glob("*.scss")) if not path.name.startswith("_")]
    outputs = [BUILD / f"{entry.stem}.css" for entry in entries]
    if not entries:
        raise SetupError("In static/css/ liegt keine .scss-Datei: Der Klon ist unvollständig.")
    program, _ = node.commands()
    command = [*program, str(NODE_MODULES / "sass" / "sass.js"), "--load-path=node_modules", "--style=compressed"]
    command += ["--no-source-map", "--quiet-deps"]
    command += [f"{entry}:{output}" for entry, output in zip(entries, outputs, strict=True)]
    build_step("Stylesheets bauen", "css", fingerprint(sources, node.node_packages_key()), outputs, command)


def build_fonts() -> None:
    build_step(
        "Schriften zuschneiden",
        "fonts",
        fingerprint([ROOT / "tools" / "fonts.py"], node.node_packages_key()),
        [BUILD / name for name in FONTS],
        [str(PYTHON), "-m", "tools.fonts"],
    )


def build_city() -> None:
    sources = ["tools/city_svg.py", "areas/geo.py", "fixtures/geo/city_context.geojson"]
    build_step(
        "Stadtplan zeichnen",
        "city",
        fingerprint([ROOT / source for source in sources]),
        [BUILD / "city.svg"],
        [str(PYTHON), "-m", "tools.city_svg"],
    )


def copy_vendor() -> None:
    """Copy the fixed list into static/vendor; a folder left by an earlier list is removed first."""
    sources = {NODE_MODULES / source: target for source, target in VENDORED.items()} | LICENCES
    targets = [VENDOR / target for target in sources.values()]
    stamp = Stamp(SETUP_STAMPS, "vendor", fingerprint(sources), targets)
    if stamp.holds():
        return
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in zip(sources, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    stamp.record()


def build(dev: bool = False) -> None:
    node.ensure_packages(dev)
    copy_vendor()
    build_css()
    build_fonts()
    build_city()
