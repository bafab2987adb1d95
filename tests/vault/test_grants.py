"""A grant is believed when somebody entitled signed it for this recipient, and is not looked into before."""

from dataclasses import replace

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.vault.clinicians import first_pair, successor
from rapportdesk.vault.grants import Grant, GrantKind, make_grant, open_grant
from rapportdesk.vault.hpke_box import seal_to
from rapportdesk.vault.keys import CliniciansPair, CliniciansPublic
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.signing import new_private_key, new_signing_key, public_key, sign
from tests.vault.clinic import Clinic

CLINIC = Clinic()
RECEPTION = CLINIC.slot("ana", "reception")
MANAGER = CLINIC.slot("mia", "manager")
CLINICIAN = CLINIC.slot("cai", "clinician")
FIRST, FIRST_PUBLIC = first_pair(CLINIC.signing_key, CLINIC.vault_id)
SECOND, SECOND_PUBLIC = successor(FIRST, CLINIC.vault_id)
CHAIN = [FIRST_PUBLIC, SECOND_PUBLIC]
SLOTS = {"ana": RECEPTION, "mia": MANAGER, "cai": CLINICIAN}
KEY = new_key()


def granted(kind: GrantKind = "vault-key", to: str = "ana", epoch: int = 1, key: bytes = KEY) -> Grant:
    return make_grant(
        kind=kind,
        epoch=epoch,
        key=key,
        recipient=CLINIC.verified(SLOTS[to]),
        signing_key=CLINIC.signing_key,
        vault_id=CLINIC.vault_id,
    )


def opened(grant: Grant, by: str = "ana", chain: list[CliniciansPublic] = CHAIN) -> bytes:
    return open_grant(
        grant,
        private_key=CLINIC.private_key(SLOTS[by]),
        recipient=by,
        clinic_public=CLINIC.public,
        vault_id=CLINIC.vault_id,
        chain=chain,
    )


def clinicians_grant(pair: CliniciansPair, signing_key: bytes, epoch: int | None = None) -> Grant:
    return make_grant(
        kind="clinicians",
        epoch=epoch or pair.epoch,
        key=pair.to_bytes(),
        recipient=CLINIC.verified(CLINICIAN),
        signing_key=signing_key,
        vault_id=CLINIC.vault_id,
    )


def test_a_granted_key_comes_back() -> None:
    assert opened(granted()) == KEY
    assert opened(granted("signing-key", "mia"), "mia") == KEY


def test_nobody_is_granted_what_their_role_does_not_hold() -> None:
    kinds: list[GrantKind] = ["vault-key", "device-key", "signing-key", "clinicians"]
    may = {(who, kind) for who, slot in SLOTS.items() for kind in kinds if kind in CLINIC.verified(slot).may_hold}
    everyone: set[tuple[str, GrantKind]] = {("ana", "vault-key"), ("mia", "vault-key"), ("cai", "vault-key")}
    assert may == everyone | {("mia", "signing-key"), ("cai", "clinicians")}
    with pytest.raises(ValueError, match="may not hold"):
        granted("signing-key", "ana")
    with pytest.raises(ValueError, match="may not hold"):
        granted("clinicians", "mia", key=FIRST.to_bytes())


def test_a_recipient_cannot_be_made_without_a_signature() -> None:
    with pytest.raises(TypeError):
        VerifiedRecipient()
    verified = CLINIC.verified(RECEPTION)
    with pytest.raises(AttributeError):
        verified.public_key = public_key(new_private_key())  # type: ignore[misc]  # that it cannot be set is the test


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "device-key"},
        {"epoch": 2},
        {"grant_id": "another"},
        {"sealed": granted().sealed},
        {"signature": granted().signature},
        {"signature": b""},
    ],
)
def test_an_edited_grant_is_refused(change: dict[str, object]) -> None:
    grant = granted()
    assert opened(grant) == KEY
    with pytest.raises(Tampered):
        opened(replace(grant, **change))  # type: ignore[arg-type]  # any one field


def test_a_colleagues_grant_is_refused() -> None:
    grant = granted(to="mia")
    with pytest.raises(Tampered):
        opened(grant)
    with pytest.raises(Tampered):
        opened(replace(grant, recipient="ana"))


def forged(signing_key: bytes, key: bytes = KEY) -> Grant:
    """Return a grant as a receptionist can make one: a right box, for a public key that everybody can read."""
    box = seal_to(MANAGER.public_key, key, vault_id=CLINIC.vault_id, kind="vault-key", epoch=7, recipient="mia")
    parts = (CLINIC.vault_id, "g", "vault-key", 7, "mia", MANAGER.public_key, box)
    return Grant(
        grant_id="g",
        kind="vault-key",
        epoch=7,
        recipient="mia",
        sealed=box,
        signature=sign(signing_key, "grant", *parts),
    )


def test_a_forged_grant_is_refused_though_its_box_would_open() -> None:
    with pytest.raises(Tampered):
        opened(forged(new_signing_key()), "mia")
    with pytest.raises(Tampered):
        opened(forged(FIRST.ed25519), "mia")
    assert opened(forged(CLINIC.signing_key), "mia") == KEY  # the control: the clinic could have made it


def test_a_signed_key_of_another_length_is_refused() -> None:
    with pytest.raises(Tampered):
        opened(forged(CLINIC.signing_key, b"short"), "mia")


class TestTheCliniciansKeys:
    """Signed by the partner key of the same epoch, the first also by the clinic."""

    def test_each_epoch_opens(self) -> None:
        for pair in (FIRST, SECOND):
            grant = clinicians_grant(pair, pair.ed25519)
            assert CliniciansPair.from_bytes(opened(grant, "cai")) == pair
        assert CliniciansPair.from_bytes(opened(clinicians_grant(FIRST, CLINIC.signing_key), "cai")) == FIRST

    def test_the_clinic_cannot_hand_out_a_later_epoch(self) -> None:
        """A manager who is no clinician has the clinic's key and may not choose what clinicians seal to."""
        with pytest.raises(Tampered):
            opened(clinicians_grant(SECOND, CLINIC.signing_key), "cai")

    def test_a_former_epochs_partner_cannot_hand_out_the_next(self) -> None:
        with pytest.raises(Tampered):
            opened(clinicians_grant(SECOND, FIRST.ed25519), "cai")

    def test_another_pair_than_the_published_one_is_refused(self) -> None:
        other, _public = successor(FIRST, CLINIC.vault_id)
        with pytest.raises(Tampered):
            opened(clinicians_grant(other, SECOND.ed25519), "cai")

    @pytest.mark.parametrize("chain", [[], [FIRST_PUBLIC], [SECOND_PUBLIC]])
    def test_without_the_whole_chain_nothing_opens(self, chain: list[CliniciansPublic]) -> None:
        with pytest.raises(Tampered):
            opened(clinicians_grant(SECOND, SECOND.ed25519), "cai", chain)

    @pytest.mark.parametrize("epoch", [-1, 3])
    def test_an_epoch_outside_the_chain_is_refused(self, epoch: int) -> None:
        with pytest.raises(Tampered):
            opened(clinicians_grant(SECOND, SECOND.ed25519, epoch), "cai")
