"""Which units an account works for. No models of this room: the queries of the enquiries need it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership, OrganisationUnit

Tree = Iterable[tuple[int, int | None]]  # (id of a unit, id of the one above it)


def seen_units(user) -> set[int] | None:
    """Return the ids of the units whose enquiries `user` may see; None for leads, who see all."""
    return None if user.has_perm("contacts.view_all_enquiries") else units_of(user)


def units_of(user) -> set[int]:
    """Return the ids of the units that `user` works for: the own ones, all below them, and whom those stand in for.

    Who stands in for a deputy that is away stands in for whom that one does (`contacts.routing.deputies_of`). All is
    asked for at once, since each page of the desk needs it.
    """
    day = today()  # both days of a period count, as in `Deputy.objects.on`
    now = FilteredRelation("deputises", condition=Q(deputises__first_day__lte=day, deputises__last_day__gte=day))
    is_own = Exists(Membership.objects.filter(user_id=user.pk, unit=OuterRef("pk")))
    units = OrganisationUnit.objects.order_by().alias(now=now).annotate(is_own=is_own)
    rows = list(units.values_list("pk", "parent_id", "is_own", "now__unit"))  # a row for each unit it stands in for
    links = defaultdict(list)
    for pk, _parent, _is_own, away in rows:
        if away is not None:
            links[pk].append(away)
    own = [pk for pk, _parent, is_own, _away in rows if is_own]
    return set(reached(with_units_below(own, {(pk, parent) for pk, parent, *_ in rows}), links))


def with_units_below(units: Iterable[int], tree: Tree) -> set[int]:
    """Return the ids of `units` and of everything below them in the office's tree."""
    children = defaultdict(list)
    for pk, parent in tree:
        children[parent].append(pk)
    return set(reached(units, children))


def reached(start: Iterable[int], links: Mapping[int, Iterable[int]]) -> list[int]:
    """Return `start` and all that `links` lead to from there, nearest first, each once; circles end."""
    found = list(dict.fromkeys(start))
    for unit in found:  # grows while it is walked
        found += [further for further in dict.fromkeys(links.get(unit, ())) if further not in found]
    return found
