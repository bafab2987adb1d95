"""What is shared is told to the colleague alone, and never where it may not be spoken of."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.people.common_ground import spoken_alike
from rapportdesk.model.common_ground import Interest
from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Block, BlockKey, Card, KeepConsent, Mark
from rapportdesk.rules.brief.common_ground import AlikeWords, card_with_common_ground, common_interest
from tests.ui.people import NIA, line, nias_card

ALIKE = spoken_alike()
SINGING = Interest(words="singing", happy_to="concerts", rather_not="auditions")
HOBBY = "Sings alto in Côr y Cwm"

interests = st.builds(Interest, words=st.text(max_size=12) | st.sampled_from(("singing", "dogs", "model railways")))


def card(mark: Mark = Mark.NONE, kind: NoteKind = NoteKind.HOBBY, detail: str = "") -> Card:
    lines = (line(HOBBY, kind, mark, detail=detail),)
    block = Block(key=BlockKey.HOBBIES, label="Hobbies", lines=lines)
    return Card(patient=NIA, age=68, keep=KeepConsent.AGREED, blocks=(block,))


def detail_of(shown: Card) -> str:
    return shown.blocks[0].lines[0].detail


@pytest.mark.parametrize(
    ("interest", "hobby", "shared"),
    [
        ("singing", HOBBY, True),
        ("Choir", HOBBY, True),
        ("gardning", "Gardening and roses", True),
        ("gardening", "Allotment: leeks for the county show", True),
        ("dogs", "Sheepdog called Mot", True),
        ("model railways", "A model railway in the loft", True),
        ("model railways", "A fashion model", False),
        ("choir", "Sits in a chair", False),
        ("the", "the the", False),
        ("", "anything", False),
        ("dogs", "", False),
    ],
)
def test_a_shared_interest_is_found_however_it_is_written(interest: str, hobby: str, shared: bool) -> None:
    assert bool(common_interest((Interest(words=interest),), hobby, ALIKE)) is shared


def test_the_colleague_reads_what_is_shared_and_where_it_ends() -> None:
    shown = card_with_common_ground(card(detail="ask how it went"), (SINGING,), "Ana", ALIKE)
    assert detail_of(shown) == "ask how it went · Ana too: singing, happily about concerts, not about auditions"


@pytest.mark.parametrize("mark", [Mark.DONT, Mark.ASK_FIRST, Mark.ASKED_ALREADY])
def test_nothing_is_offered_where_it_may_not_be_spoken_of(mark: Mark) -> None:
    before = card(mark)
    assert card_with_common_ground(before, (SINGING,), "Ana", ALIKE) == before
    assert "Ana" in detail_of(card_with_common_ground(card(), (SINGING,), "Ana", ALIKE)), "the control"


def test_nothing_is_offered_of_the_dead_or_of_what_is_no_hobby() -> None:
    for before in (
        replace(card(), patient=replace(NIA, deceased=True)),
        card(kind=NoteKind.PAST_EXPERIENCE),
    ):
        assert card_with_common_ground(before, (SINGING,), "Ana", ALIKE) == before


@given(st.lists(interests, max_size=4))
def test_it_only_ever_adds_to_what_stands_under_a_hobby(entered: list[Interest]) -> None:
    before = nias_card()
    after = card_with_common_ground(before, entered, "Ana", ALIKE)
    assert replace(after, blocks=()) == replace(before, blocks=())
    for one, other in zip(before.blocks, after.blocks, strict=True):
        for was, becomes in zip(one.lines, other.lines, strict=True):
            assert replace(becomes, detail=was.detail) == was
            assert becomes.detail.startswith(was.detail)
            assert becomes == was or (was.note is not None and was.note.kind is NoteKind.HOBBY)


@given(st.text(max_size=30), st.text(max_size=60))
def test_matching_is_total_and_knows_no_more_than_its_words(interest: str, hobby: str) -> None:
    found = common_interest((Interest(words=interest),), hobby, AlikeWords())
    assert found is None or found.words == interest


def test_without_interests_a_card_stays_as_it_is() -> None:
    before = nias_card()
    assert card_with_common_ground(before, (), "Ana", ALIKE) is before
