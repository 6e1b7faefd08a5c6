"""Tags that turn data into the numbers of a drawing; see stadterneuerung.base.drawing."""

from django import template

from stadterneuerung.base import drawing

register = template.Library()

register.simple_tag(drawing.funding_shares, name="funding_shares")
register.simple_tag(drawing.milestone_strip, name="milestone_strip")
register.simple_tag(drawing.office_boxes, name="office_boxes")
register.simple_tag(drawing.study_cells, name="study_cells")


@register.simple_tag
def dot_grid(count, per_row=None):
    """Give the dots for `count`; see drawing.dot_grid."""
    return drawing.dot_grid(int(count or 0), int(per_row or 12))
