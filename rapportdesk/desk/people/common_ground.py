"""What somebody who works here may talk about of themself: entered by themself, read by themself, gone at one press.

Nobody has to. It lies sealed for its author alone, and leaves with them.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from rapportdesk.desk.note.text import can_be_seen, clean_line
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _, locale_name
from rapportdesk.model.common_ground import LONGEST_INTEREST, MOST_INTERESTS, Interest, OwnInterests
from rapportdesk.model.identity import RecordId, new_id
from rapportdesk.model.shown import Brief
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.brief.common_ground import AlikeWords, alike_words, brief_with_common_ground

LISTS = RESOURCES / "common_ground"
DEFAULT = "en"


class CommonGround:
    """The signed-in person's own interests."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def mine(self) -> tuple[Interest, ...]:
        """Return what the signed-in person has entered; nothing until they do."""
        return own_interests(self._session())

    def keep(self, interests: Sequence[Interest]) -> tuple[Interest, ...]:
        """Keep these in place of what was there before, and return them as kept; none of them removes everything.

        Raises:
            BadInput: There are too many, or one of their lines is too long or cannot be kept.
        """
        session = self._session()
        kept = tuple(each for each in map(_tidy, interests) if can_be_seen(each.words))
        if len(kept) > MOST_INTERESTS:
            raise BadInput(_("{count} are the most that fit here.").format(count=MOST_INTERESTS))
        if not kept:
            self.remove()
            return ()
        before = _held(session)
        session.store.put(
            OwnInterests(id=before.id if before else RecordId(new_id()), author=session.viewer.staff, interests=kept)
        )
        session.interests = kept
        return kept

    def on_brief(self, brief: Brief) -> Brief:
        """Return a brief for the screen with what the signed-in clinician shares; what is printed never says it."""
        session = self._session()
        return brief_with_common_ground(brief, own_interests(session), session.viewer.name, spoken_alike())

    def remove(self) -> None:
        """Take everything the signed-in person entered out of the file, its bytes too."""
        session = self._session()
        held = _held(session)
        if held is not None:
            with session.transaction():
                session.store.delete(held.id)
                session.leave_no_bytes()
        session.interests = ()


def own_interests(session: Session) -> tuple[Interest, ...]:
    """Return the signed-in person's interests; read once, because every card asks."""
    if session.interests is None:
        held = _held(session)
        session.interests = held.interests if held else ()
    return session.interests


def spoken_alike() -> AlikeWords:
    """Return which words mean the same in the language that is spoken."""
    return _alike(locale_name())


@cache
def _alike(language: str) -> AlikeWords:
    found = next((each for each in (language, language.split("_")[0]) if (LISTS / f"{each}.json").is_file()), DEFAULT)
    rows = _with_others(found)
    return alike_words(rows["endings"], rows["little"], rows["alike"])


def _with_others(language: str) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = json.loads((LISTS / f"{language}.json").read_text(encoding="utf-8"))
    others = [_with_others(each) for each in rows["also"]]
    return {
        name: [*rows[name], *(word for other in others for word in other[name])]
        for name in ("endings", "little", "alike")
    }


def _held(session: Session) -> OwnInterests | None:
    return next((each for each in session.store.things(None) if isinstance(each, OwnInterests)), None)


def _tidy(interest: Interest) -> Interest:
    lines = [clean_line(each) for each in (interest.words, interest.happy_to, interest.rather_not)]
    if max(map(len, lines)) > LONGEST_INTEREST:
        raise BadInput(
            _("That is longer than fits here."), _("{count} letters are the most.").format(count=LONGEST_INTEREST)
        )
    return Interest(words=lines[0], happy_to=lines[1], rather_not=lines[2])
