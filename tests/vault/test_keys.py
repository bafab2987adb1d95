"""Keys in memory: they come back from their bytes, and printing them shows none."""

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.keys import CliniciansPair, SessionKeys
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import OpenedSheet
from rapportdesk.vault.slots import OpenedSlot

PAIR = CliniciansPair(epoch=3, x25519=new_key(), ed25519=new_key())


def test_a_pair_comes_back_from_its_bytes() -> None:
    assert CliniciansPair.from_bytes(PAIR.to_bytes()) == PAIR


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PAIR.to_bytes()[:-1],
        PAIR.to_bytes() + b"x",
        frame("something", 3, bytes(32), bytes(32)),
        frame("clinicians", "3", bytes(32), bytes(32)),
        frame("clinicians", 3, bytes(31), bytes(32)),
        frame("clinicians", 3, bytes(32), bytes(33)),
    ],
    ids=["empty", "cut", "longer", "another purpose", "epoch as text", "short key", "long key"],
)
def test_bytes_that_are_no_pair_are_refused(content: bytes) -> None:
    with pytest.raises(Tampered):
        CliniciansPair.from_bytes(content)


def test_printing_never_shows_a_key() -> None:
    secret = [new_key() for _each in range(7)]
    pair = CliniciansPair(epoch=1, x25519=secret[0], ed25519=secret[1])
    session = SessionKeys(
        staff_id="ana",
        vault_key=secret[2],
        signing_key=secret[3],
        clinicians=(pair,),
        clinic_public=secret[4],
        device_key=secret[5],
        private_key=secret[6],
    )
    shown = "".join(
        repr(one) + str(one)
        for one in (
            session,
            pair,
            OpenedSlot(private_key=secret[0], clinic_public=secret[1]),
            OpenedSheet(private_key=secret[0], clinic_public=secret[1]),
        )
    )
    assert "ana" in shown
    for key in secret:
        assert repr(key) not in shown
        assert key.hex() not in shown
    assert repr(secret[0]) in repr(secret)  # the control: a list of keys would show them
