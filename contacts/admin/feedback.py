"""The one page to which a unit's mail leads: say in two clicks that somebody cares, or that it is answered already."""

from contacts.admin.enquiry import EnquiryPage
from contacts.desk.acts import ElsewhereForm, TakeForm, possible_acts
from contacts.desk.words import state_words
from contacts.models import Enquiry

State = Enquiry.State
NAME = "feedback"  # both acts share one form, so that the note is typed once


class CareForm(TakeForm):
    """Take what nobody has taken; taking over from a colleague is for the desk."""

    name = NAME
    title = button = "Wir kümmern uns"
    done = "Danke. Die Anfrage ist als übernommen eingetragen."

    @classmethod
    def is_possible(cls, enquiry, user):
        return super().is_possible(enquiry, user) and enquiry.assignee_id is None


class AnsweredForm(ElsewhereForm):
    """Say that the answer was given elsewhere. What is answered at the desk already needs no second word."""

    name = NAME
    title = button = "Schon außerhalb beantwortet"
    done = "Danke. Die Anfrage ist als beantwortet eingetragen."

    @classmethod
    def is_possible(cls, enquiry, user):
        return super().is_possible(enquiry, user) and enquiry.state != State.ANSWERED


class FeedbackView(EnquiryPage):
    """A mail scanner that follows the link changes nothing: only the buttons do."""

    template_name = "admin/contacts/feedback.html"
    acts = {"take": CareForm, "elsewhere": AnsweredForm}

    def get_context_data(self, **kwargs):
        possible = possible_acts(self.enquiry, self.request.user, self.acts.values())
        # The form of the second act has all fields of the first; refusals stand in the one that was sent.
        form = self.bound
        if possible and not isinstance(form, AnsweredForm):
            form = AnsweredForm(self.enquiry, self.request.user, form.data if form else None)
        return super().get_context_data(**kwargs) | {
            "form": form if possible else None,
            "buttons": [(name, act.button) for name, act in self.acts.items() if act in possible],
            "state": state_words(self.enquiry, self.request.user),
        }
