"""The acts at the desk as forms: one for each, offered only where it makes sense (done by `contacts.desk.actions`)."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms

from contacts.desk import actions
from contacts.desk.templates import fill, gaps
from contacts.forms import TextField
from contacts.models import AnswerTemplate, Enquiry
from stadterneuerung.organisation.models import OrganisationUnit

State = Enquiry.State
TEXT_LENGTH = 20_000  # of an answer; nothing else is stored in it
OFFICE = "amt"


def _text(label: str, *, needed: str = "", rows: int = 3, help_text: str = "") -> TextField:
    """Return a field of several lines; `needed` is the sentence for who leaves it empty."""
    return TextField(
        label=label,
        required=bool(needed),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={
            "required": needed,
            "max_length": "Der Text hat %(show_value)d Zeichen, möglich sind %(limit_value)d.",
        },
    )


class ActForm(forms.Form):
    """One act. `button` also names it in the list of acts; `done` is said afterwards."""

    name: ClassVar[str]
    title: ClassVar[str]
    button: ClassVar[str]
    done: ClassVar[str]
    hint: ClassVar[str] = ""
    writes: ClassVar[bool] = False  # to the sender; has a large text and templates
    blamed: ClassVar[str | None] = "text"  # the field at which a refusal is shown

    use_required_attribute = False

    def __init__(self, enquiry: Enquiry, user, data=None, **kwargs):
        self.enquiry, self.user = enquiry, user
        super().__init__(data, prefix=self.name, label_suffix="", **kwargs)

    @classmethod
    def is_possible(cls, enquiry: Enquiry, user) -> bool:
        return _is_open(enquiry)

    def act(self) -> None:
        """Do it, or raise what `actions` raises."""
        raise NotImplementedError


def _is_open(enquiry: Enquiry) -> bool:
    return enquiry.state in Enquiry.OPEN_STATES and not enquiry.is_suspicious


class TakeForm(ActForm):
    name, title, button = "take", "Übernehmen", "Ich übernehme"
    done = "Sie haben die Anfrage übernommen."
    text = _text("Vermerk", help_text="Freiwillig. Steht nur hier, nie in einer Mail nach außen.", rows=2)

    @classmethod
    def is_possible(cls, enquiry, user):
        return _is_open(enquiry) and enquiry.state != State.ANSWERED and enquiry.assignee_id != user.pk

    def act(self):
        actions.take(self.enquiry, self.user, self.cleaned_data["text"])


class ReplyForm(ActForm):
    name, title, button = "reply", "Rückmeldung ist da", "Rückmeldung eintragen"
    done = "Die Anfrage ist wieder in Arbeit und hat einen neuen Tag, bis zu dem sie zu beantworten ist."
    hint = "Wenn die Rückmeldung als Mail oder am Telefon kam. Über die Statusseite trägt sie sich selbst ein."
    text = _text("Vermerk dazu", help_text="Freiwillig, intern: wann, wie und was.")

    @classmethod
    def is_possible(cls, enquiry, user):
        return _is_open(enquiry) and enquiry.state == State.WAITING

    def act(self):
        actions.note_reply(self.enquiry, self.user, self.cleaned_data["text"])


class NoteForm(ActForm):
    name, title, button = "note", "Vermerk", "Vermerk speichern"
    done = "Der Vermerk ist gespeichert."
    text = _text(
        "Vermerk",
        needed="Bitte schreiben Sie, was vermerkt werden soll.",
        help_text="Intern. Gehört zur Akte und steht in einer Auskunft nach Art. 15 DSGVO.",
    )

    @classmethod
    def is_possible(cls, enquiry, user):
        return True

    def act(self):
        actions.add_note(self.enquiry, self.user, self.cleaned_data["text"])


class WritingForm(ActForm):
    """An act that writes to the sender, with a choice of templates. Abstract."""

    writes = True
    needed_state: ClassVar[tuple[str, ...]] = tuple(Enquiry.OPEN_STATES)

    template = forms.ChoiceField(
        label="Vorlage", required=False, error_messages={"invalid_choice": "Diese Vorlage gibt es nicht mehr."}
    )
    text = _text("Text", needed="Bitte schreiben Sie den Text.", rows=12)

    def __init__(self, enquiry, user, data=None, *, templates: Iterable[AnswerTemplate] | None = None, **kwargs):
        """`templates` are those that fit, for who makes several forms of one enquiry."""
        super().__init__(enquiry, user, data, **kwargs)
        fitting = AnswerTemplate.objects.fitting(enquiry) if templates is None else templates
        self.templates = {str(template.pk): template for template in fitting}
        names = [(pk, template.name) for pk, template in self.templates.items()]
        self.fields["template"].choices = [("", "Bitte auswählen"), *names]

    @classmethod
    def is_possible(cls, enquiry, user):
        return _is_open(enquiry) and enquiry.has_reader and enquiry.state in cls.needed_state

    @property
    def where_it_goes(self) -> str:
        """Say how the text reaches a sender who left no address; empty when a mail goes out."""
        return "" if self.enquiry.email else "Es gibt keine E-Mail-Adresse: Der Text steht nur auf der Statusseite."

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if left := gaps(text):
            raise forms.ValidationError(f"Im Text ist noch etwas auszufüllen: {', '.join(left)[:200]}")
        return text

    def with_template(self) -> "WritingForm":
        """Return the form with the chosen template below what was typed; nothing is sent."""
        typed = self["text"].value() or ""
        chosen = self["template"].value() or ""
        template = self.templates.get(chosen)
        parts = [typed.strip(), fill(template.text, self.enquiry) if template else ""]
        data = {f"{self.name}-text": "\n\n".join(part for part in parts if part), f"{self.name}-template": chosen}
        form = type(self)(self.enquiry, self.user, data, templates=self.templates.values())
        # Bound, to show what was typed, but not judged yet.
        form.errors.clear()
        if template is None:
            form.errors["template"] = form.error_class(["Bitte wählen Sie erst eine Vorlage aus."])
        return form


class AnswerForm(WritingForm):
    name, title, button = "answer", "Antworten", "Antwort senden"
    done = "Die Antwort geht jetzt hinaus."

    def act(self):
        actions.answer(self.enquiry, self.user, self.cleaned_data["text"])


class WaitForm(WritingForm):
    name, title, button = "wait", "Rückfrage stellen", "Rückfrage senden"
    done = "Die Rückfrage geht jetzt hinaus. Die Anfrage wartet auf Rückmeldung."
    hint = (
        "Die Anfrage wartet dann auf die anfragende Person und gilt nicht als überfällig. "
        "Bei Barrieremeldungen läuft die gesetzliche Frist weiter."
    )

    def act(self):
        actions.wait(self.enquiry, self.user, self.cleaned_data["text"])


class InterimForm(WritingForm):
    name, title, button = "interim", "Zwischennachricht", "Zwischennachricht senden"
    done = "Die Zwischennachricht geht jetzt hinaus. Die Antwort ist sechs Wochen nach der Meldung fällig."
    hint = "Wenn es länger als zwei Wochen dauert (BITVNRW § 5): Die Antwort ist dann nach sechs Wochen fällig."
    needed_state = (State.NEW, State.TAKEN, State.WAITING)

    @classmethod
    def is_possible(cls, enquiry, user):
        return enquiry.is_barrier and enquiry.interim_at is None and super().is_possible(enquiry, user)

    def act(self):
        actions.send_interim(self.enquiry, self.user, self.cleaned_data["text"])


class ElsewhereForm(ActForm):
    name, title, button = "elsewhere", "Schon außerhalb beantwortet", "Als beantwortet eintragen"
    done = "Die Anfrage ist als beantwortet eingetragen."
    hint = "Wenn die Antwort am Telefon, als Brief oder aus einem Postfach kam. Es geht keine Mail hinaus."
    text = _text("Vermerk dazu", help_text="Freiwillig, intern: wann, wie und was.")
    ombuds_named = forms.BooleanField(
        label="Die Antwort hat auf das Ombudsverfahren hingewiesen (BITVNRW § 5).", required=False
    )

    def __init__(self, enquiry, user, data=None, **kwargs):
        super().__init__(enquiry, user, data, **kwargs)
        if enquiry.is_barrier:
            self.blamed = "ombuds_named"
        else:
            del self.fields["ombuds_named"]

    def act(self):
        ombuds_named = self.cleaned_data.get("ombuds_named", False)
        actions.answer_elsewhere(self.enquiry, self.user, self.cleaned_data["text"], ombuds_named=ombuds_named)


class PassOnForm(ActForm):
    name, title, button = "pass_on", "Weitergeben", "Weitergeben"
    done = "Die Anfrage ist weitergegeben; die Einheit bekommt eine Mail."
    blamed = "unit"
    unit = forms.ChoiceField(
        label="an",
        error_messages={
            "required": "Bitte wählen Sie aus, an wen die Anfrage gehen soll.",
            "invalid_choice": "Diese Einheit gibt es nicht mehr oder die Anfrage liegt schon bei ihr.",
        },
    )
    text = _text("Vermerk", help_text="Freiwillig, intern.", rows=2)

    def __init__(self, enquiry, user, data=None, **kwargs):
        super().__init__(enquiry, user, data, **kwargs)
        others = OrganisationUnit.objects.in_first_language().exclude(pk=enquiry.unit_id)
        self.units = {str(unit.pk): unit for unit in others}
        office = [(OFFICE, "das Amt, ohne bestimmte Einheit")] if enquiry.unit_id else []
        rows = [(pk, str(unit)) for pk, unit in self.units.items()]
        self.fields["unit"].choices = [("", "Bitte auswählen"), *office, *rows]

    def act(self):
        unit = self.units.get(self.cleaned_data["unit"])
        actions.pass_on(self.enquiry, self.user, unit, self.cleaned_data["text"])


class CloseForm(ActForm):
    name, title, button = "close", "Abschließen", "Abschließen"
    done = "Die Anfrage ist abgeschlossen."
    hint = "Danach läuft die Frist bis zur Löschung."
    text = _text("Vermerk", help_text="Freiwillig, intern.", rows=2)

    @classmethod
    def is_possible(cls, enquiry, user):
        return enquiry.state in Enquiry.OPEN_STATES

    def act(self):
        actions.close(self.enquiry, self.user, self.cleaned_data["text"])


class ReopenForm(ActForm):
    name, title, button = "reopen", "Wieder öffnen", "Wieder öffnen"
    done = "Die Anfrage ist wieder offen und liegt bei Ihnen."
    text = _text("Vermerk", help_text="Freiwillig, intern.", rows=2)

    @classmethod
    def is_possible(cls, enquiry, user):
        return enquiry.state in (State.CLOSED, State.ANSWERED)

    def act(self):
        actions.reopen(self.enquiry, self.user, self.cleaned_data["text"])


class ReleaseForm(ActForm):
    name, title, button = "release", "Freigeben", "Aus der Quarantäne nehmen"
    done = "Die Nachricht ist freigegeben und geht an ihre Einheit."
    blamed = None

    @property
    def hint(self) -> str:
        if self.enquiry.email:
            return "Die Einheit bekommt ihre Mail, und wer geschrieben hat, die Eingangsbestätigung."
        return "Die Einheit bekommt ihre Mail. Eine Bestätigung geht nicht hinaus, denn es gibt keine Adresse dafür."

    @classmethod
    def is_possible(cls, enquiry, user):
        return enquiry.is_suspicious and enquiry.state != State.CLOSED

    def act(self):
        actions.release(self.enquiry, self.user)


# In the order in which the page offers them.
ACTS: list[type[ActForm]] = [
    ReleaseForm,
    ReplyForm,
    TakeForm,
    AnswerForm,
    WaitForm,
    InterimForm,
    ElsewhereForm,
    NoteForm,
    PassOnForm,
    CloseForm,
    ReopenForm,
]
BY_NAME = {act.name: act for act in ACTS}


def possible_acts(enquiry: Enquiry, user, acts: Iterable[type[ActForm]] = ACTS) -> list[type[ActForm]]:
    """Return which of `acts` can be done now; none once the words are gone, or without the right to change."""
    if enquiry.erased_at or not user.has_perm("contacts.change_enquiry"):
        return []
    return [act for act in acts if act.is_possible(enquiry, user)]
