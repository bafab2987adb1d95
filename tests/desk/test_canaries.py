"""Whatever a day at the desk says, types, brings in, prints and gets wrong, none of it is readable outside the Desk."""

import dataclasses
import datetime as dt
import json
import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import RapportError
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from rapportdesk.model.topic import Permission
from rapportdesk.store.records.payload import encode
from rapportdesk.vault.kdf import Argon2idParameters
from tests.canaries import Planter, everything_under, found, missed
from tests.desk.conftest import MORNING


class Day:
    """A day at the desk in which every field that takes words is given one, by everybody who works there."""

    def __init__(self, folder: Path, planter: Planter) -> None:
        self.planter = planter
        self.clock = StandingClock(MORNING)
        self.custody = MemoryCustody()
        self.path = folder / "vault" / "desk.rapport"
        self.secret = self.word("Secret")
        self.cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
        manager = Founder(
            clinic_name=self.word("ClinicName"), name=self.word("Manager"), secret=self.secret,
            roles=frozenset({Role.MANAGER, Role.RECEPTION}),
        )  # fmt: skip
        self.desk, codes = Desk.create(self.path, self.custody, manager, self.clock, cost=self.cost)
        planter.canaries["Code"] = [codes.desk.code]
        self.staff = [
            self.desk.staff.add(self.word(f"{role}Staff"), frozenset({role}), self.secret, must_change=False).id
            for role in (Role.RECEPTION, Role.CLINICIAN)
        ]
        self.errors: list[str] = []
        self.patients = [self._patient(), self._patient()]

    def word(self, field: str) -> str:
        """Return words that occur nowhere else, noted under the field that they are typed into."""
        canary = f"canary {field} {secrets.token_hex(4)} ü漢"
        self.planter.canaries.setdefault(field, []).append(canary)
        return canary

    def sign_in(self, which: int) -> Desk:
        """Let the receptionist (0) or the clinician (1) sign in."""
        self.desk.sign_in(self.staff[which], self.secret)
        return self.desk

    def _patient(self) -> PatientId:
        written = self.planter.fill(Patient, id=PatientId(""))
        people = tuple(dataclasses.replace(person, unsafe_since=None) for person in written.people)
        kept = self.desk.people.add(dataclasses.replace(written, deceased=False, deceased_on=None, people=people))
        self.desk.consents.agree(kept.id)
        return kept.id

    def at_the_desk(self) -> None:
        """Write, change, move and take back everything that can be written."""
        first, second = self.patients
        for which, audience in ((0, Audience.EVERYONE), (0, Audience.CLINICIANS), (1, Audience.CLINICIANS)):
            desk = self.sign_in(which)
            note = desk.notes.write(
                first, self.word("NoteText"), kind=NoteKind.HOBBY, audience=audience, ask_about=self.word("AskAbout"),
                topic_code=self.word("TopicCode"), about_person=desk.people.get(first).people[0].id,
            )  # fmt: skip
            if which == 1 or audience is Audience.EVERYONE:
                desk.people.set_company(first, frozenset())
                if which == 1:  # a topic first named in a note for clinicians is named to nobody else
                    desk.briefs.open_veiled(first)
                desk.notes.edit(note.id, text=self.word("EditedText"))
                desk.notes.confirm(note.id)
                desk.notes.move(note.id, second)
                desk.notes.undo()
            desk.notes.write(first, self.word("TakenBack"), kind=NoteKind.QUESTION)
            desk.notes.undo()
            for field in ("DraftLetGo", "DraftText" if which else "DraftOfTheLine"):
                desk.drafts.keep(first, self.word(field), kind=NoteKind.HOBBY)
            desk.drafts.keep(second, self.word("DraftLetGo"))
            desk.drafts.discard(second)
            for form, about in ((Form.PERSON, None), (Form.PERSON, first), (Form.TOPIC, first)):
                desk.drafts.keep_form(form, about, self.word("FormLetGo"))
                last = audience is Audience.CLINICIANS
                desk.drafts.keep_form(form, about, self.word("FormContent" if last else "FormLetGo"))
            desk.drafts.keep_form(Form.TOPIC, second, self.word("FormLetGo"))
            desk.drafts.discard_form(Form.TOPIC, second)
        self._promises_and_topics(first)

    def _promises_and_topics(self, patient: PatientId) -> None:
        desk = self.sign_in(0)
        desk.people.set_company(patient, frozenset())  # in company, what was asked about is not there to be logged
        gwen = desk.people.get(patient).people[0]
        task = desk.tasks.add(patient, self.word("TaskText"), due=dt.date(2471, 5, 6), due_time=dt.time(7, 7, 7))
        desk.tasks.done(task.id, outcome=self.word("OutcomeLetGo"))
        desk.tasks.reopen(task.id)
        desk.tasks.done(task.id, outcome=self.word("Outcome"))
        desk.consents.record(
            patient, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen.name, words=self.word("ConsentWords"),
            where=self.word("ConsentWhere"), until=dt.date(2471, 5, 7), reason=self.word("ConsentReason"),
            language=self.word("ConsentLanguage"), present=self.word("ConsentPresent"),
        )  # fmt: skip
        for name_for in Audience:
            code = self.word("SetTopicCode")
            desk.topics.set(
                patient, code, Permission.NOT_IN_FRONT_OF, name_for=name_for, person=gwen.id,
                asking_sentence=self.word("AskingSentence"), said_by=self.word("SaidBy"), until=dt.date(2471, 5, 8),
            )  # fmt: skip
            if name_for is Audience.EVERYONE:
                desk.topics.log_asking(patient, code, self.word("Answer"))
        visit = desk.today.add_appointment(
            patient, dt.datetime(2471, 5, 9, 8, 7, 6, tzinfo=dt.UTC), practitioner=self.word("Practitioner")
        )
        desk.today.mark(visit.id, AppointmentStatus.ARRIVED)
        line = desk.notes.read_line(patient, f'! "{self.word("QuickLine")}"')
        desk.notes.write_line(patient, line)
        desk.notes.write_line(patient, desk.notes.read_line(patient, f"promise: {self.word('QuickPromise')} tomorrow"))

    def brought_in(self, feed: Path) -> None:
        """Bring in a file that is full of words; the file itself is somebody else's and taken away again."""
        resource = {
            "resourceType": "Patient",
            "identifier": [{"system": self.word("FeedSystem"), "value": self.word("FeedNumber")}],
            "name": [{"family": self.word("FeedFamily"), "given": [self.word("FeedGiven")]}],
            "telecom": [{"system": "phone", "value": self.word("FeedPhone")}],
            "contact": [{"name": {"text": self.word("FeedContact")}}],
        }
        feed.write_text(json.dumps(resource), encoding="utf-8")
        self.sign_in(0).imports.read([feed])
        feed.write_text(json.dumps(resource)[:-3], encoding="utf-8")
        self._wrong(lambda: self.desk.imports.read([feed]))
        feed.unlink()

    def read_printed_and_searched(self) -> None:
        """Read, open, print and search everything, as everybody."""
        for which in (0, 1):
            desk = self.sign_in(which)
            for patient in self.patients:
                desk.people.card(patient)
                desk.search(desk.people.get(patient).name)
            for words in self.planter.canaries["NoteText"]:
                desk.search(words)
            desk.paper.desk_slip()
        opened = self.desk.briefs.open_veiled(self.patients[0])
        for form in ("text", "html", "json", "pdf"):
            self.desk.paper.brief_as(opened, form)
        self.desk.paper.brief(self.patients[0])

    def gone_wrong(self) -> None:
        """Make every mistake that has words in it, and keep what is said about it."""
        desk = self.sign_in(0)
        patient = self.patients[0]
        too_long = self.word("TooLong") * 2000
        for mistake in (
            lambda: desk.notes.write(patient, too_long, kind=NoteKind.HOBBY),
            lambda: desk.tasks.add(patient, too_long),
            lambda: desk.topics.set(patient, self.word("WrongTopic"), Permission.NOT_IN_FRONT_OF),
            lambda: desk.topics.set(patient, "x", Permission.NOT_IN_FRONT_OF, person=self.word("WrongPerson")),
            lambda: desk.people.get(PatientId(self.word("WrongPatient"))),
            lambda: desk.people.update(dataclasses.replace(desk.people.get(patient), name=too_long)),
            lambda: desk.staff.add(self.word("WrongStaff"), frozenset({Role.RECEPTION}), self.secret),
            lambda: desk.staff.change_secret(self.word("WrongOld"), self.word("WrongNew")),
            lambda: desk.sign_in(self.staff[1], self.word("WrongSecret")),
            lambda: recover(self.path, self.custody, self.word("WrongCode")),
        ):
            self._wrong(mistake)
        desk.consents.refuse(patient)
        self._wrong(lambda: desk.notes.write(patient, self.word("Refused"), kind=NoteKind.HOBBY))

    def _wrong(self, mistake: Any) -> None:
        with pytest.raises(RapportError) as told:
            mistake()
        self.errors.append(f"{told.value} {told.value!r}")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home and a place for temporary files, in which nothing may be left."""
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
                 "XDG_STATE_HOME"):  # fmt: skip
        folder = tmp_path / "elsewhere" / name
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, os.fspath(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    yield tmp_path / "elsewhere"
    monkeypatch.undo()


def test_no_canary_of_a_whole_day_is_found_anywhere(
    tmp_path: Path, elsewhere: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    planter = Planter()
    day = Day(tmp_path, planter)
    day.at_the_desk()
    day.brought_in(tmp_path / "feed.json")
    day.read_printed_and_searched()
    day.gone_wrong()
    said = capfd.readouterr()
    words = [*planter.flat(), "2471-05-06", "2471-05-07", "2471-05-08", "2471-05-09", "07:07:07"]
    around = {"logs": caplog.text, "errors": "\n".join(day.errors), "out": said.out, "err": said.err}
    beside = {name: text.encode() for name, text in around.items()}
    while_open = everything_under(day.path.parent, elsewhere)
    assert any(name.endswith("-wal") and content for name, content in while_open.items())
    assert found(words, while_open | beside) == []
    day.desk.close()
    assert found(words, everything_under(day.path.parent, elsewhere)) == []
    assert len(planter.canaries) > 60
    assert len(day.errors) == 12

    control = tmp_path / "control"
    control.mkdir()
    (control / "unsealed").write_text("\n".join(words), encoding="utf-8")
    assert missed(words, everything_under(control)) == []


def test_what_was_planted_came_through_the_desk(tmp_path: Path, elsewhere: Path) -> None:
    """The other control: the words were really kept, so that their absence from the file means something."""
    planter = Planter()
    day = Day(tmp_path, planter)
    day.at_the_desk()
    day.brought_in(tmp_path / "feed.json")
    kept: list[bytes] = []
    for which in (0, 1):
        store = day.sign_in(which).session().store
        things = [thing for each in store.all_things() for thing in (each, *store.history(each.id))]
        kept += [encode(thing) for thing in (*store.patients(), *store.things(None), *things)]
        kept.append(json.dumps([store.settings(), [each.name for each in day.desk.door()]]).encode())
    day.desk.close()
    let_go = {
        "Secret", "Code", "TakenBack", "DraftLetGo", "DraftOfTheLine", "FormLetGo", "OutcomeLetGo",
        "Patient.deceased_on", "RelatedPerson.unsafe_since",
    }  # fmt: skip
    for field in set(planter.canaries) - let_go:
        assert missed(planter.canaries[field], {"kept": b"\n".join(kept)}) == []
    assert found([word for field in let_go for word in planter.canaries[field]], {"kept": b"\n".join(kept)}) == []
