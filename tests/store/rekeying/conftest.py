"""How many patients' keys one transaction takes hangs on no clock here, so that two runs have the same statements."""

import pytest

from rapportdesk.store.rekeying import patient_key_rotation


@pytest.fixture(autouse=True)
def time_for_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """One, then two, then four at a time, however busy the machine is."""
    monkeypatch.setattr(patient_key_rotation, "STEP_S", 3600.0)
