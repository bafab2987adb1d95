"""Which stores are used: the real ones by their exact class, out of several the first."""

from typing import Any

import pytest

from rapportdesk.vault.keyring_process import STORES, Outcome, choose


def backend(name: str, **attributes: Any) -> object:
    """Return an object whose class has this full name, as a loaded backend would."""
    module, _dot, qualname = name.rpartition(".")
    return type(qualname, (), {"__module__": module, **attributes})()


def chainer(*names: str) -> object:
    return backend("keyring.backends.chainer.ChainerBackend", backends=[backend(name) for name in names])


@pytest.mark.parametrize("name", STORES)
def test_each_real_store_is_used(name: str) -> None:
    configured = backend(name)
    assert choose(configured) is configured


NULL, FAIL = "keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"
PLAIN = "keyrings.alt.file.PlaintextKeyring"
SECRET_SERVICE, KWALLET = list(STORES)[:2]


@pytest.mark.parametrize("name", [NULL, PLAIN, "keyrings.alt.file.EncryptedKeyring", "homemade.Keyring"])
def test_what_keeps_nothing_or_protects_nothing_or_is_unknown_is_unfit(name: str) -> None:
    with pytest.raises(Outcome, match=r"^unfit$"):
        choose(backend(name))


@pytest.mark.parametrize("configured", [backend(FAIL), chainer(), chainer(FAIL)])
def test_nothing_at_all_is_told_from_something_unfit(configured: object) -> None:
    with pytest.raises(Outcome, match=r"^absent$"):
        choose(configured)


def test_a_chainer_of_unfit_ones_is_unfit() -> None:
    with pytest.raises(Outcome, match=r"^unfit$"):
        choose(chainer(FAIL, NULL, PLAIN))


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ((SECRET_SERVICE, KWALLET), SECRET_SERVICE),
        ((KWALLET, SECRET_SERVICE), KWALLET),
        ((PLAIN, NULL, SECRET_SERVICE), SECRET_SERVICE),
    ],
)
def test_out_of_a_chainer_the_first_real_one_is_used(names: tuple[str, ...], chosen: str) -> None:
    used = choose(chainer(*names))
    assert f"{type(used).__module__}.{type(used).__qualname__}" == chosen
