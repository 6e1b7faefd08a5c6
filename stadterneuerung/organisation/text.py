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
