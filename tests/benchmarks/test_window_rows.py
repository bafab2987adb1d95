"""What is measured through the window is what was done there: so many values, and what was typed is what was found."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from rapportdesk.model.note import Note
from tests.benchmarks.driven import Driven
from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.measured import Of
from tests.benchmarks.typed import Typed
from tests.benchmarks.vaults import RECEPTION, make_vault, open_vault, sign_in
from tests.benchmarks.window_rows import COMMIT, WindowRows, held_mb, some_patients
from tests.ui.stage import CHEAP
from ui.look.palette import LIGHT
from ui.theme import Theme, load_fonts


def test_every_key_has_its_value_and_every_note_is_kept(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    make_vault(folder, patients=9, notes=20, seed=3, cost=CHEAP)
    load_fonts()
    theme = Theme(LIGHT)
    theme.apply(qapp)
    with Heartbeat() as heart, Driven(qapp, theme, folder, give_up_s=60) as driven:
        window = WindowRows(driven, heart, 9)
        clinician, reception, lock = window.sign_ins(1)
        assert (len(clinician.values), len(reception.values), len(lock.values)) == (1, 1, 2)
        driven.enter(RECEPTION)
        every, last = window.searches(
            (Typed(name="all", texts=("ab", "c")), Typed(name="last", texts=("abc",), last_only=True))
        )
        assert (len(every.values), len(last.values), len(every.processor)) == (3, 1, 3)
        patients = some_patients(driven, 3)
        assert len(window.cards(patients).values) == 3
        durable, said = window.saves(patients[:2], tmp_path)
        assert len(durable.values) == len(durable.peers[COMMIT]) == 2
        assert all(0 < kept < told for kept, told in zip(durable.values, said.values, strict=True))
        stretches = [row.name.removeprefix("window kept while ") for row in window.kept()]
        assert stretches == ["signing in and locking", "searching", "opening cards", "saving notes"]
        assert all(row.figure(Of.MOST) >= 0 for row in window.kept())
        assert len(window.pace().values) == len(stretches)
        assert held_mb() > 30
    with open_vault(folder) as desk:
        sign_in(desk, RECEPTION)
        texts = {thing.text for thing in desk.session().store.all_things() if isinstance(thing, Note)}
        assert {"Likes the window seat 0", "Likes the window seat 1"} <= texts


def test_a_window_that_is_kept_is_noticed(qapp: QApplication) -> None:
    with Heartbeat() as heart:
        heart._watch.last -= 0.2  # as if nothing had come for so long
        heart._beat()
        told = heart.taken()
        assert told.most > 150
        assert told.late == 1
        heart._beat()
        assert heart.taken().late == 0
    del qapp
