"""What practice systems call the state of an appointment; a word that stands nowhere here is not guessed at."""

from rapportdesk.exchange.columns import header_key
from rapportdesk.model.appointment import AppointmentStatus

_WORDS = {
    AppointmentStatus.BOOKED: """
        , booked, confirmed, scheduled, active, planned, reserved, busy, unconfirmed, gebucht, bestätigt,
        confirmé, bevestigd, confirmado, confirmada, wedi archebu
    """,
    AppointmentStatus.PENDING: "pending, tentative, requested, provisional",
    AppointmentStatus.PROPOSED: "proposed",
    AppointmentStatus.WAITLIST: "waitlist, waiting list, standby",
    AppointmentStatus.ARRIVED: "arrived, waiting, in waiting room, here",
    AppointmentStatus.CHECKED_IN: "checked in, in room, in progress, started, with clinician, sent in",
    AppointmentStatus.FULFILLED: "fulfilled, finished, complete, completed, seen, done, left, departed, attended",
    AppointmentStatus.CANCELLED: """
        cancelled, canceled, cancelled by patient, cancelled by practice, deleted, abgesagt, annulé, annulée,
        geannuleerd, cancelado, cancelada, wedi canslo
    """,
    AppointmentStatus.NOSHOW: "noshow, no show, dna, did not attend, fta, failed to attend, not attended, missed",
    AppointmentStatus.ENTERED_IN_ERROR: "entered in error, error",
}
_BY_WORD = {header_key(word): status for status, words in _WORDS.items() for word in words.split(",")}


def status_of(written: str) -> AppointmentStatus | None:
    """Return the state that a cell names, booked for an empty one, None for a word that means nothing here."""
    return _BY_WORD.get(header_key(written))
