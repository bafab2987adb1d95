"""What is said before and after somebody is marked as having died: what stops, and which cards name them."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOn:
    """A card on which somebody is named.

    Attributes:
        patient: Whose card it is.
        person: Id of the related person who may be the one; empty where a note names them.
        relation: How the card calls them ("Huw, husband"); empty for a note.
        deceased: The card knows already that this related person has died.
    """

    patient: Patient
    person: str = ""
    relation: str = ""
    deceased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutDeath:
    """One person, and what their death stops.

    Attributes:
        promises: What the practice promised and the viewer may see, while they live; it stops.
        visits: Visits to come, in the practice's zone; whoever sends the schedule calls them off.
    """

    patient: Patient
    promises: tuple[str, ...] = ()
    visits: tuple[dt.datetime, ...] = ()
