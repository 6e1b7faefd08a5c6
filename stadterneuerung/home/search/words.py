"""What someone typed, made into words that both databases understand."""

import re
import unicodedata
from dataclasses import dataclass

from modelsearch.query import And, Or, PlainText, SearchQuery

from stadterneuerung.organisation.text import fold_german

MAX_LENGTH = 200  # of what is read; the box allows no more
MAX_WORDS = 8
MAX_WORD_LENGTH = 60  # PostgreSQL refuses words of more than 2,046 bytes; no German word comes near

_WORD = re.compile(r"[^\W_]+")
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))

# Words that stand on every page. PostgreSQL drops them by itself; SQLite would demand them.
_COMMON = """
aber als am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den der des die dies diese
dieser dieses doch dort du durch ein eine einem einen einer eines er es euer eure für gegen habe haben hat hatte
ich ihr ihre im in ins ist ja jede jeder jedes kann kein keine mein meine mich mir mit muss nach nicht noch nun
nur ob oder ohne sehr sein seine sich sie sind so soll über um und uns unser unsere unter vom von vor war was
wegen weil welche welcher welches wenn wer werden wie wieder wir wird wo zu zum zur zwischen
"""
STOP_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Words:
    """The searched words. `text` is what was typed, cut to size; `words` is empty when nothing can be looked for."""

    text: str
    words: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(fold_german(word) for word in self.words)

    @property
    def query(self) -> SearchQuery:
        """All words, each in any of its spellings."""
        parts = [_any_of([PlainText(spelling) for spelling in spellings(word)]) for word in self.words]
        return parts[0] if len(parts) == 1 else And(parts)


def parse(text: str) -> Words:
    """Return the words of `text`. Quotes, emoji, control characters and the like are no words; nothing is refused."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[:MAX_LENGTH])
    shown = " ".join(printable.split())
    found = dict.fromkeys(
        word[:MAX_WORD_LENGTH]
        for word in _WORD.findall(unicodedata.normalize("NFKC", shown).lower())
        if fold_german(word)
    )
    telling = [word for word in found if word not in STOP_WORDS]
    # "W & B" means its letters; "e Quartier" does not.
    long_enough = [word for word in telling if len(word) > 1] or telling
    return Words(shown, tuple(long_enough[:MAX_WORDS]))


def spellings(word: str) -> list[str]:
    """Return `word` as typed, with umlauts and ß written out, and with written-out umlauts taken back.

    The last helps PostgreSQL, whose stemmer makes "häuser" and "haus" one word, but not "haeuser".
    """
    back = word
    for written, umlaut in _UMLAUTS:
        back = back.replace(written, umlaut)
    return list(dict.fromkeys(part for part in (word, *fold_german(word).split(), back) if part))


def _any_of(parts: list[SearchQuery]) -> SearchQuery:
    return parts[0] if len(parts) == 1 else Or(parts)
