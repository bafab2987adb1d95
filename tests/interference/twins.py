"""Two copies of one clinic, alike in all that may be seen, into which different secrets are put.

Each secret is kept back by one row of the table and by nothing else, so that a row that is left out lets exactly its
secret through. A secret carries a word that occurs nowhere else. Both copies have the same ids, and both stand at the
same moment; from then on ids and serials come out of a seeded source, so that whatever differs was told by a secret.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle, new_id
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus
from rapportdesk.model.patient import Patient, RelatedPerson
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.model.topic import Permission, TopicPermission
from rapportdesk.rules.rows import Reason
from tests.ui.stage import CHEAP, MORNING, make_clinic

ANA, OSEI, HAHN = "Ana Ruiz", "Dr Osei", "Dr Hahn"
ABOUT = NoteKind.ALSO_WORTH_KNOWING
WORDS = ("kestrel", "lapwing", "whimbrel", "dunlin", "fieldfare", "redstart", "siskin", "twite", "wheatear", "pipit")
"""In every secret stands one of them; which, tells the two vaults apart."""


def sign_in(desk: Desk, name: str) -> Desk:
    """Let somebody of the invented clinic take over the desk."""
    desk.sign_in(next(each.id for each in desk.door() if each.name == name), DEMO_SECRET)
    return desk


@dataclass(frozen=True)
class People:
    """Whom the secrets are about.

    Attributes:
        nia: Has agreed to everything, and comes this morning; Gwen is her daughter.
        withdrawn: Took back the consent to keep notes.
        unasked: Was never asked about notes, and lets clinicians read whatever is kept: so nothing else keeps it back.
        unshared: Agreed to notes, and not to clinicians reading them.
    """

    nia: PatientId
    withdrawn: PatientId
    unasked: PatientId
    unshared: PatientId

    @property
    def all(self) -> tuple[PatientId, ...]:
        """Everybody."""
        return self.nia, self.withdrawn, self.unasked, self.unshared


@dataclass(frozen=True)
class Vault:
    """A closed vault."""

    path: Path
    custody: MemoryCustody

    @contextmanager
    def open(self, kind: type[Desk] = Desk) -> Iterator[Desk]:
        """Open it; nobody is signed in."""
        with kind.open(self.path, self.custody, StandingClock(MORNING), cost=CHEAP) as desk:
            yield desk


Secret = Callable[[Desk, People, str], object]


def keep_note(desk: Desk, patient: PatientId, text: str, **fields: Any) -> Note:
    """Keep a note as it may have come about before the rule that keeps it back: past every question and every seal."""
    session = desk.session()
    made = {
        "id": RecordId(new_id()), "patient": patient, "kind": ABOUT, "text": text, "noted_at": session.now(),
        "noted_by": session.viewer.staff, "noted_by_name": session.viewer.name,
    }  # fmt: skip
    kept: Note = session.store.put(Note(**{**made, **fields}))
    return kept


def keep_topic(desk: Desk, patient: PatientId, code: str, permission: Permission, **fields: Any) -> TopicPermission:
    session = desk.session()
    made = {
        "id": RecordId(new_id()), "patient": patient, "handle": TopicHandle(new_id()), "code": code,
        "permission": permission, "recorded_at": session.now(), "recorded_by": session.viewer.staff,
        "recorded_by_name": session.viewer.name,
    }  # fmt: skip
    kept: TopicPermission = session.store.put(TopicPermission(**{**made, **fields}))
    return kept


def keep_task(desk: Desk, patient: PatientId, text: str, **fields: Any) -> Task:
    """Keep a promise past every question and every seal."""
    session = desk.session()
    made = {
        "id": RecordId(new_id()), "patient": patient, "text": text, "recorded_at": session.now(),
        "recorded_by": session.viewer.staff, "recorded_by_name": session.viewer.name,
    }  # fmt: skip
    kept: Task = session.store.put(Task(**{**made, **fields}))
    return kept


def _handle(desk: Desk, patient: PatientId, code: str) -> TopicHandle:
    return next(each.handle for each in desk.session().known(patient).topics if each.code == code)


def _gwen(desk: Desk, people: People) -> str:
    return next(each.id for each in desk.people.get(people.nia).people if each.name == "Gwen")


def _not_in_front_of(desk: Desk, people: People, word: str) -> None:
    topic = keep_topic(desk, people.nia, f"{word} fund", Permission.NOT_IN_FRONT_OF, person=_gwen(desk, people))
    keep_note(desk, people.nia, f"about the {word} fund", topic=topic.handle)


SECRETS: dict[Reason, Secret] = {
    Reason.NOT_CURRENT: lambda desk, people, word: (
        keep_note(desk, people.nia, f"retired {word}", status=NoteStatus.RETIRED),
        keep_note(desk, people.nia, f"mistaken {word}", status=NoteStatus.ENTERED_IN_ERROR),
    ),
    Reason.NO_CONSENT: lambda desk, people, word: (
        keep_note(desk, people.unasked, f"unasked {word}"),
        keep_topic(desk, people.unasked, f"unasked {word}", Permission.WELCOME),
    ),
    Reason.WITHDRAWN: lambda desk, people, word: keep_note(desk, people.withdrawn, f"taken back {word}"),
    Reason.CLINICIANS: lambda desk, people, word: desk.notes.write(
        people.nia, f"for clinicians {word}", kind=ABOUT, audience=Audience.CLINICIANS
    ),
    Reason.NAMED_TO_CLINICIANS: lambda desk, people, word: keep_note(
        desk, people.nia, f"on a sealed topic {word}", topic=_handle(desk, people.nia, "MH")
    ),
    Reason.UNKNOWN_TOPIC: lambda desk, people, word: keep_note(
        desk, people.nia, f"on a topic nobody knows {word}", topic=TopicHandle("0" * 32)
    ),
    Reason.NOT_IN_FRONT_OF: _not_in_front_of,
    Reason.CLINICIAN_ONLY: lambda desk, people, word: keep_note(
        desk, people.nia, f"for a clinician to raise {word}", topic=_handle(desk, people.nia, "weight")
    ),
    Reason.PRIVATE_ROOM: lambda desk, people, word: keep_note(
        desk, people.nia, f"for a private room {word}", topic=_handle(desk, people.nia, "prognosis")
    ),
}  # fmt: skip
"""One secret for each row that keeps something from reception."""

MORE: tuple[Secret, ...] = (
    lambda desk, people, word: desk.topics.set(
        people.nia, "HIV", Permission.DO_NOT_RAISE, name_for=Audience.CLINICIANS, answer=f"not the {word}"
    ),
    lambda desk, people, word: desk.notes.write(people.nia, f"on the other {word}", kind=ABOUT, topic_code="HIV"),
    lambda desk, people, word: desk.topics.log_asking(people.nia, "weight", f"only to you, {word}"),
    lambda desk, people, word: desk.tasks.add(people.nia, f"send the {word}", audience=Audience.CLINICIANS),
    lambda desk, people, _word: desk.briefs.open_veiled(people.nia),
    lambda desk, people, word: desk.emergency.open(people.unshared, EmergencyReason.OTHER, f"because of a {word}"),
    lambda desk, people, word: keep_task(
        desk, people.nia, f"rang about the {word}", audience=Audience.CLINICIANS, status=TaskStatus.COMPLETED
    ),
    lambda desk, people, word: keep_task(desk, people.nia, f"on it {word}", topic=_handle(desk, people.nia, "MH")),
    lambda desk, people, word: keep_task(desk, people.nia, f"later {word}", topic=_handle(desk, people.nia, "weight")),
    lambda desk, people, word: keep_task(
        desk, people.nia, f"privately {word}", topic=_handle(desk, people.nia, "prognosis")
    ),
    lambda desk, people, word: keep_task(
        desk,
        people.nia,
        f"rang privately {word}",
        topic=_handle(desk, people.nia, "prognosis"),
        status=TaskStatus.COMPLETED,
    ),
    lambda desk, people, word: keep_task(desk, people.withdrawn, f"taken back with the rest {word}"),
    lambda desk, people, word: desk.follow_ups.tell(people.nia, f"worse, she says, since the {word}", sealed=True),
)
"""More that a clinician does, and that reception is told nothing of."""


def alike(path: Path) -> tuple[Vault, People]:
    """Make the clinic that both vaults are copies of."""
    vault = Vault(*make_clinic(path))
    with vault.open() as desk:
        sign_in(desk, ANA)
        nia = next(hit.id for hit in desk.search("Nia Prydderch").hits if hit.name == "Nia Prydderch")
        withdrawn = desk.people.add(Patient(id=PatientId(""), name="Ioan Withers", preferred_name="Ioan")).id
        friend = RelatedPerson(id="", name="Berwyn", relation="friend", often_with=True, may_hear="when the bus goes")
        unasked = desk.people.add(Patient(id=PatientId(""), name="Una Askew", people=(friend,))).id
        unshared = desk.people.add(Patient(id=PatientId(""), name="Noor Shair", people=(friend,))).id
        desk.consents.agree(withdrawn)
        desk.consents.record(withdrawn, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
        desk.consents.record(unasked, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.ACTIVE)
        desk.consents.record(unshared, Covers.KEEP_NOTES, ConsentStatus.ACTIVE)
        desk.notes.write(nia, "Keeps a kayak called Gwylan", kind=NoteKind.HOBBY)
        desk.topics.set(nia, "weight", Permission.CLINICIAN_ONLY)
        desk.topics.set(nia, "prognosis", Permission.PRIVATE_ROOM)
        desk.topics.set(nia, "money", Permission.DO_NOT_RAISE)
        sign_in(desk, OSEI)
        desk.topics.set(nia, "MH", Permission.WELCOME, name_for=Audience.CLINICIANS)
        desk.notes.write(nia, "Waits for a moment alone", kind=ABOUT, audience=Audience.CLINICIANS)
        desk.follow_ups.tell(nia, "Waits to be told", sealed=True)
        return vault, People(nia=nia, withdrawn=withdrawn, unasked=unasked, unshared=unshared)


def copy(vault: Vault, folder: Path) -> Vault:
    """Return a copy of a closed vault."""
    folder.mkdir(mode=0o700)
    path = folder / vault.path.name
    shutil.copyfile(vault.path, path)
    path.chmod(0o600)
    return replace(vault, path=path)


def twins(vault: Vault, people: People, folder: Path) -> tuple[Vault, Vault]:
    """Return two copies with different secrets: in the first every secret twice, in the second some, in other words."""
    folder.mkdir()
    one, other = copy(vault, folder / "one"), copy(vault, folder / "other")
    with one.open() as desk:
        sign_in(desk, OSEI)
        for number, tell in enumerate((*SECRETS.values(), *MORE)):
            for word in (WORDS[number % 5], WORDS[(number + 1) % 5]):
                tell(desk, people, word)
        sign_in(desk, HAHN)
        desk.drafts.keep(people.nia, f"unfinished {WORDS[2]}")
        sign_in(desk, ANA)
        desk.notes.write(people.nia, f"told at the desk {WORDS[0]}", kind=ABOUT, audience=Audience.CLINICIANS)
        desk.notes.write(people.nia, f"told again at the desk {WORDS[1]}", kind=ABOUT, audience=Audience.CLINICIANS)
    with other.open() as desk:
        sign_in(desk, OSEI)
        for number, tell in enumerate(SECRETS.values()):
            if number % 3:
                tell(desk, people, WORDS[5 + number % 5])
        sign_in(desk, ANA)
        desk.notes.write(people.nia, f"told at the desk {WORDS[5]}", kind=ABOUT, audience=Audience.CLINICIANS)
    return one, other


class KeyedReception(Desk):
    """A desk at which reception holds every key a clinician holds: what it then does not see, the rule keeps back."""

    def sign_in(self, staff_id: StaffId, secret: str) -> Any:
        """Sign the receptionist in with the clinician's keys."""
        people = {each.name: each.id for each in self.door()}
        if staff_id != people[ANA]:
            return super().sign_in(staff_id, secret)
        super().sign_in(staff_id, secret)
        viewer = self.viewer
        super().sign_in(people[OSEI], secret)
        self.session().viewer = viewer
        return viewer


@contextmanager
def seeded(seed: int = 1) -> Iterator[None]:
    """Let ids and print serials come in the same order each time; keys and nonces stay as random as ever."""
    drawn = random.Random(seed)  # noqa: S311  # made to be repeated
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rapportdesk.model.identity.os", SimpleNamespace(urandom=drawn.randbytes))
        patch.setattr("rapportdesk.paper.press.secrets", SimpleNamespace(choice=drawn.choice))
        yield
