"""The tree of units, from the records that are kept anyway."""

from dataclasses import dataclass, field

from stadterneuerung.home.teasers import all_units
from stadterneuerung.organisation.models import OrganisationUnit


@dataclass
class Node:
    """A unit, the address of its page (or empty), and the units below it."""

    unit: OrganisationUnit
    url: str
    children: list["Node"] = field(default_factory=list)


def unit_tree(org_chart_page) -> list[Node]:
    """Return the top of the tree, usually the office alone; units without a parent in their language too."""
    nodes = {unit.pk: Node(unit, unit.address) for unit in all_units(org_chart_page.get_parent())}
    top = []
    for node in nodes.values():
        above = nodes.get(node.unit.parent_id)
        (above.children if above else top).append(node)
    return top
