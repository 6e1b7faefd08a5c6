"""Which units an account works for. No models of this room: the queries of the enquiries need it."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership, OrganisationUnit

Tree = Iterable[tuple[int, int | None]]  # (id of a unit, id of the one above it)


def seen_units(user) -> set[int] | None:
    """Return the ids of the units whose enquiries `user` may see; None for leads, who see all."""
    return None if user.has_perm("contacts.view_all_enquiries") else units_of(user)


def units_of(user, tree: Tree | None = None) -> set[int]:
    """Return the ids of the units that `user` works for: the own ones, all below them, and whom those stand in for.

    `tree` spares the query for it where the units are known.
    """
    own = with_units_below(Membership.objects.filter(user_id=user.pk).values_list("unit_id", flat=True), tree)
    if not own:
        return own
    day = today()
    deputies = apps.get_model("contacts", "Deputy").objects.on(day).filter(deputy__in=own)
    return own | set(deputies.values_list("unit_id", flat=True))


def with_units_below(units: Iterable[int], tree: Tree | None = None) -> set[int]:
    """Return the ids of `units` and of everything below them in the office's tree."""
    todo = list(units)
    if not todo:
        return set()
    children = defaultdict(list)
    for pk, parent in OrganisationUnit.objects.values_list("pk", "parent_id") if tree is None else tree:
        children[parent].append(pk)
    found: set[int] = set()
    while todo:
        unit = todo.pop()
        if unit not in found:
            found.add(unit)
            todo += children[unit]
    return found
