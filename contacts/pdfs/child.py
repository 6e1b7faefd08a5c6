"""The part that meets foreign PDFs. It runs alone, in a limited process (contacts.pdfs.reading), without Django.

`python -m contacts.pdfs.child PATH LIMITS` writes the new file beside PATH and one word: "ok" or why there is none.
"""

import json
import sys
from pathlib import Path

from stadterneuerung.base.confined import MEMORY_EXIT, confine

CLEAN_NAME = "clean.pdf"
OK, ENCRYPTED, BROKEN, TOO_MUCH = b"ok", b"encrypted", b"broken", b"too much"
FORM, PORTFOLIO, PHOTOGRAPH = b"form", b"portfolio", b"photograph"


def main() -> None:
    path, limits = Path(sys.argv[1]), json.loads(sys.argv[2])
    confine(limits)
    try:
        import pikepdf

        from contacts.pdfs.cleaning import Portfolio, TooManyPages, UndrawnForm, write_clean
        from contacts.pdfs.jpeg import UnreadablePhotograph

        try:
            write_clean(path, path.with_name(CLEAN_NAME), limits["max_pages"])
            answer = OK
        except TooManyPages:
            answer = TOO_MUCH
        except Portfolio:
            answer = PORTFOLIO
        except UndrawnForm:
            answer = FORM
        except UnreadablePhotograph:
            answer = PHOTOGRAPH
        except pikepdf.PasswordError:
            answer = ENCRYPTED
        except pikepdf.PdfError:
            answer = BROKEN
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    except MemoryError:
        sys.exit(MEMORY_EXIT)


if __name__ == "__main__":
    main()
