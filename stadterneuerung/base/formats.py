"""Figures as German readers write them; the unit is tied to its number by a no-break space."""

from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

NBSP = "\u00a0"


def as_decimal(value: object) -> Decimal | None:
    """Return a number given as int, float, Decimal or plain text, or None when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def format_number(value: object, digits: int | None = None) -> str:
    """Return "1.442" for 1442 and "46,3" for 46.3; text that is no number comes back unchanged.

    `digits` fixes the number of decimals; without it, trailing zeros are dropped.
    """
    number = as_decimal(value)
    if number is None:
        return "" if value is None else str(value)
    if digits is not None:
        number = round(number, digits)
    else:
        number = Decimal(int(number)) if number == int(number) else number.normalize()
    return number_format(number, decimal_pos=digits, use_l10n=True, force_grouping=True)


def format_hectares(value: object) -> str:
    """Return "1.442 ha", "46,3 ha", "0,1 ha": one decimal below 100 hectares, none above."""
    number = as_decimal(value)
    if number is None:
        return ""
    number = round(number, 1 if abs(number) < 100 else 0)
    return f"{format_number(number)}{NBSP}ha"


def format_euros(value: object) -> str:
    """Return "90.000 €", "313.700 €" or "17,291 Mio. €": millions with up to three decimals, so nothing is lost."""
    number = as_decimal(value)
    if number is None:
        return ""
    millions = number / 1_000_000
    if abs(millions) >= 1 and millions == round(millions, 3):
        return f"{format_number(millions)}{NBSP}Mio.{NBSP}€"
    whole = number == int(number)
    return f"{format_number(number, None if whole else 2)}{NBSP}€"
