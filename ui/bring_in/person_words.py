"""Words that tell one person from another: name, birth date and numbers, never cut."""

from rapportdesk.language import _
from rapportdesk.model.patient import Patient
from ui.look.bidi import isolate
from ui.look.dates import short_date

BARE_ID = "fhir:id"
"""System of an id that tells nobody apart, because every server gives the same ones."""


def told_apart(patient: Patient) -> str:
    """Return "Nia Prydderch, born 14 Mar 1958, 40218"."""
    born = _("birth date not known")
    if patient.birth_date is not None:
        born = _("born {day}").format(day=short_date(patient.birth_date))
    numbers = [isolate(each.value) for each in patient.identifiers if each.value and each.system != BARE_ID]
    return ", ".join((isolate(patient.name), born, *numbers))
