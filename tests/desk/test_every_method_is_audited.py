"""Each public method of the Desk leaves exactly the lines that are said of it, and none can be forgotten."""

import inspect
from collections.abc import Iterator

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.model.audit import AuditEvent, Outcome
from tests.desk.audited import World
from tests.desk.audited_cases import CASES
from tests.desk.conftest import Practice


def public_methods(desk: Desk) -> set[str]:
    """Every public method of every noun, and the Desk's own methods and properties."""
    nouns = {
        name: noun
        for name, noun in vars(desk).items()
        if not name.startswith("_") and type(noun).__module__.startswith("rapportdesk.desk")
    }
    found = {
        f"{name}.{method}"
        for name, noun in nouns.items()
        for method, _function in inspect.getmembers(type(noun), callable)
        if not method.startswith("_") or method == "__call__"
    }
    return found | {f"desk.{name}" for name in vars(Desk) if not name.startswith("_")}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, founded: Practice) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("audited")
    practice = Practice(folder / "vault" / "desk.rapport", founded=founded)
    yield World(practice, folder)
    practice.desk.close()


def lines(world: World) -> list[AuditEvent]:
    """Every line, read beside the desk so that reading leaves none; somebody has to be signed in."""
    if not world.desk.is_signed_in:
        world.practice.sign_in("Ben Morgan")
    return list(world.desk.session().store.audit_events())


def be(world: World, name: str) -> None:
    if not world.desk.is_signed_in or world.desk.viewer.name != name:
        world.practice.sign_in(name)


def test_no_method_is_missing_from_the_table(world: World) -> None:
    methods = public_methods(world.desk)
    assert len(methods) > 100
    assert methods - set(CASES) == set(), "say in tests/desk/audited_cases.py what line each of these leaves"
    assert set(CASES) - methods == set(), "these are no methods any more"


def test_a_method_that_leaves_nothing_has_its_reason() -> None:
    assert all(bool(case.why) is not bool(case.leaves) for case in CASES.values())


@pytest.mark.parametrize("name", CASES)
def test_it_leaves_the_lines_that_are_said_of_it(world: World, name: str) -> None:
    case = CASES[name]
    be(world, case.who)
    given = case.given(world)
    assert world.desk.viewer.name == case.who
    before = len(lines(world))
    case.do(world, given)
    after = lines(world)[before:]
    locks = bool(case.leaves) and case.leaves[-1] == "lock"
    made = after[: len(case.leaves)] if locks else after  # after a lock whoever looks has to sign in
    assert [event.action for event in made] == list(case.leaves)
    assert all(event.who is not None and event.roles for event in made)
    assert all(event.outcome is Outcome.SUCCESS for event in made)
