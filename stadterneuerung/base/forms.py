"""Forms of Wagtail's that need a word of ours: fields without a label get one made of their English name."""

from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.workflows import WorkflowPageForm


class GermanLoginForm(LoginForm):
    """Sign-in to the admin (settings.WAGTAILADMIN_USER_LOGIN_FORM)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Passwort"


def label_workflow_form() -> None:
    """Name the field in which a workflow's pages are chosen; Wagtail has no setting for this form."""
    WorkflowPageForm.base_fields["page"].label = "Seite"
