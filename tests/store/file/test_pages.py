"""A page's last key leads on to the next page, or nowhere."""

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.store.file.pages import last_key


def test_the_next_page_begins_after_the_last_row() -> None:
    assert last_key([{"id": "a"}, {"id": "c"}], "") == "c"
    assert last_key([{"sequence": 3}, {"sequence": 4}], 2, "sequence") == 4


@pytest.mark.parametrize("last", [None, 7, b"d", "b", "a"])
def test_a_key_that_cannot_follow_is_told_as_damage_and_leads_not_round_in_circles(last: object) -> None:
    with pytest.raises(Tampered):
        last_key([{"id": "c"}, {"id": last}], "b")
