"""Form fields in KERN's markup. Forms stay plain Django; the classes are added when a field is shown."""

from django import forms, template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def styled_field(field):
    """Show a bound field's widget with KERN's classes; ids, aria-describedby and aria-invalid come from Django."""
    widget = field.field.widget
    error = " kern-form-input__{}--error" if field.errors else ""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return field.as_widget()
    if isinstance(widget, forms.Select):
        attrs = {"class": "kern-form-input__select" + error.format("select")}
        return format_html('<div class="kern-form-input__select-wrapper">{}</div>', field.as_widget(attrs=attrs))
    return field.as_widget(attrs={"class": "kern-form-input__input" + error.format("input")})


@register.filter
def is_single_checkbox(field):
    """Whether the field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)
