"""Which units an account works for. No models of this room: the queries of the enquiries need it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.apps import apps

from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership, OrganisationUnit

Tree = Iterable[tuple[int, int | None]]  # (id of a unit, id of the one above it)


def seen_units(user) -> set[int] | None:
    """Return the ids of the units whose enquiries `user` may see; None for leads, who see all."""
    return None if user.has_perm("contacts.view_all_enquiries") else units_of(user)


def units_of(user, tree: Tree | None = None) -> set[int]:
    """Return the ids of the units that `user` works for: the own ones, all below them, and whom those stand in for.

    Who stands in for a deputy that is away stands in for whom that one does (`contacts.routing.deputies_of`).

    `tree` spares the query for it where the units are known.
    """
    own = with_units_below(Membership.objects.filter(user_id=user.pk).values_list("unit_id", flat=True), tree)
    if not own:
        return own
    day = today()
    links = defaultdict(list)
    for deputy, unit in apps.get_model("contacts", "Deputy").objects.on(day).values_list("deputy_id", "unit_id"):
        links[deputy].append(unit)
    return set(reached(own, links))


def with_units_below(units: Iterable[int], tree: Tree | None = None) -> set[int]:
    """Return the ids of `units` and of everything below them in the office's tree."""
    units = list(units)
    if not units:
        return set()
    children = defaultdict(list)
    for pk, parent in OrganisationUnit.objects.values_list("pk", "parent_id") if tree is None else tree:
        children[parent].append(pk)
    return set(reached(units, children))


def reached(start: Iterable[int], links: Mapping[int, Iterable[int]]) -> list[int]:
    """Return `start` and all that `links` lead to from there, nearest first, each once; circles end."""
    found = list(dict.fromkeys(start))
    for unit in found:  # grows while it is walked
        found += [further for further in dict.fromkeys(links.get(unit, ())) if further not in found]
    return found
