"""What an editor should look at twice before a new outline is brought in; none of it forbids anything."""

from areas.difference import Difference
from areas.models import AreaGeometry
from stadterneuerung.base.dates import date_label, today


def warnings_of(
    new: AreaGeometry, before: AreaGeometry | None, after: AreaGeometry | None, difference: Difference
) -> list[str]:
    """Return sentences about a new version between the one before it and the one after it."""
    found = []
    if new.valid_from > today():
        found.append(f"Gilt erst ab {date_label(new.valid_from)}; bis dahin zeigt die Karte den bisherigen Umriss.")
    if after is not None:
        found.append(f"Gilt nur bis zum Tag vor dem {date_label(after.valid_from)}: Ab da gibt es schon einen Umriss.")
    if new.area.lifted_on and new.area.lifted_on <= new.valid_from:
        found.append(f"Das Gebiet ist seit {date_label(new.area.lifted_on)} aufgehoben; der Umriss gilt an keinem Tag.")
    if before is None:
        return found
    if not before.is_schematic and new.is_schematic:
        found.append("Ersetzt einen amtlichen Umriss durch einen schematischen.")
    if difference.removed > 0.999 * difference.in_force:
        found.append("Liegt ganz woanders als der bisherige Umriss.")
    elif not 0.5 < difference.new / difference.in_force < 2:
        found.append("Ist mehr als doppelt oder weniger als halb so groß wie der bisherige Umriss.")
    return found
