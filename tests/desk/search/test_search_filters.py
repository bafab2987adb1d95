"""Words are found among kinds, topics, people and days, newest first, and only where they may be seen."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import SearchResults
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia


def with_notes(desk: Desk) -> dict[str, PatientId]:
    """Keep three people with notes and promises."""
    nia = add_nia(desk)
    people = {"Nia": nia}
    for name in ("Ali Hassan", "Nia Evans"):
        people[name] = desk.people.add(Patient(id=PatientId(""), name=name)).id
        desk.consents.agree(people[name])
    desk.topics.set(nia, "money", Permission.WELCOME)
    desk.notes.write(nia, "Leeks for the county show", kind=NoteKind.HOBBY)
    desk.notes.write(nia, "Bring leeks up when she is nervous", kind=NoteKind.PLEASE_DO)
    desk.notes.write(nia, "The rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="money")
    desk.notes.write(people["Ali Hassan"], "Leeks and large print", kind=NoteKind.HOBBY)
    desk.notes.write(people["Ali Hassan"], "Print letters large", kind=NoteKind.PREFERENCE)
    desk.notes.write(people["Nia Evans"], "Collects stamps", kind=NoteKind.HOBBY)
    return people


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the notes above, and promises."""
    desk = Practice(tmp_path_factory.mktemp("filtered") / "desk.rapport").sign_in("Ana Ruiz")
    people = with_notes(desk)
    today = desk.session().local_now().date()
    for text, days in (("Send the leeks recipe", -2), ("Ring about the letter", 0), ("Large print letter", 3)):
        desk.tasks.add(people["Nia"], text, due=today + dt.timedelta(days=days))
    kept = desk.tasks.add(people["Ali Hassan"], "Ask about leeks", due=today)
    desk.tasks.done(kept.id)
    return desk


@pytest.mark.parametrize(
    ("typed", "snippets"),
    [
        ("hobby:leeks", ["Leeks and large print", "Leeks for the county show"]),
        ("kind:please-do leeks", ["Bring leeks up when she is nervous"]),
        ("hobby:", ["Collects stamps", "Leeks and large print", "Leeks for the county show"]),
        ("hobby:qqq", []),
        ("topic:money", ["The rent is late"]),
        ("topic:mon rent", ["The rent is late"]),
        ("topic:weight", []),
        ("leeks person:ali", ["Leeks and large print"]),
        ("@nia hobby:", ["Collects stamps", "Leeks for the county show"]),
        ("@nia @evans hobby:", ["Collects stamps"]),
        ("@nobody hobby:", []),
        ('hobby:"large print"', ["Leeks and large print"]),
        ('"large print" @ali', ["Leeks and large print"]),
        ('"print lett" @ali', ["Print letters large"]),
        ("hobby: since:today", ["Collects stamps", "Leeks and large print", "Leeks for the county show"]),
        ("hobby: until:yesterday", []),
        ("hobby: on:today stamps", ["Collects stamps"]),
        ("promised:overdue", ["Send the leeks recipe"]),
        ("promised:today", ["Ring about the letter"]),
        ("promised:open letter", ["Ring about the letter", "Large print letter"]),
        ('promised:open "large print"', ["Large print letter"]),
        ("promised:open @ali", []),
        ("promised:kept", ["Ask about leeks"]),
        ("promised:overdue qqq", []),
    ],
)
def test_a_filter_finds_what_it_says_and_what_is_due_first_in_front(
    filled: Desk, typed: str, snippets: list[str]
) -> None:
    found = filled.search(typed)
    assert found.text == typed
    shown = [hit.snippet for hit in found.hits]
    assert (shown if "promised" in typed else sorted(shown)) == snippets  # notes of one moment have no order
    assert all(hit.note is not None or hit.task is not None for hit in found.hits)
    assert not found.opens_on_enter


def test_what_was_found_is_marked_and_more_is_said(filled: Desk) -> None:
    hit = filled.search("kind:please-do leeks").hits[0]
    assert [hit.snippet[first:last] for first, last in hit.marks] == ["leeks"]
    one = filled.search("hobby:", limit=1)
    assert (len(one.hits), one.more) == (1, True)
    assert not filled.search("hobby:", limit=3).more
    assert filled.search("promised:open", limit=2).more


HIDDEN = st.lists(
    st.tuples(
        st.sampled_from(["leeks", "large print", "rent", "stamps and leeks", "ward"]),
        st.sampled_from([NoteKind.HOBBY, NoteKind.PLEASE_DO, NoteKind.ALSO_WORTH_KNOWING]),
        st.booleans(),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
ASKED = (
    "leeks", "hobby:", "hobby:leeks", "kind:please-do", "topic:HIV", "topic:money", "@nia", '"large print"', "on:today",
    "promised:open", "promised:overdue", "ward", "rent",
)  # fmt: skip


def answers(desk: Desk) -> list[SearchResults]:
    """Return what is found for everything asked, as many as there are, cut off, and the first of them alone."""
    return [desk.search(asked, limit=limit, first=first) for asked in ASKED for limit in (2, 50) for first in (None, 1)]


@pytest.mark.parametrize("first", [0, 1, 2, 50])
@pytest.mark.parametrize("limit", [2, 50])
def test_the_first_are_those_of_all_and_the_rest_is_counted(filled: Desk, limit: int, first: int) -> None:
    for asked in (*ASKED, "nia", "n", "nia leeks", "le", "14 March 1958"):
        everything = filled.search(asked, limit=limit)
        some = filled.search(asked, limit=limit, first=first)
        assert some.hits == everything.hits[:first], asked
        assert some.further == tuple(hit.id for hit in everything.hits[first:]), asked
        assert (some.count, some.more) == (len(everything.hits), everything.more), asked
        assert some.opens_on_enter is (everything.opens_on_enter and first > 0), asked
        fewer = filled.search(asked, limit=limit, first=first, first_in_words=1)
        in_words = [hit for hit in fewer.hits if hit.note or hit.task]
        assert fewer.hits == everything.hits[: len(fewer.hits)], asked
        assert len(in_words) <= 1, asked
        assert fewer.count == len(everything.hits), asked
    assert filled.search("leeks", limit=limit, first=1).further, "the control: something was left for later"


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=HIDDEN)
def test_nothing_reception_finds_tells_of_what_is_for_clinicians(
    tmp_path_factory: pytest.TempPathFactory, hidden: list[tuple[str, NoteKind, bool]]
) -> None:
    practice = Practice(tmp_path_factory.mktemp("apart") / "desk.rapport")

    desk = practice.sign_in("Ana Ruiz")
    nia = with_notes(desk)["Nia"]
    before = answers(desk)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(nia, "HIV", Permission.ASK_FIRST)
    for text, kind, on_topic in (*hidden, ("leeks on the ward", NoteKind.HOBBY, False)):
        more = {"topic_code": "HIV"} if on_topic else {"audience": Audience.CLINICIANS}
        desk.notes.write(nia, text, kind=kind, **more)
    desk.people.set_company(nia, frozenset())
    alone = answers(desk)
    assert answers(practice.sign_in("Ana Ruiz")) == before
    assert alone != before, "the control: a clinician who is alone with her finds them"


@pytest.mark.parametrize(
    ("limit", "typed"),
    [("MOST_PROMISES", "promised:open"), ("MOST_PROMISES", "promised:kept"), ("MOST_PEOPLE", "@nia hobby:"),
     ("MOST_PEOPLE", "@nia topic:weight")],
)  # fmt: skip
def test_where_no_more_was_looked_through_it_is_said(
    filled: Desk, monkeypatch: pytest.MonkeyPatch, limit: str, typed: str
) -> None:
    assert not filled.search(typed).more
    monkeypatch.setattr("rapportdesk.desk.search.search." + limit, 1)
    assert filled.search(typed).more


def test_where_a_phrase_was_sought_in_the_newest_notes_alone_it_is_said(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = "“leeks and large print”"
    assert (len(filled.search(typed).hits), filled.search(typed).more) == (1, False)
    monkeypatch.setattr("rapportdesk.readmodel.words._MOST_READ", 0)
    assert (len(filled.search(typed).hits), filled.search(typed).more) == (0, True)
