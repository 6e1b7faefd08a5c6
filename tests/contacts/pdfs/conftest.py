"""What citizens are told about a PDF that cannot be taken, and reading one."""

import io

from contacts.pdfs.reading import read_pdf

HARMFUL_SENTENCE = (
    "„brief.pdf“: Unser Virenscanner lässt diese Datei nicht durch; gespeichert ist davon nichts. Bitte schreiben Sie "
    "uns, was darin steht, oder schicken Sie Fotos der Seiten."
)
SILENT_SENTENCE = (
    "„brief.pdf“: Das PDF kann gerade nicht auf Viren geprüft werden und ist deshalb nicht dabei. Bitte senden Sie "
    "es später nach; den Text können Sie schon jetzt abschicken."
)
UNREAD_SENTENCE = (
    "„brief.pdf“: Diese Datei haben wir nicht mehr gelesen, das hätte zu lange gedauert. Bitte senden Sie sie später."
)


def read(content: bytes) -> bytes:
    return read_pdf(io.BytesIO(content)).content
