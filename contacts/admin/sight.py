"""What the account of a request may see of the desk: worked out once, for the list, the menu and the home page."""

from django.http import HttpRequest
from django.utils.functional import cached_property

from contacts.desk import saved_views
from contacts.models import Enquiry
from contacts.models.enquiries import EnquiryQuerySet
from contacts.units import seen_units


class Sight:
    def __init__(self, user):
        self.user = user

    @cached_property
    def units(self) -> set[int] | None:
        """The ids of the units whose enquiries are seen; None: all, and those of no unit."""
        return seen_units(self.user)

    @cached_property
    def enquiries(self) -> EnquiryQuerySet:
        return Enquiry.objects.seen_by(self.user, self.units)

    @cached_property
    def counts(self) -> dict[str, int]:
        return saved_views.counts(self.enquiries, self.user)


def sight_of(request: HttpRequest) -> Sight:
    if not hasattr(request, "desk_sight"):
        request.desk_sight = Sight(request.user)
    return request.desk_sight
