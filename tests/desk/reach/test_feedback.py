"""Feedback is asked with consent alone, has no name unless an answer is wanted, and a concern becomes a promise."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.reach.feedback import LONGEST_WORDS
from rapportdesk.errors import BadInput, ConsentNeeded, NotAllowed, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.feedback import Answers, Experience, FeedbackGiven, Share
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from tests.desk.conftest import Practice, add_nia

GOOD = Answers(overall=Experience.VERY_GOOD, listened=Experience.GOOD, explained=Experience.POOR)
KIND = FeedbackGiven(answers=GOOD, why="So kind", better="The step at the door")
ADDRESS = "reviews.example.org/cwm-road"


@pytest.fixture
def nia(ana: Desk) -> PatientId:
    """Nia, who agreed to notes and to being asked."""
    made = add_nia(ana)
    ana.consents.record(made, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    return made


def texts(desk: Desk, patient: PatientId) -> list[str]:
    return [line.text for block in desk.people.card_unrecorded(patient).blocks for line in block.lines]


def test_nobody_is_asked_who_has_not_agreed(ana: Desk) -> None:
    nia = add_nia(ana)
    assert not ana.feedback.asking(nia).agreed
    for ask in (lambda: ana.feedback.form(nia), lambda: ana.feedback.give(KIND, nia)):
        with pytest.raises(NotAllowed):
            ask()
    ana.consents.record(nia, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    assert ana.feedback.form(nia).languages
    ana.consents.record(nia, Covers.FEEDBACK, ConsentStatus.INACTIVE)
    with pytest.raises(NotAllowed):
        ana.feedback.form(nia)


def test_the_form_knows_nothing_of_anybody(ana: Desk, nia: PatientId) -> None:
    form = str(ana.feedback.form(nia))
    for secret in ("Nia", "Prydderch", "40218", "Gwen", nia, "Ana", "Cwm Road"):
        assert secret not in form
    assert {words.language for words in ana.feedback.form(nia).languages} >= {"en_GB"}


def test_without_a_name_nothing_tells_whose_it_is(practice: Practice, ana: Desk, nia: PatientId) -> None:
    card, looked = ana.people.card_unrecorded(nia), len(list(ana.session().store.audit_events()))
    ana.feedback.give(KIND, nia)

    assert ana.people.card_unrecorded(nia) == card
    assert len(list(ana.session().store.audit_events())) == looked
    settings = ana.session().store.settings()
    kept = next(value for name, value in settings.items() if name.startswith("feedback"))
    assert "So kind" in kept, "the control: it is there"
    for secret in (nia, "Nia", "Ana", ana.viewer.staff, "T09", "09:04", "2026-11-20"):
        assert secret not in kept


def test_with_a_name_it_is_a_note_and_a_promise(ana: Desk, nia: PatientId) -> None:
    ana.feedback.give(FeedbackGiven(answers=GOOD, why="So kind", concern=True, wants_answer=True), nia)
    lines = [line for block in ana.people.card_unrecorded(nia).blocks for line in block.lines]
    note = next(line.note for line in lines if line.note is not None and "So kind" in line.note.text)
    assert note.kind is NoteKind.PAST_EXPERIENCE
    assert "Very good" in note.text
    task = next(line.task for line in lines if line.task is not None)
    assert task.text == "Look into their concern, and answer their feedback"
    assert task.due == dt.date(2026, 11, 27)
    settings = ana.session().store.settings()
    assert not any("So kind" in value for value in settings.values()), "its words lie on the person alone"


def test_what_is_named_goes_with_the_consent_to_notes_and_its_count_stays(
    practice: Practice, ana: Desk, nia: PatientId
) -> None:
    for _time in range(5):
        ana.feedback.give(FeedbackGiven(answers=GOOD, why="So kind", wants_answer=True), nia)
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert "So kind" not in " ".join(texts(ana, nia))
    practice.clock.move_on(40 * 86_400)
    manager = practice.sign_in("Ben Morgan")
    before = manager.feedback.shown().trend
    manager.erasures.erase(nia)
    assert manager.feedback.shown().trend == before
    assert [cell.answers for cell in before] == [5, 5, 5]


def test_an_answer_needs_somebody_and_their_consent_to_notes(ana: Desk) -> None:
    wanted = FeedbackGiven(answers=GOOD, wants_answer=True)
    with pytest.raises(BadInput):
        ana.feedback.give(wanted)
    huw = add_nia(ana, agreed=False)
    ana.consents.record(huw, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    assert not ana.feedback.form(huw).may_be_named
    with pytest.raises(ConsentNeeded):
        ana.feedback.give(wanted, huw)
    assert not any(name.startswith("feedback") for name in ana.session().store.settings()), "nothing half done"


def test_a_manager_alone_sees_months_that_are_over(practice: Practice, ana: Desk) -> None:
    for _time in range(12):
        ana.feedback.give(KIND)
    for refused in (ana.feedback.shown, ana.feedback.csv, lambda: ana.feedback.looked_into("x")):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotAllowed):
        ana.feedback.set_review_address(ADDRESS)
    manager = practice.sign_in("Ben Morgan")
    assert manager.feedback.shown().trend == ()
    assert manager.feedback.shown().words == ()

    practice.clock.move_on(11 * 86_400)  # the first of December
    shown = practice.sign_in("Ben Morgan").feedback.shown()
    assert [(cell.answers, cell.share) for cell in shown.trend] == [
        (12, Share.FEW_OTHERS), (12, Share.FEW_OTHERS), (12, Share.FEW_GOOD)
    ]  # fmt: skip
    assert {words.why for _month, words in shown.words} == {"So kind"}
    assert b"2026-11" in manager.feedback.csv()


def test_a_concern_without_a_name_is_read_at_once_and_ticked_off(practice: Practice, ana: Desk) -> None:
    ana.feedback.give(FeedbackGiven(answers=GOOD, better="The step", concern=True))
    ana.feedback.give(KIND)
    manager = practice.sign_in("Ben Morgan")
    (concern,) = manager.feedback.shown().concerns
    assert concern.better == "The step"
    manager.feedback.looked_into(concern.id)
    assert manager.feedback.shown().concerns == ()
    with pytest.raises(NotFound):
        manager.feedback.looked_into("gone")


def test_an_invitation_to_review_follows_its_own_consent(practice: Practice, ana: Desk, nia: PatientId) -> None:
    practice.sign_in("Ben Morgan").feedback.set_review_address(f" {ADDRESS} ")
    desk = practice.sign_in("Ana Ruiz")
    assert desk.feedback.form(nia).review_address == ""
    desk.consents.record(nia, Covers.REVIEW, ConsentStatus.ACTIVE)
    assert desk.feedback.form(nia).review_address == ADDRESS
    worst = Answers(overall=Experience.VERY_POOR, listened=Experience.VERY_POOR, explained=Experience.VERY_POOR)
    for answers in (worst, GOOD):
        desk.feedback.give(FeedbackGiven(answers=answers), nia)
        assert desk.feedback.form(nia).review_address == ADDRESS


def test_words_are_bounded(ana: Desk) -> None:
    with pytest.raises(BadInput):
        ana.feedback.give(FeedbackGiven(answers=GOOD, why="x" * (LONGEST_WORDS + 1)))
