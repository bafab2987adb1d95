"""How a table is read is seen and changed first; which of day and month comes first has to be said where it is open."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QApplication

from rapportdesk.desk.bring_in.import_tables import DateOrder, Field
from tests.ui.bring_in.test_bring_in import opened, read
from tests.ui.counter import Counter
from tests.ui.dialogs.conftest import said
from ui.bring_in.bring_in import BringIn
from ui.bring_in.columns import ColumnsDialog

TABLE = "Surname;Forename;DOB;Pet\nGwynne;Eluned;03/04/1950;cat\n"


def columns() -> ColumnsDialog | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, ColumnsDialog) and each.isVisible()]
    return found[-1] if found else None


def asked(counter: Counter, file: Path) -> tuple[BringIn, ColumnsDialog]:
    dialog = opened(counter)
    dialog.take((file,))
    counter.qtbot.waitUntil(lambda: columns() is not None, timeout=20_000)
    found = columns()
    assert found is not None
    return dialog, found


def pick(counter: Counter, dialog: ColumnsDialog, name: str, words: str) -> None:
    picker = dialog.pickers[name]
    picker.setCurrentIndex(picker.findText(words))
    picker.activated.emit(picker.currentIndex())
    counter.qtbot.waitUntil(dialog.shown.isEnabled, timeout=20_000)


def test_an_open_order_is_chosen_and_columns_are_remembered(counter: Counter, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    dialog, table = asked(counter, file)
    assert not table.go_on.isEnabled()
    assert "Gwynne" in said(table)
    pick(counter, table, "#order", DateOrder.MONTH_FIRST.words)
    assert table.go_on.isEnabled()
    pick(counter, table, "Pet", Field.PREFERRED_NAME.words)
    pick(counter, table, "#order", DateOrder.DAY_FIRST.words)
    table.go_on.click()
    counter.qtbot.waitUntil(lambda: columns() is None)
    read(counter, dialog)
    assert "3 Apr 1950" in said(dialog)
    dialog.bring.click()
    counter.qtbot.waitUntil(dialog.leave.isVisible)
    counter.settle()
    (patient,) = [each for each in counter.desk.session().store.patients() if "Gwynne" in each.name]
    assert (patient.preferred_name, patient.birth_date) == ("cat", dt.date(1950, 4, 3))
    dialog.leave.click()
    file.write_text(TABLE.replace("Surname", "SURNAME").replace("Pet", "pet"), encoding="utf-8")
    again, table = asked(counter, file)
    assert table.pickers["pet"].currentText() == Field.PREFERRED_NAME.words, "it is remembered by its header"
    assert not table.go_on.isEnabled(), "the order is not remembered"
    table.reject()
    again.leave.click()
