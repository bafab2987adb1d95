"""Which secrets may be chosen."""

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.vault.secrets_policy import check_new_secret

RECEPTION = frozenset({"reception"})


@pytest.mark.parametrize("secret", ["gwyrdd fel y bryn", "12345678", "ääääöööö", "x" * 1024])
def test_a_passphrase_of_eight_or_more_is_taken(secret: str) -> None:
    check_new_secret(secret, pin=False, roles={"manager", "clinician"})


@pytest.mark.parametrize("secret", ["", "sieben7", "x" * 1025, "x" * (1 << 20)])
def test_a_passphrase_too_short_or_too_long_is_refused(secret: str) -> None:
    with pytest.raises(BadInput):
        check_new_secret(secret, pin=False, roles=RECEPTION)


@pytest.mark.parametrize("secret", ["604825", "6048251937"])
def test_reception_may_use_a_pin(secret: str) -> None:
    check_new_secret(secret, pin=True, roles=RECEPTION)


@pytest.mark.parametrize("secret", ["", "60482", "60482x", "６０４８２５", "111111", "123456", "987654", "890123"])
def test_a_pin_that_is_none_or_easy_is_refused(secret: str) -> None:
    with pytest.raises(BadInput):
        check_new_secret(secret, pin=True, roles=RECEPTION)


@pytest.mark.parametrize("roles", [{"clinician"}, {"manager"}, {"reception", "manager"}, set()])
def test_nobody_but_reception_may_use_a_pin(roles: set[str]) -> None:
    with pytest.raises(BadInput):
        check_new_secret("604825", pin=True, roles=roles)


def test_a_refusal_never_repeats_the_secret() -> None:
    with pytest.raises(BadInput) as refused:
        check_new_secret("hunter2", pin=False, roles=RECEPTION)
    assert "hunter2" not in str(refused.value)
