"""In front of a companion nothing says that it is kept from them: not on the brief, not on the card, not on paper.

Two vaults differ in the person in front of whom a topic is not to be raised: in one it is the daughter who sits there.
"""

from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.model.topic import Permission
from tests.interference.asking import plain
from tests.interference.twins import ANA, OSEI, People, Vault, alike, copy, keep_note, keep_topic, seeded, sign_in

TOLD = "about the plan"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Vault, Vault], People]:
    folder = tmp_path_factory.mktemp("companion")
    vault, people = alike(folder / "alike")
    made = tuple(_kept_from(copy(vault, folder / name), people, name) for name in ("Gwen", "Huw"))
    return (made[0], made[1]), people


def _kept_from(vault: Vault, people: People, name: str) -> Vault:
    with seeded(), vault.open() as desk:
        sign_in(desk, OSEI)
        person = next(each.id for each in desk.people.get(people.nia).people if each.name == name)
        topic = keep_topic(desk, people.nia, "money matters", Permission.NOT_IN_FRONT_OF, person=person)
        keep_note(desk, people.nia, TOLD, topic=topic.handle)
    return vault


def _told(desk: Desk, people: People) -> dict[str, str]:
    paper = desk.paper.brief(people.nia)
    return {
        "brief": plain(desk.briefs.of(people.nia)), "card": plain(desk.people.card(people.nia)),
        "topics": plain(desk.topics.of(people.nia)), "search": plain(desk.search("plan")),
        "paper": plain(paper.pages_svg), "pdf": plain(paper.pdf),
        **{form: plain(desk.paper.brief_as(desk.briefs.of(people.nia), form)) for form in ("text", "html", "json")},
    }  # fmt: skip


def _with_gwen(vault: Vault, people: People, who: str, *, opened: bool = False) -> dict[str, str]:
    with seeded(2), vault.open() as desk:
        sign_in(desk, who)
        gwen = next(each.id for each in desk.people.get(people.nia).people if each.name == "Gwen")
        desk.people.set_company(people.nia, frozenset({gwen}))
        if opened:
            desk.briefs.open_veiled(people.nia)
        return _told(desk, people) if who == OSEI else {"card": plain(desk.people.card(people.nia))}


@pytest.mark.parametrize("who", [OSEI, ANA])
def test_the_companion_is_named_nowhere_in_connection_with_what_is_kept_from_them(
    pair: tuple[tuple[Vault, Vault], People], tmp_path: Path, who: str
) -> None:
    vaults, people = pair
    kept_from_her, kept_from_another = (
        _with_gwen(copy(each, tmp_path / str(number)), people, who) for number, each in enumerate(vaults)
    )
    assert {name: said for name, said in kept_from_her.items() if said != kept_from_another[name]} == {}
    assert not any(TOLD in said for said in kept_from_her.values())


def test_control_once_it_is_opened_the_card_says_in_front_of_whom(
    pair: tuple[tuple[Vault, Vault], People], tmp_path: Path
) -> None:
    vaults, people = pair
    one, other = (
        _with_gwen(copy(each, tmp_path / str(number)), people, OSEI, opened=True) for number, each in enumerate(vaults)
    )
    assert TOLD in one["card"]
    assert one["topics"] != other["topics"]
    assert TOLD not in one["paper"]
