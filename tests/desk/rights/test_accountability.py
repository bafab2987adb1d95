"""Each row of the table is checked when it is shown, and says so when it does not hold."""

import socket

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed
from rapportdesk.model.accountability import Safeguard
from tests.desk.conftest import Practice, add_nia
from tests.paper.reading import text_of


def table(desk: Desk) -> dict[str, Safeguard]:
    return {row.standard: row for row in desk.accountability.safeguards()}


def test_what_holds_is_said_to_hold_and_what_does_not_is_not(practice: Practice) -> None:
    add_nia(practice.desk)
    practice.sign_in("Dr Osei")
    rows = table(practice.sign_in("Ben Morgan"))
    holds = {standard: row.holds for standard, row in rows.items()}
    assert holds["164.312(a)(1)"]
    assert holds["164.312(a)(2)(i)"]
    assert holds["164.312(a)(2)(ii)"]
    assert holds["164.312(a)(2)(iv)"]
    assert holds["164.312(b)"]
    assert holds["164.312(c)(1), (c)(2)"]
    assert holds["164.312(a)(2)(iii)"] is None  # the window's own setting
    assert holds["164.312(d)"] is False  # the tests' secrets are stretched by far too little
    assert holds["164.308(a)(7)"] is False  # no backup was ever made


def test_a_name_that_lies_open_is_noticed(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    add_nia(desk)
    assert table(desk)["164.312(a)(2)(iv)"].holds
    with practice.path.open("ab") as file:
        file.write(b"Nia Prydderch")
    assert table(desk)["164.312(a)(2)(iv)"].holds is False


def test_a_connection_to_a_network_is_noticed(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    if table(desk)["164.312(e)(1)"].holds is None:
        return  # this system does not let it be asked, and the row says so
    before = table(desk)["164.312(e)(1)"].found
    with socket.socket(socket.AF_INET):
        row = table(desk)["164.312(e)(1)"]
    assert (row.holds, row.found == before) == (False, False)


def test_the_page_says_both_and_names_no_patient(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    add_nia(desk)
    said = text_of(desk.accountability.page().pdf)
    assert "164.312(a)(2)(iv)" in said
    assert "Controller" in said
    assert "Prydderch" not in said


def test_it_is_a_managers(practice: Practice) -> None:
    for name in ("Ana Ruiz", "Dr Osei"):
        with pytest.raises(NotAllowed):
            practice.sign_in(name).accountability.safeguards()
