"""Whether a place lies in an area – and how sure one can be of it.

An outline that was drawn by hand is off by hundreds of metres, and so is a place that was pointed at. From such data
nobody may conclude "yes" or "no"; only an official outline and an official address together can say it.
"""

from enum import StrEnum

from shapely.geometry.base import BaseGeometry

# An address is one point of a building, an official outline follows the edges of plots: closer than this, it is for the
# land register to say on which side a house stands.
BORDER_METRES = 10.0


class Verdict(StrEnum):
    """What can be said of a place and an area. The first three need official data on both sides."""

    IN = "in"
    BORDER = "border"
    OUT = "out"
    LIKELY_IN = "likely_in"
    NEAR = "near"  # outside, or partly outside, but within the possible error
    LIKELY_OUT = "likely_out"

    @property
    def concerns(self) -> bool:
        """Whether the area may matter for the place."""
        return self in {Verdict.IN, Verdict.BORDER, Verdict.LIKELY_IN, Verdict.NEAR}


def reach(outline_accuracy_m: int | None, place_accuracy_m: int | None) -> float:
    """Return the distance in metres within which a place outside may still belong to the area: errors add up."""
    return max((outline_accuracy_m or 0) + (place_accuracy_m or 0), BORDER_METRES)


def judge(
    place: BaseGeometry, outline: BaseGeometry, outline_accuracy_m: int | None, place_accuracy_m: int | None
) -> Verdict:
    """Judge a place (Point or MultiPoint) against an outline, both in metres on the plane of areas.geo.

    The accuracies are the possible error of a position in metres, None for official data.
    """
    if outline_accuracy_m is None and place_accuracy_m is None:
        if outline.boundary.distance(place) <= BORDER_METRES:
            return Verdict.BORDER
        if outline.covers(place):
            return Verdict.IN
        return Verdict.BORDER if outline.intersects(place) else Verdict.OUT
    if outline.covers(place):
        return Verdict.LIKELY_IN
    near = outline.distance(place) <= reach(outline_accuracy_m, place_accuracy_m)
    return Verdict.NEAR if near else Verdict.LIKELY_OUT
