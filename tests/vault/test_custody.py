"""Every place that keeps device keys passes one contract; what a platform lacks is deselected there."""

from typing import TYPE_CHECKING

import pytest

from rapportdesk.vault.custody import Custody, KeyringCustody, MemoryCustody
from tests.vault.custody_contract import CustodyContract

if TYPE_CHECKING:  # it imports what only Linux has
    from tests.vault.secret_service import SecretService


class TestMemory(CustodyContract):
    """The demo's, which keeps nothing."""

    @pytest.fixture
    def custody(self) -> Custody:
        return MemoryCustody()

    def test_nothing_is_shared_between_two_of_them(self, custody: Custody) -> None:
        custody.write("k", bytes(32))
        MemoryCustody().write("k", bytes(32))


@pytest.mark.linux
class TestSecretService(CustodyContract):
    """gnome-keyring on a bus of its own."""

    @pytest.fixture
    def custody(self, secret_service: "SecretService") -> Custody:  # noqa: ARG002  # it is running, that is all
        return KeyringCustody(timeout_s=60)

    def test_it_is_the_real_one(self, custody: KeyringCustody) -> None:
        assert custody.store_name() == "Secret Service"


@pytest.mark.windows
class TestWindowsCredentialManager(CustodyContract):
    """The store that every Windows account has."""

    @pytest.fixture
    def custody(self) -> Custody:
        return KeyringCustody(timeout_s=60)

    def test_it_is_the_real_one(self, custody: KeyringCustody) -> None:
        assert custody.store_name() == "Windows Credential Manager"


@pytest.mark.macos
class TestMacosKeychain(CustodyContract):
    """The login keychain; macOS may ask whether this Python may use it."""

    @pytest.fixture
    def custody(self) -> Custody:
        return KeyringCustody(timeout_s=60)

    def test_it_is_the_real_one(self, custody: KeyringCustody) -> None:
        assert custody.store_name() == "macOS Keychain"
