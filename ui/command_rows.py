"""The rows of the command table: what can be done, with which keys, where, by whom."""

from rapportdesk.language import _
from ui.commands import CLINICIANS, MANAGERS, Command, CommandTable, Where


def all_commands() -> CommandTable:
    """Return the table in the language in use."""
    return CommandTable((*_window(), *_people(), *_notes(), *_brief(), *_today(), *_promises(), *_house()))


def _window() -> tuple[Command, ...]:
    return (
        Command(id="find", words=_("Find a person, a number, a word"), keys=("Ctrl+K",), screen="search"),
        Command(id="cover", words=_("Cover everything, and come back"), keys=("F9",), screen="cover", signed_in=False),
        Command(id="turn", words=_("Turn the screen to the patient"), keys=("F6",), screen="turned"),
        Command(id="company", words=_("Someone is with them"), keys=("F8",), screen="company"),
        Command(id="today", words=_("Go to Today"), keys=("Ctrl+T",), screen="today"),
        Command(id="undo", words=_("Take back the last change"), keys=("Ctrl+Z", "Ctrl+Alt+Z")),
        Command(id="switch", words=_("Switch person"), keys=("Ctrl+Shift+L",), screen="sign-in"),
        Command(id="lock", words=_("Lock"), keys=("Ctrl+L",), screen="sign-in"),
        Command(id="help", words=_("All keys"), keys=("F1",), screen="help", signed_in=False),
    )


def _people() -> tuple[Command, ...]:
    return (
        Command(id="person.add", words=_("Add a person"), keys=("Ctrl+Shift+N",), screen="person-add"),
        Command(id="person.edit", words=_("Change who this is"), keys=("Ctrl+E",), screen="person-edit"),
        Command(id="person.history", words=_("What this card said before"), screen="person-history"),
        Command(id="call", words=_("Somebody rings"), keys=("F7",), screen="call"),
        Command(id="person.died", words=_("If somebody has died"), keys=("Ctrl+Alt+D",), screen="person-died"),
        Command(id="contacts", words=_("Calls and messages"), keys=("Shift+F7",), screen="contacts"),
        Command(id="message", words=_("Write to them"), keys=("Ctrl+M",), screen="message"),
        Command(id="round", words=_("A day cannot take place"), keys=("Ctrl+Shift+M",), screen="round"),
        Command(id="topic", words=_("What may be talked about"), keys=("Ctrl+Shift+T",), screen="topic"),
        Command(id="questions", words=_("What to ask, and what was asked"), keys=("Ctrl+J",), screen="questions"),
        Command(id="consent", words=_("Ask for consent"), keys=("Ctrl+Shift+C",), screen="consent"),
        Command(id="person.join", words=_("These two are one person"), keys=("Ctrl+Shift+J",), screen="person-join"),
        Command(id="who-looked", words=_("Who looked at this record?"), keys=("Ctrl+Shift+H",), screen="who-looked"),
        Command(id="what-we-hold", words=_("What do you hold about me?"), keys=("Ctrl+Alt+H",), screen="what-we-hold"),
        Command(id="their-say", words=_("Their data, their say"), keys=("Ctrl+Alt+S",), screen="their-say"),
        Command(id="consents", words=_("Everything agreed to"), keys=("Ctrl+Shift+A",), screen="consents"),
        Command(id="history", words=_("Who said this, and when"), keys=("Ctrl+H",), where=Where.CARD, screen="history"),
    )


def _notes() -> tuple[Command, ...]:
    card, line = Where.CARD, Where.QUICK_LINE
    return (
        Command(id="note", words=_("Write a note"), keys=("Ctrl+N",)),
        Command(id="kind.please-do", words=_("Note: please do"), keys=("Alt+1",), where=line),
        Command(id="kind.please-dont", words=_("Note: please don't"), keys=("Alt+2",), where=line),
        Command(id="kind.hobby", words=_("Note: hobby"), keys=("Alt+3",), where=line),
        Command(id="kind.preference", words=_("Note: preference"), keys=("Alt+4",), where=line),
        Command(id="kind.person", words=_("Note: a person"), keys=("Alt+5",), where=line),
        Command(id="kind.important", words=_("Note: most important"), keys=("Alt+6",), where=line),
        Command(id="audience", words=_("Note: for the clinician only"), keys=("Alt+7",), where=line),
        Command(id="wording", words=_("Put in the words that are suggested"), keys=("Alt+8",), where=line),
        Command(id="note.edit", words=_("Change a note"), keys=("F2",), where=card, screen="note-edit"),
        Command(id="note.confirm", words=_("Confirm a note"), keys=("Ctrl+Shift+K",), where=card),
        Command(id="note.retire", words=_("Put a note away"), keys=("Ctrl+Shift+R",), where=card),
        Command(id="note.move", words=_("Wrong person"), keys=("Ctrl+Shift+W",), where=card, screen="note-move"),
        Command(id="task.done", words=_("Tick a promise as kept"), keys=("Ctrl+Shift+D",), where=card),
        Command(id="consent.yes", words=_("Agreed"), keys=("Y",), where=Where.CONSENT),
        Command(id="consent.no", words=_("No"), keys=("N",), where=Where.CONSENT),
        Command(id="consent.guardian", words=_("Someone else decides"), keys=("G",), where=Where.CONSENT),
        Command(id="consent.later", words=_("Later"), keys=("L",), where=Where.CONSENT),
    )


def _brief() -> tuple[Command, ...]:
    return (
        Command(id="print", words=_("Print"), keys=("Ctrl+P",), screen="preview"),
        Command(id="explained", words=_("Explained and understood"), keys=("Ctrl+Shift+X",), screen="explained"),
        Command(id="leaflets", words=_("Leaflets"), screen="leaflets"),
        Command(id="prints", words=_("Paper to destroy"), screen="prints"),
        Command(
            id="print-session",
            words=_("Briefs of a session"),
            keys=("Ctrl+Alt+P",),
            roles=CLINICIANS,
            screen="print-session",
        ),
        Command(id="from-paper", words=_("What came back on paper"), keys=("Ctrl+Shift+B",), screen="from-paper"),
        Command(id="slips", words=_("Print the desk slips for today"), keys=("Ctrl+Shift+P",), screen="slips"),
        Command(id="day-sheet", words=_("Print the next day’s sheet for an envelope"), screen="day-sheet"),
        Command(
            id="read-next",
            words=_("Read, next"),
            keys=("Ctrl+Return", "Ctrl+Enter"),
            where=Where.BRIEF,
            roles=CLINICIANS,
        ),
        Command(
            id="brief.sources",
            words=_("Who said this, and when"),
            keys=("Ctrl+H",),
            where=Where.BRIEF,
            roles=CLINICIANS,
        ),
        Command(id="open-veiled", words=_("Open what waits"), keys=("Ctrl+O",), where=Where.BRIEF, roles=CLINICIANS),
        Command(
            id="emergency",
            words=_("Open in an emergency"),
            keys=("Ctrl+Shift+E",),
            roles=CLINICIANS,
            screen="emergency",
        ),
        Command(id="card", words=_("Go to the card"), keys=("Ctrl+D",), roles=CLINICIANS, screen="card"),
    )


def _today() -> tuple[Command, ...]:
    today = Where.TODAY
    return (
        Command(id="today.arrived", words=_("Arrived"), keys=("Alt+A",), where=today),
        Command(id="today.in-room", words=_("In the room"), keys=("Alt+R",), where=today),
        Command(id="today.done", words=_("Finished"), keys=("Alt+D",), where=today),
        Command(id="today.noshow", words=_("Did not come"), keys=("Alt+N",), where=today),
        Command(id="today.cancelled", words=_("Cancelled"), keys=("Alt+C",), where=today),
        Command(id="today.booked", words=_("Back to booked"), keys=("Alt+B",), where=today),
        Command(id="today.before", words=_("The day before"), keys=("Alt+Left",), where=today),
        Command(id="today.after", words=_("The day after"), keys=("Alt+Right",), where=today),
        Command(id="today.week-before", words=_("The week before"), keys=("Alt+PgUp",), where=today),
        Command(id="today.week-after", words=_("The week after"), keys=("Alt+PgDown",), where=today),
        Command(id="today.week", words=_("Show or fold the week"), keys=("Alt+W",), where=today),
        Command(id="late", words=_("What to say to those who wait"), keys=("Alt+L",), where=today, screen="late"),
        Command(
            id="rearrange",
            words=_("Find another time for visits that were called off"),
            keys=("Alt+F",),
            where=today,
            screen="rearrange",
        ),
        Command(
            id="before-they-come",
            words=_("What has to be ready before they come"),
            keys=("Alt+Q",),
            where=today,
            screen="before-they-come",
        ),
        Command(id="today.earlier", words=_("Show or fold earlier ones"), keys=("Alt+E",), where=today),
        Command(id="today.promised", words=_("Show or fold what was promised"), keys=("Alt+P",), where=today),
    )


def _promises() -> tuple[Command, ...]:
    promise = Where.PROMISE
    return (
        Command(id="promises", words=_("Everything promised"), keys=("Ctrl+G",), screen="promises"),
        Command(id="follow-up", words=_("Plan how to follow up"), keys=("Ctrl+U",), screen="follow-up"),
        Command(id="tell", words=_("Tell a clinician"), keys=("Ctrl+Shift+U",), screen="tell"),
        Command(id="told", words=_("What you were told"), keys=("Ctrl+Shift+O",), roles=CLINICIANS, screen="told"),
        Command(id="today.follow-up", words=_("Plan how to follow up"), keys=("Alt+U",), where=Where.TODAY),
        Command(id="task.open", words=_("What can be done with a promise"), keys=("Alt+Return",), where=Where.CARD,
                screen="promise"),
        Command(id="promise.kept", words=_("Kept"), keys=("Alt+K",), where=promise, screen="promise-kept"),
        Command(id="promise.outcome", words=_("How are they?"), keys=("Alt+U",), where=promise, screen="outcome"),
        Command(id="promise.not-kept", words=_("Could not be kept"), keys=("Alt+N",), where=promise,
                screen="promise-not-kept"),
        Command(id="promise.put-off", words=_("Put off"), keys=("Alt+O",), where=promise, screen="promise-put-off"),
        Command(id="promise.take-over", words=_("I take it over"), keys=("Alt+T",), where=promise),
        Command(id="promise.hand-on", words=_("Hand on"), keys=("Alt+H",), where=promise, screen="promise-hand-on"),
        Command(id="promise.begin", words=_("I am at it"), keys=("Alt+B",), where=promise),
        Command(id="promise.wait", words=_("It waits"), keys=("Alt+W",), where=promise, screen="promise-wait"),
        Command(id="promise.reopen", words=_("Open it again"), keys=("Alt+R",), where=promise),
        Command(id="promise.undo", words=_("Take back the last change"), keys=("Ctrl+Z",), where=promise),
        Command(id="outcome.better", words=_("Better"), keys=("Alt+1",), where=promise),
        Command(id="outcome.same", words=_("The same"), keys=("Alt+2",), where=promise),
        Command(id="outcome.worse-tell", words=_("Worse: tell the clinician"), keys=("Alt+3",), where=promise),
        Command(id="outcome.worse", words=_("Worse, the clinician knows"), keys=("Alt+4",), where=promise),
        Command(id="outcome.not-reached", words=_("Not reached"), keys=("Alt+5",), where=promise),
    )  # fmt: skip


def _house() -> tuple[Command, ...]:
    return (
        Command(id="import", words=_("Bring in a schedule"), keys=("Ctrl+I",), screen="import"),
        Command(id="import-folder", words=_("A folder to bring in from"), roles=MANAGERS, screen="import-folder"),
        Command(id="import-review", words=_("Decide about people"), keys=("Ctrl+Shift+I",), screen="import-review"),
        Command(
            id="staff",
            words=_("People who work here"),
            keys=("Ctrl+Shift+S",),
            roles=CLINICIANS | MANAGERS,
            screen="staff",
        ),
        Command(
            id="emergencies", words=_("Emergency openings"), roles=CLINICIANS | MANAGERS, screen="emergency-review"
        ),
        Command(id="access-review", words=_("What they asked to see"), roles=CLINICIANS, screen="access-review"),
        Command(id="record", words=_("The record of who looked"), roles=MANAGERS, screen="record"),
        Command(id="sheets", words=_("Recovery sheets"), roles=CLINICIANS | MANAGERS, screen="sheets"),
        Command(
            id="clinicians-sheet",
            words=_("Use the clinicians’ recovery sheet"),
            roles=CLINICIANS,
            screen="clinicians-sheet",
        ),
        Command(id="feedback", words=_("Feedback: ask, or enter it"), screen="feedback"),
        Command(id="feedback-trend", words=_("What patients say of us"), roles=MANAGERS, screen="feedback-trend"),
        Command(id="templates", words=_("Words often written"), roles=MANAGERS, screen="templates"),
        Command(id="backups", words=_("Backups"), roles=MANAGERS, screen="backups"),
        Command(id="locks", words=_("Change the locks"), roles=MANAGERS, screen="locks"),
        Command(id="standing", words=_("Is everything here?"), roles=MANAGERS, screen="standing"),
        Command(id="practice", words=_("How this practice works"), roles=MANAGERS, screen="practice"),
        Command(id="retention", words=_("What is past its time"), roles=CLINICIANS | MANAGERS, screen="retention"),
        Command(id="accountability", words=_("How we look after data"), roles=MANAGERS, screen="accountability"),
        Command(id="consent-lists", words=_("Consents to look after"), roles=MANAGERS, screen="consent-lists"),
        Command(id="secret", words=_("Change my passphrase"), screen="secret"),
        Command(id="interests", words=_("What I am happy to talk about"), screen="interests"),
        Command(id="look", words=_("Colours and text size"), screen="look", signed_in=False),
        Command(id="larger", words=_("Larger text"), keys=("Ctrl++", "Ctrl+="), signed_in=False),
        Command(id="smaller", words=_("Smaller text"), keys=("Ctrl+-",), signed_in=False),
        Command(id="problem-report", words=_("If something went wrong"), screen="problem-report", signed_in=False),
        Command(id="about", words=_("About RapportDesk"), screen="about", signed_in=False),
    )
