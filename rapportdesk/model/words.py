"""What a thing of the model is called is the same wherever it is read: on the card, in a list, and on paper."""

from rapportdesk.language import _
from rapportdesk.model.patient import ContactSystem, Patient


def veil_sentence(patient: Patient) -> str:
    """Return the one sentence that stands for all that waits to be opened, by the patient's pronouns."""
    first = patient.pronouns.replace("/", " ").casefold().split()[:1]
    if first == ["she"]:
        return _("Something to open when you are alone with her")
    if first == ["he"]:
        return _("Something to open when you are alone with him")
    return _("Something to open when you are alone with them")


def contact_system_words(system: ContactSystem) -> str:
    """Return what a way to reach somebody is called at the head of a line."""
    return {
        ContactSystem.PHONE: _("Phone"),
        ContactSystem.SMS: _("Text message"),
        ContactSystem.EMAIL: _("E-mail"),
        ContactSystem.POST: _("Post"),
        ContactSystem.VOICEMAIL: _("Voicemail"),
    }[system]
