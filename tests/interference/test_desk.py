"""Whatever reception asks the desk, the answer is the same whether or not there are secrets; and it was really asked.

For every row of the table the control leaves that row out: then its secret comes through, and the comparison fails.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import rapportdesk.command_line
import ui
from rapportdesk.desk.desk import Desk
from rapportdesk.rules.rows import ROWS, Reason
from rapportdesk.rules.visibility import decide, see
from tests.interference.asking import BEHIND_THE_DESK, Asker, methods, nouns, turn
from tests.interference.twins import (
    ANA,
    OSEI,
    SECRETS,
    WORDS,
    KeyedReception,
    People,
    Vault,
    alike,
    seeded,
    sign_in,
    twins,
)

ASKED_WITH = (*WORDS[:2], WORDS[5], "Gwylan", "weight", "HIV", "zzz")
SEEN_BY_ROW = {
    OSEI: (
        Reason.NOT_CURRENT, Reason.NO_CONSENT, Reason.WITHDRAWN, Reason.CLINICIANS_IN_COMPANY,
        Reason.NAMED_TO_CLINICIANS, Reason.UNKNOWN_TOPIC, Reason.NOT_IN_FRONT_OF, Reason.CLINICIAN_ONLY_IN_COMPANY,
        Reason.PRIVATE_ROOM_IN_COMPANY,
    ),
    ANA: tuple(SECRETS),
}  # fmt: skip
"""For each who looks: the rows that keep something from them."""

READING_ROWS = (Reason.ASK_FIRST, Reason.DO_NOT_RAISE, Reason.PAST_REVIEW)
"""Rows that keep nothing back, and say how a thing is to be read."""


@dataclass(frozen=True)
class Pair:
    """Two vaults with different secrets.

    Attributes:
        people: Whom they are about.
        records: Ids of a thing that may be seen, of a secret one, and of nothing.
    """

    one: Vault
    other: Vault
    people: People
    records: tuple[str, ...]

    def answers(
        self, vault: Vault, name: str, kind: type[Desk] = Desk, *, only: Callable[[str], bool]
    ) -> dict[str, str]:
        """Return what somebody is answered by one of the vaults."""
        with seeded(), vault.open(kind) as desk:
            sign_in(desk, name)
            return Asker(desk, self.people, ASKED_WITH, self.records).everything(only)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("interference")
    vault, people = alike(folder / "alike")
    return pair_of(*twins(vault, people, folder / "twins"), people)


def pair_of(one: Vault, other: Vault, people: People) -> Pair:
    with one.open() as desk:
        notes = sign_in(desk, OSEI).session().known(people.nia).notes
    hobby = next(each.id for each in notes if "Gwylan" in each.text)
    secret = next(each.id for each in notes if WORDS[0] in each.text)
    return Pair(one, other, people, (hobby, secret, "f" * 32))


@pytest.fixture
def fresh(pair: Pair, tmp_path: Path) -> Callable[[], Pair]:
    """Gives copies: whoever only reads is written down too."""
    from tests.interference.twins import copy

    made = iter(range(9))

    def take() -> Pair:
        number = next(made)
        one, other = (copy(each, tmp_path / f"{number}-{name}") for name, each in (("1", pair.one), ("2", pair.other)))
        return replace(pair, one=one, other=other)

    return take


def everything(_name: str) -> bool:
    return True


def by_the_rule(name: str) -> bool:
    """Whether only the rule keeps something back: drafts open with their author's key alone, and writing is by keys."""
    return turn(name) == 0 and not name.startswith("drafts.")


def telling(name: str) -> bool:
    """Whether a question is asked of every row's control: what the card, the day, a search, the slip and briefs say."""
    return name in {"people.card_unrecorded", "today.day", "search", "topics.of", "paper.desk_slip", "briefs.of"}


def differing(one: dict[str, str], other: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the answers that are not the same, by question."""
    questions = dict.fromkeys((*one, *other))
    both = {key: (one.get(key, "not asked"), other.get(key, "not asked")) for key in questions}
    return {key: answers for key, answers in both.items() if answers[0] != answers[1]}


@pytest.mark.parametrize("kind", [Desk, KeyedReception], ids=["reception's keys", "every key"])
def test_reception_is_answered_the_same_whatever_is_hidden_from_it(fresh: Callable[[], Pair], kind: type[Desk]) -> None:
    pair = fresh()
    asked = everything if kind is Desk else by_the_rule
    one, other = (pair.answers(each, ANA, kind, only=asked) for each in (pair.one, pair.other))
    assert differing(one, other) == {}


def test_no_word_of_a_secret_is_in_anything_reception_reads(fresh: Callable[[], Pair]) -> None:
    pair = fresh()
    with seeded(), pair.one.open() as desk:
        sign_in(desk, ANA)
        asker = Asker(desk, pair.people, ("Gwylan", "weight", "HIV", "Nia", "zzz"), pair.records)
        said = " ".join(asker.everything(lambda name: turn(name) == 0).values())
    assert [word for word in WORDS if word in said] == []
    assert "Gwylan" in said  # the control: what may be read is found by the same hunt
    assert all(word in _alone(pair, pair.one) for word in WORDS[:5])


def test_control_a_clinician_is_answered_otherwise(fresh: Callable[[], Pair]) -> None:
    pair = fresh()
    assert differing(*(pair.answers(each, OSEI, only=telling) for each in (pair.one, pair.other))) == {}
    alone = [_alone(pair, each) for each in (pair.one, pair.other)]
    assert alone[0] != alone[1]


def _alone(pair: Pair, vault: Vault) -> str:
    with vault.open() as desk:
        sign_in(desk, OSEI)
        desk.people.set_company(pair.people.nia, frozenset())
        desk.briefs.open_veiled(pair.people.nia)
        return str(desk.people.card_unrecorded(pair.people.nia))


def test_nearly_everything_was_asked(fresh: Callable[[], Pair]) -> None:
    pair = fresh()
    with pair.one.open() as desk:
        sign_in(desk, ANA)
        asker = Asker(desk, pair.people, ASKED_WITH, ("f" * 32,))
        asked = asker.everything(lambda name: name.startswith(("people.", "notes.get", "today.")))
        assert len(nouns(desk)) >= 15
        assert len(methods(desk)) >= 80
    assert len({each.partition("(")[0] for each in asked}) >= 10
    assert "NotFound" in asked[f"notes.get({{'note_id': '{'f' * 32}'}})"]


def test_what_only_other_nouns_ask_is_asked_by_no_screen_and_no_command() -> None:
    for folder in (Path(ui.__path__[0]), Path(rapportdesk.command_line.__path__[0])):
        for path in folder.rglob("*.py"):
            written = path.read_text(encoding="utf-8")
            assert not [name for name in BEHIND_THE_DESK if f"desk.{name}(" in written], path


def weaken(monkeypatch: pytest.MonkeyPatch, reason: Reason) -> None:
    """Leave one row out of the rule that the desk follows."""
    rows = tuple(row for row in ROWS if row.reason is not reason)
    for rule in (see, decide):
        assert rule.__kwdefaults__ is not None
        monkeypatch.setitem(rule.__kwdefaults__, "rows", rows)


@pytest.mark.parametrize(("who", "reason"), [(who, reason) for who, rows in SEEN_BY_ROW.items() for reason in rows])
def test_control_without_any_one_row_its_secret_comes_through(
    fresh: Callable[[], Pair], monkeypatch: pytest.MonkeyPatch, who: str, reason: Reason
) -> None:
    pair = fresh()
    kind = KeyedReception if who == ANA else Desk
    weaken(monkeypatch, reason)
    one, other = (pair.answers(each, who, kind, only=telling) for each in (pair.one, pair.other))
    assert differing(one, other) != {}
    assert any(word in " ".join(one.values()) for word in WORDS[:5])


@pytest.mark.parametrize("reason", READING_ROWS)
def test_control_without_a_row_that_says_how_to_read_it_is_read_otherwise(
    fresh: Callable[[], Pair], monkeypatch: pytest.MonkeyPatch, reason: Reason
) -> None:
    pair = fresh()
    before = pair.answers(pair.one, ANA, only=telling)
    weaken(monkeypatch, reason)
    assert differing(before, pair.answers(pair.one, ANA, only=telling)) != {}
