"""Scenes of feedback: the patient's form step by step, what staff enter, and what a manager may see."""

import datetime as dt
from collections.abc import Callable

from pydantic import TypeAdapter
from PySide6.QtWidgets import QWidget

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.reach.feedback import MONTH, REVIEW_ADDRESS
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.feedback import Answers, Experience, FeedbackMonth, FeedbackWords
from tests.ui.scenes.desk import NIA
from tests.ui.screens import ANA, BEN, Scene
from tests.ui.stage import Stage
from ui.feedback.feedback_dialog import FeedbackDialog
from ui.feedback.patient_form import PatientForm

ADDRESS = "reviews.example.org/cwm-road"
WHY, BETTER, WORRIED = "Everybody was so kind", "The step at the door", "I was called by my first name"
WRITTEN = (ADDRESS, WHY, BETTER, WORRIED, "English (United Kingdom)", "English", "Cymraeg", "British English")
"""What the scenes write, which is nobody's to translate."""

_SO_MANY = ((5, 1), (12, 0), (14, 9), (3, 0), (30, 2), (2, 11), (21, 6), (18, 7))
"""Good and other answers in each of the months before."""


def past_months(desk: Desk) -> None:
    """Put eight months that are over into the file, as if patients had answered in them."""
    good = Answers(overall=Experience.VERY_GOOD, listened=Experience.GOOD, explained=Experience.GOOD)
    poor = Answers(overall=Experience.POOR, listened=Experience.GOOD, explained=Experience.VERY_POOR)
    store = desk.session().store
    for number, (many, others) in enumerate(_SO_MANY):
        month = FeedbackMonth(
            month=dt.date(2026, 3 + number, 1),
            answers=(good,) * many + (poor,) * others,
            words=(FeedbackWords(id=f"{number}", why=WHY, better=BETTER),) if number == 4 else (),
        )
        store.put_setting(f"{MONTH}{month.month:%Y-%m}", TypeAdapter(FeedbackMonth).dump_json(month).decode())
    concern = FeedbackMonth(
        month=dt.date(2026, 11, 1), words=(FeedbackWords(id="worried", better=WORRIED, concern=True),)
    )
    store.put_setting(f"{MONTH}2026-11", TypeAdapter(FeedbackMonth).dump_json(concern).decode())


def agreed(stage: Stage) -> None:
    """Open Nia, who agreed to be asked and to be invited to review."""
    nia = stage.open(NIA)
    stage.desk.session().store.put_setting(REVIEW_ADDRESS, ADDRESS)
    for covers in (Covers.FEEDBACK, Covers.REVIEW):
        stage.desk.consents.record(nia, covers, ConsentStatus.ACTIVE)


def handed(stage: Stage) -> PatientForm:
    """Hand Nia the screen and return the form."""
    agreed(stage)
    dialog, size = stage.run("feedback"), stage.window.size()
    assert isinstance(dialog, FeedbackDialog)
    dialog.hand_over.click()
    stage.settle()
    stage.window.showNormal()  # it fills the screen, and is looked at in every width
    stage.window.resize(size)
    stage.settle()
    page = stage.window.findChild(PatientForm)
    assert page is not None
    return page


def _form(step: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = handed(stage)
        for _step in range(step):
            if page.answers:
                page.answers[Experience.GOOD].click()
            page.next.click()
            stage.settle()
        return stage.window

    return show


def _dialog(stage: Stage) -> QWidget:
    agreed(stage)
    return stage.run("feedback")


def _not_agreed(stage: Stage) -> QWidget:
    nia = stage.open(NIA)
    stage.desk.consents.record(nia, Covers.FEEDBACK, ConsentStatus.INACTIVE)
    return stage.run("feedback")


def _trend(stage: Stage) -> QWidget:
    past_months(stage.desk)
    return stage.run("feedback-trend")


FEEDBACK = (
    Scene(name="feedback", who=ANA, show=_dialog, screen="feedback"),
    Scene(name="feedback-not-agreed", who=ANA, show=_not_agreed),
    Scene(name="feedback-nobody-open", who=ANA, show=lambda stage: stage.run("feedback")),
    Scene(name="feedback-form", who=ANA, show=_form(0)),
    Scene(name="feedback-form-words", who=ANA, show=_form(3)),
    Scene(name="feedback-form-thanks", who=ANA, show=_form(4)),
)

FEEDBACK_MANAGER = (
    Scene(name="feedback-trend-empty", who=BEN, show=lambda stage: stage.run("feedback-trend")),
    Scene(name="feedback-trend", who=BEN, show=_trend, screen="feedback-trend"),
)
