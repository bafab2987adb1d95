"""The library is a manager's to keep and everybody's to give from; a file is sealed, and not read with the list."""

from pathlib import Path

import pytest

from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.model.leaflet import LARGEST_LEAFLET
from tests.desk.conftest import Practice, add_nia

PDF = b"%PDF-1.7 a tablet that keeps the blood from clotting"
BEN, ANA, OSEI = "Ben Morgan", "Ana Ruiz", "Dr Osei"


def test_a_manager_keeps_the_library_and_everybody_gives_from_it(practice: Practice) -> None:
    desk = practice.sign_in(BEN)
    blood = desk.leaflets.add("Your blood thinner", language="Welsh", words="It keeps clots away.", file=PDF)
    desk.leaflets.add("after the scan")
    for name in (ANA, OSEI):
        desk = practice.sign_in(name)
        assert [each.title for each in desk.leaflets.list()] == ["after the scan", "Your blood thinner"]
        assert desk.leaflets.file(blood.id) == PDF
        with pytest.raises(NotAllowed):
            desk.leaflets.add("Mine")
        with pytest.raises(NotAllowed):
            desk.leaflets.put_away(blood.id)
        with pytest.raises(NotAllowed):
            desk.leaflets.change(blood.id, title="Mine")


def test_a_file_is_not_read_with_the_list_and_survives_a_new_title_until_another_takes_its_place(
    practice: Practice,
) -> None:
    desk = practice.sign_in(BEN)
    leaflet = desk.leaflets.add("Your blood thinner", file=PDF)
    assert [(each.content, each.size) for each in desk.leaflets.list()] == [("", len(PDF))]
    desk.leaflets.change(leaflet.id, title="Blood thinners")
    assert desk.leaflets.file(leaflet.id) == PDF
    desk.leaflets.change(leaflet.id, title="Blood thinners", file=PDF + b"2")
    assert desk.leaflets.file(leaflet.id) == PDF + b"2"
    assert desk.leaflets.list()[0].size == len(PDF) + 1


def test_what_is_no_pdf_or_too_large_or_has_no_title_is_not_taken(practice: Practice) -> None:
    desk = practice.sign_in(BEN)
    for title, file in (("Scan", b"MZ"), ("Scan", b"%PDF-" + b"x" * LARGEST_LEAFLET), (" ", b"")):
        with pytest.raises(BadInput):
            desk.leaflets.add(title, file=file)
    assert desk.leaflets.list() == ()
    bare = desk.leaflets.add("Scan")
    with pytest.raises(NotFound):
        desk.leaflets.file(bare.id)


def test_what_is_put_away_is_given_no_more_and_can_be_taken_back(practice: Practice) -> None:
    desk = practice.sign_in(BEN)
    leaflet = desk.leaflets.add("Scan")
    desk.leaflets.put_away(leaflet.id)
    assert desk.leaflets.list() == ()
    assert [each.id for each in desk.leaflets.list(put_away=True)] == [leaflet.id]
    desk.notes.undo()
    assert [each.id for each in desk.leaflets.list()] == [leaflet.id]
    desk.notes.undo()
    assert desk.leaflets.list(put_away=True) == ()


def test_nothing_of_a_leaflet_is_readable_in_the_file_and_a_new_vault_key_keeps_it(practice: Practice) -> None:
    desk = practice.sign_in(BEN)
    leaflet = desk.leaflets.add("Kestrel leaflet", words="whimbrel", file=PDF)
    add_nia(desk)
    desk.replace_vault_key()
    assert desk.leaflets.file(leaflet.id) == PDF
    assert desk.verify().clean
    practice.reopen()
    desk = practice.sign_in(ANA)
    assert [each.title for each in desk.leaflets.list()] == ["Kestrel leaflet"]
    assert desk.clinic_name == "Cwm Road", "the settings beside it are read as before"
    everything = b"".join(each.read_bytes() for each in _files(practice.path.parent))
    assert not any(word in everything for word in (b"Kestrel", b"whimbrel", b"clotting"))


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]
