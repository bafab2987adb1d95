"""What is sealed for its author alone: nobody else's keys open it, and nobody keeps it for somebody else."""

from rapportdesk.model.common_ground import OwnInterests
from rapportdesk.model.draft import Draft, FormDraft
from rapportdesk.model.read_marks import ReadMarks

Own = Draft | FormDraft | ReadMarks | OwnInterests
"""Every kind of thing with one author who alone reads it; each has an `author`."""

OfNoPatient = FormDraft | OwnInterests
"""Those of them that may be about nobody who is here yet, or about no patient at all."""
