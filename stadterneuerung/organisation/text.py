"""German text made comparable, for search on databases that know no German."""

import re
import unicodedata

_FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NO_WORD = re.compile(r"[^\w]+")


def fold_german(text: str) -> str:
    """Lower-case `text`, write umlauts as ae/oe/ue and ß as ss, drop other accents and punctuation.

    "Straße am Café" and "Strasse am Cafe" become the same words.
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_FOLDS)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", plain).strip()


# Stands around folded text in the search index, so that an excerpt for readers can leave it out. No word holds it.
FOLDED_MARK = "\u241f"


def folded_field(*texts: str) -> str:
    """Return the texts folded into one value for the search index."""
    return f"{FOLDED_MARK} {fold_german(' '.join(texts))} {FOLDED_MARK}"
