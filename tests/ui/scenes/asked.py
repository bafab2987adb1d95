"""Scenes of what was asked already, and of who came along today."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.company import NOT_ON_THE_CARD
from rapportdesk.model.question import Answer
from tests.ui.scenes.desk import NIA, NOT_ASKED
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage
from ui.asked.questions_dialog import QuestionsDialog


def _questions(stage: Stage) -> QWidget:
    nia = stage.open(NIA)
    stage.desk.questions.record(nia, "how-to-communicate", Answer.DECLINED)
    return stage.run("questions")


def _answering(stage: Stage) -> QWidget:
    stage.open(NOT_ASKED)
    dialog = stage.run("questions")
    assert isinstance(dialog, QuestionsDialog)
    question = next(each for each in dialog.questions.values() if each.first is not None)
    question.answer()
    question.answer()
    return dialog


def _declined_on_the_card(stage: Stage) -> QWidget:
    patient = stage.find("Sam Lee")
    stage.desk.questions.record(patient, "pronouns", Answer.DECLINED)
    stage.open("Sam Lee")
    return stage.window


def _with_them(stage: Stage) -> QWidget:
    nia = stage.find(NIA)
    gwen = stage.desk.people.get(nia).people[0].id
    stage.desk.people.set_company(nia, frozenset({gwen, f"{NOT_ON_THE_CARD}Bob from next door"}))
    stage.open(NIA)
    return stage.window


def _company_named(stage: Stage) -> QWidget:
    _with_them(stage)
    return stage.run("company")


ASKED = (
    Scene(name="questions", who=ANA, show=_questions, screen="questions"),
    Scene(name="questions-answering", who=ANA, show=_answering),
    Scene(name="card-would-rather-not-say", who=ANA, show=_declined_on_the_card),
    Scene(name="card-with-them", who=ANA, show=_with_them),
    Scene(name="company-named", who=ANA, show=_company_named),
)
