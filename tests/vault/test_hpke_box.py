"""A box opens for its recipient, as what it was sealed as, and not otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.hpke_box import CLINICIANS, open_from, seal_to
from rapportdesk.vault.signing import new_private_key, public_key
from tests.vault.damage import bits, flipped

PRIVATE = new_private_key()


def boxed(content: bytes = b"asked not to be asked") -> bytes:
    return seal_to(public_key(PRIVATE), content, vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)


@given(st.binary(max_size=700))
@settings(deadline=None)
def test_a_box_opens_for_its_recipient(content: bytes) -> None:
    opened = open_from(PRIVATE, boxed(content), vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)
    assert opened == content


@given(bits)
@settings(deadline=None)
def test_one_flipped_bit_is_noticed(bit: int) -> None:
    with pytest.raises(Tampered):
        open_from(PRIVATE, flipped(boxed(), bit), vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)


def test_another_private_key_does_not_open() -> None:
    with pytest.raises(Tampered):
        open_from(new_private_key(), boxed(), vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)


@pytest.mark.parametrize(
    ("vault_id", "kind", "epoch", "recipient"),
    [
        ("w", "note", 1, CLINICIANS),
        ("v", "vault-key", 1, CLINICIANS),
        ("v", "note", 2, CLINICIANS),
        ("v", "note", 1, "ana"),
    ],
)
def test_everything_a_box_is_bound_to_counts(vault_id: str, kind: str, epoch: int, recipient: str) -> None:
    with pytest.raises(Tampered):
        open_from(PRIVATE, boxed(), vault_id=vault_id, kind=kind, epoch=epoch, recipient=recipient)


def test_boxes_of_like_contents_have_one_size() -> None:
    assert len(boxed(b"hiv")) == len(boxed(b"bereavement, says the daughter"))


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), bytes(33)])
def test_what_is_no_public_key_is_refused(key: bytes) -> None:
    with pytest.raises(Tampered):
        seal_to(key, b"x", vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)


@pytest.mark.parametrize("length", [0, 31, 32, 47])
def test_a_box_cut_short_is_noticed(length: int) -> None:
    with pytest.raises(Tampered):
        open_from(PRIVATE, boxed()[:length], vault_id="v", kind="note", epoch=1, recipient=CLINICIANS)
