"""The zoo: one small vault and backup of every released format, with its keys, kept for ever and opened by every test.

    python -m tests.faults.zoo_keeping NUMBER    makes them as the program of today does; once per format, never again

What lies there is invented and its keys are no secrets. Made by the desk's own methods, so that it holds what a
practice's file holds: people, notes with a past and for clinicians, consents, topics, promises, visits, drafts.
"""

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from rapportdesk.desk.desk import Desk
from rapportdesk.model.draft import Draft
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import AdjustmentCategory, Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.topic import Permission
from tests.faults.animals import ZOO
from tests.faults.deeds import Place, new_place

_FEED = (
    "MSH|^~\\&|A|B|C|D|20261120070000||SIU^S12|1|P|2.5\r"
    "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20261120093000||||||||||||||Booked\r"
    "PID|1||4471^^^PRACTICE^MR||Lloyd^Gwen||19610101|F\r"
)


def facts(desk: Desk, secret: str) -> dict[str, list[str]]:
    """Return what everybody finds: who is known, what is kept of them, and how many revisions of it."""
    found = {}
    for person in desk.door():
        desk.sign_in(person.id, secret)
        store = desk.session().store
        people = sorted(f"{each.name}, {each.birth_date}" for each in store.patients())
        things = sorted(f"{_told(thing)}, {len(store.history(thing.id))} before" for thing in store.all_things())
        found[person.name] = [*people, *things]
    return found


def _told(thing: Any) -> str:
    """Return words for a thing that no later version of the program says otherwise."""
    names = ("kind", "text", "quote", "audience", "code", "permission", "covers", "status", "start", "due_on")
    said = [f"{name}={getattr(thing, name)}" for name in names if getattr(thing, name, None) is not None]
    return " ".join([type(thing).__name__, *said])


def _fill(place: Place) -> None:
    with place.signed_in("Ben Morgan") as desk:
        nia = next(iter(desk.session().store.patients())).id
        kept = desk.notes.write(nia, "Grows leeks for the county show", kind=NoteKind.HOBBY, quote=True)
        desk.notes.edit(kept.id, text="Won with the leeks at the county show")
        desk.notes.write(nia, "Don't ask after Huw", kind=NoteKind.PLEASE_DONT, topic_code="bereavement")
        desk.notes.write(
            nia, "Face her, left side", kind=NoteKind.ADJUSTMENT,
            adjustment=AdjustmentCategory.COMMUNICATION_SUPPORT,
        )  # fmt: skip
        desk.tasks.add(nia, "send the large print letter")
        desk.topics.set(nia, "money", Permission.WELCOME)
        desk.topics.set(nia, "MH", Permission.CLINICIAN_ONLY)
        desk.people.add(Patient(id=PatientId(""), name="Łukasz Żółć \N{EARTH GLOBE EUROPE-AFRICA}"))
        gone = desk.notes.write(nia, "a mistake", kind=NoteKind.HOBBY)
        desk.session().store.delete(gone.id)
        (place.root / "feed.hl7").write_text(_FEED)
        desk.imports.read([place.root / "feed.hl7"])
    with place.signed_in("Dr Osei") as desk:
        desk.notes.write(nia, "Dreads needles", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    with place.signed_in("Ana Ruiz") as desk:
        desk.drafts.keep(nia, "an unfinished line")
        assert any(isinstance(thing, Draft) for thing in desk.session().store.all_things())


def keep(number: str) -> None:
    """Make the vault and the backup of the format of today."""
    from tests.desk.conftest import SECRET

    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "made")
        _fill(place)
        with place.signed_in("Ben Morgan") as desk:
            backup = Path(desk.backups.make(place.root).path)
        with place.open() as desk:
            found = facts(desk, SECRET)
        ZOO.mkdir(exist_ok=True)
        (ZOO / f"{number}.rapport").write_bytes(place.path.read_bytes())
        (ZOO / f"{number}.rapport-backup").write_bytes(backup.read_bytes())
        keys = {path.name: base64.b64encode(path.read_bytes()).decode() for path in (place.root / "keys").iterdir()}
        kept = {"code": place.code, "keys": keys, "facts": found}
        (ZOO / f"{number}.json").write_text(json.dumps(kept, indent=1, sort_keys=True, default=str), encoding="utf-8")


if __name__ == "__main__":
    keep(sys.argv[1])
