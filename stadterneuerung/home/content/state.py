"""How an object looks: a checksum that changes when a person changes the object."""

from django.core.serializers import serialize
from django.db import models
from modelcluster.models import ClusterableModel

from stadterneuerung.home.content.files import checksum

# Where a page stands among its neighbours changes without anybody touching the page itself.
_NEIGHBOURHOOD = {"path", "numchild", "url_path"}


def state_of(instance: models.Model) -> str:
    """Return the checksum of `instance` as the database has it, children and relations included.

    The id of a page's newest revision is part of it, so an unpublished draft counts as a change too.
    """
    fresh = type(instance)._default_manager.get(pk=instance.pk)
    if isinstance(fresh, ClusterableModel):
        data = fresh.serializable_data()
        return checksum({name: value for name, value in data.items() if name not in _NEIGHBOURHOOD})
    return checksum(serialize("json", [fresh]))
