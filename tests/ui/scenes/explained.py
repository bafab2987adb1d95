"""Scenes of what was explained and understood, and of the library of leaflets."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.explained import TeachBack
from tests.ui.scenes.desk import NIA, NOT_ASKED
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.explained.explained import ELSEWHERE, ExplainedDialog
from ui.leaflets.leaflets import LeafletsDialog

HARD = "This anticoagulant medication has to be taken each day prior to a meal."
TITLE, LANGUAGE = "Your blood thinner", "Welsh"
TYPED = (
    HARD, TITLE, LANGUAGE, "what the new tablet does", "From the heart charity", "mixed up the evenings",
    "Worried about bleeding", "that many ask this", "anticoagulant", "medication", "blood thinner", "medicine",
    "prior to", "before",
)  # fmt: skip
"""What the scenes type, and hard words with plainer ones: nobody's to translate."""


def _explained(stage: Stage, whose: str = NIA) -> ExplainedDialog:
    stage.open(whose)
    dialog = stage.run("explained")
    assert isinstance(dialog, ExplainedDialog)
    return dialog


def _filled(stage: Stage) -> QWidget:
    dialog = _explained(stage)
    dialog.what.edit.setText("what the new tablet does")
    dialog.in_words.start_with(HARD)
    dialog.leaflet.setCurrentIndex(dialog.leaflet.findData(ELSEWHERE))
    dialog.title.edit.setText("From the heart charity")
    dialog.come_back(TeachBack.NOT_YET)
    dialog.understood.edit.setText("mixed up the evenings")
    dialog.felt.edit.setText("Worried about bleeding")
    dialog.acknowledged.edit.setText("that many ask this")
    return dialog


def _not_asked(stage: Stage) -> QWidget:
    dialog = _explained(stage, NOT_ASKED)
    dialog.what.edit.setText("what the new tablet does")
    dialog.save()
    stage.settle()
    return dialog


def _library(stage: Stage) -> LeafletsDialog:
    if not stage.desk.leaflets.list():
        stage.desk.leaflets.add(TITLE, language=LANGUAGE, words=HARD, file=b"%PDF-1.7")
        away = stage.desk.leaflets.add("From the heart charity")
        stage.desk.leaflets.put_away(away.id)
    dialog = stage.run("leaflets")
    assert isinstance(dialog, LeafletsDialog)
    return dialog


def _changing(stage: Stage) -> QWidget:
    dialog = _library(stage)
    dialog.change(next(each for each in stage.desk.leaflets.list() if each.size))
    return dialog


EXPLAINED = (
    Scene(name="explained", who=ANA, show=_explained, screen="explained"),
    Scene(name="explained-not-asked", who=ANA, show=_not_asked),
    Scene(name="leaflets-none", who=ANA, show=lambda stage: stage.run("leaflets"), screen="leaflets"),
)
EXPLAINED_CLINICIAN = (Scene(name="explained-filled", who=OSEI, show=_filled),)
LEAFLETS = (
    Scene(name="leaflets-library", who=BEN, show=_library),
    Scene(name="leaflets-changing", who=BEN, show=_changing),
)
