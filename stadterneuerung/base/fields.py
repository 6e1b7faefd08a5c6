"""Model fields of the floor."""

from wagtail.fields import StreamField

from stadterneuerung.base.blocks import BodyBlock


class BodyField(StreamField):
    """The body of every page. Its palette is code, not schema, so migrations do not repeat it."""

    def __init__(self, block_types=None, **kwargs):
        super().__init__(BodyBlock(), **{**kwargs, "block_lookup": None})

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        return name, path, [], {key: value for key, value in kwargs.items() if key != "block_lookup"}
