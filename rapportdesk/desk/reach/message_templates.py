"""The words that are often written: ours, which come with the program, and the clinic's own, which a manager edits.

The clinic's own words for one language take the place of ours; taken away, ours stand again.
"""

import json
from collections.abc import Callable
from dataclasses import replace

from pydantic import TypeAdapter

from rapportdesk.desk.note.text import clean_line, clean_text
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import ContactPurpose
from rapportdesk.model.identity import new_id
from rapportdesk.model.message import MessageTemplate, TemplateWords
from rapportdesk.model.staff import Role
from rapportdesk.paths import RESOURCES
from rapportdesk.rules.reach.reach_words import FALLBACK, fields_of

SETTING = "message-templates"
"""The name of the setting that holds the clinic's own templates, as JSON."""

LONGEST = 2_000
"""Characters of one message: what fits on a page of a letter."""

LONGEST_NAME = 20
"""Letters of a template's name: what stands in a list at twice the size in a narrow window."""

_TEMPLATES = TypeAdapter(tuple[MessageTemplate, ...])


class MessageTemplates:
    """The templates of the practice."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def all(self) -> tuple[MessageTemplate, ...]:
        """Return every template, ours first, with the clinic's own words where it has some."""
        session = self._session()
        own = {each.id: each for each in _own(session)}
        ours = [_with_own(each, own.pop(each.id, None)) for each in _ours()]
        return (*ours, *sorted(own.values(), key=lambda each: (each.name.casefold(), each.id)))

    def get(self, template_id: str) -> MessageTemplate:
        """Return one template.

        Raises:
            NotFound: There is none.
        """
        found = next((each for each in self.all() if each.id == template_id), None)
        if found is None:
            raise NotFound(_("That is no longer there."))
        return found

    def write(
        self,
        template_id: str,
        subject: str,
        text: str,
        *,
        language: str = FALLBACK,
        name: str = "",
        purpose: ContactPurpose = ContactPurpose.APPOINTMENT,
    ) -> MessageTemplate:
        """Keep the clinic's own words.

        Args:
            template_id: Which template; empty for a new one.
            subject: What it is about, with fields in braces.
            text: The words, with fields in braces.
            language: A BCP 47 name.
            name: What a new one is called.
            purpose: What a new one is for.

        Raises:
            BadInput: A field is not known, something is empty, or it is too long.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such template.
        """
        session = self._session()
        session.require(Role.MANAGER)
        subject, text, name = clean_line(subject), clean_text(text, LONGEST), clean_line(name)
        if not text or not subject:
            raise BadInput(_("A message needs a subject and words."))
        fields_of(subject)
        fields_of(text)
        if not template_id and not name:
            raise BadInput(_("A new message needs a name."))
        if len(name) > LONGEST_NAME:
            raise BadInput(_("A name has at most {longest} letters.").format(longest=LONGEST_NAME))
        before = self.get(template_id) if template_id else None
        words = TemplateWords(language=language, subject=subject, text=text)
        kept = {each.id: each for each in _own(session)}
        mine = before or MessageTemplate(id=new_id(), name=name, purpose=purpose, words=())
        earlier = kept[mine.id].words if mine.id in kept else ()
        others = tuple(each for each in earlier if each.language != language)
        kept[mine.id] = replace(mine, words=(*others, words), own=True)
        self._put(session, tuple(kept.values()))
        return self.get(mine.id)

    def take_away(self, template_id: str) -> None:
        """Let go of the clinic's own words for one template; ours stand again, and one of the clinic's is gone.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        self._put(session, tuple(each for each in _own(session) if each.id != template_id))

    def _put(self, session: Session, templates: tuple[MessageTemplate, ...]) -> None:
        with session.transaction():
            session.store.put_setting(SETTING, _TEMPLATES.dump_json(templates).decode())
            session.record(AuditAction.PRACTICE_CHANGED, why="message templates")


def _own(session: Session) -> tuple[MessageTemplate, ...]:
    return _TEMPLATES.validate_json(session.store.settings().get(SETTING, "[]"))


def _ours() -> tuple[MessageTemplate, ...]:
    rows = json.loads((RESOURCES / "messages" / "templates.json").read_text(encoding="utf-8"))
    names = {
        "reschedule": _("Another time"), "reminder": _("Reminder"),
        "ring-us": _("Please ring us"), "feedback": _("How was it?"),
    }  # fmt: skip
    return tuple(replace(each, name=names.get(each.id, each.name)) for each in _TEMPLATES.validate_python(rows))


def _with_own(ours: MessageTemplate, own: MessageTemplate | None) -> MessageTemplate:
    if own is None:
        return ours
    written = {each.language for each in own.words}
    rest = tuple(each for each in ours.words if each.language not in written)
    return replace(ours, words=(*own.words, *rest), own=True)
