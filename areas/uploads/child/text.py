"""Which characters bytes stand for, where nobody says so or says it wrongly."""

from areas.uploads.child.problem import Problem

# Names that .cpg files and people use → Python's. CP1252 stands for ISO 8859-1 too: it has the same letters and more.
KNOWN = {
    "utf-8": "utf-8", "utf8": "utf-8", "65001": "utf-8",
    "cp1252": "cp1252", "1252": "cp1252", "ansi 1252": "cp1252", "windows-1252": "cp1252",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso 8859-1": "cp1252", "88591": "cp1252", "8859-1": "cp1252",
    "iso-8859-15": "iso-8859-15", "88591 5": "iso-8859-15", "cp850": "cp850", "850": "cp850",
}  # fmt: skip


def storable(value: object) -> object:
    """Return what JSON can say with texts that every database takes: without NUL and without halves of characters."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value


def decode_all(values: list[bytes], wanted: str, stated: str = "") -> tuple[list[str], list[str]]:
    """Return the texts and what is to be told about them. `wanted` is what the editor chose ("" to find it out),
    `stated` what the file says. Raises Problem when the chosen one does not fit.
    """
    if wanted:
        texts = _decoded(values, KNOWN[wanted])
        if texts is None:
            raise Problem("Die Texte der Datei sind nicht in der gewählten Zeichenkodierung geschrieben.")
        return texts, []
    told = KNOWN.get(stated.lower(), "")
    # Letters beyond ASCII that happen to be UTF-8 are UTF-8, whatever the file says of itself.
    for encoding in dict.fromkeys(["utf-8", told or "cp1252", "cp1252"]):
        texts = _decoded(values, encoding)
        if texts is not None:
            return texts, _notes(values, encoding, told, stated)
    return [value.decode("latin-1") for value in values], ["Einige Zeichen in den Texten ließen sich nicht lesen."]


def _decoded(values: list[bytes], encoding: str) -> list[str] | None:
    try:
        return [value.decode(encoding) for value in values]
    except UnicodeDecodeError:
        return None


def _notes(values: list[bytes], encoding: str, told: str, stated: str) -> list[str]:
    if all(value.isascii() for value in values) or encoding == told:
        return []
    name = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(encoding, encoding)
    if stated:
        return [f"Die genannte Zeichenkodierung „{stated}“ passt nicht oder ist unbekannt; als {name} gelesen."]
    return [f"Die Datei nennt keine Zeichenkodierung; als {name} gelesen. Bitte achten Sie auf Umlaute."]
