"""What the brief's own methods of the Desk leave in the audit: reading, printing, and what comes back on paper."""

from rapportdesk.desk.brief.explained import AfterVisit
from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.paper_foot import PaperFoot
from tests.desk.audited import BEN, CLINICIANS, OSEI, Case, World, leaves, nothing

PERSON = World.person

BRIEF_CASES: dict[str, Case] = {
    "briefs.close_veiled": nothing("veils again", lambda w, p: w.desk.briefs.close_veiled(p), given=PERSON, who=OSEI),
    "briefs.for_day": leaves(
        lambda w, v: w.desk.briefs.for_day(v.start.date()), Did.BRIEF_READ, given=lambda w: w.visit(days=40), who=OSEI
    ),
    "briefs.for_paper": leaves(lambda w, p: w.desk.briefs.for_paper(p), Did.BRIEF_PRINTED, given=PERSON, who=OSEI),
    "briefs.of": leaves(lambda w, p: w.desk.briefs.of(p), Did.BRIEF_READ, given=PERSON, who=OSEI),
    "briefs.of_unrecorded": nothing(
        "repaints a brief that is open", lambda w, p: w.desk.briefs.of_unrecorded(p), given=PERSON, who=OSEI
    ),
    "briefs.open_veiled": leaves(
        lambda w, n: w.desk.briefs.open_veiled(n.patient), Did.REVEALED, given=lambda w: w.note(CLINICIANS), who=OSEI
    ),
    "paper.brief": leaves(lambda w, p: w.desk.paper.brief(p), Did.BRIEF_PRINTED, given=PERSON, who=OSEI),
    "paper.brief_as": leaves(
        lambda w, b: w.desk.paper.brief_as(b, "json"), Did.EXPORTED,
        given=lambda w: w.desk.briefs.of(w.person()), who=OSEI,
    ),
    "paper.briefs_as": leaves(
        lambda w, b: [w.desk.paper.briefs_as((b,), form) for form in ("text", "html", "json", "pdf")],
        Did.EXPORTED, Did.EXPORTED, Did.BRIEF_PRINTED, given=lambda w: w.desk.briefs.of(w.person()), who=OSEI,
    ),
    "briefs.mark_read": nothing(
        "that it was looked at is recorded when it is opened", lambda w, p: w.desk.briefs.mark_read(p), given=PERSON,
        who=OSEI,
    ),
    "briefs.visits": nothing(
        "the day's list, of which every brief that is opened is recorded",
        lambda w, v: w.desk.briefs.visits(v.start.date()), given=lambda w: w.visit(days=41), who=OSEI,
    ),
    "explained.keep": leaves(
        lambda w, p: w.desk.explained.keep(p, AfterVisit(what="the scan", felt="worried", next_step="we ring")),
        Did.NOTE_WRITTEN, Did.NOTE_WRITTEN, Did.NOTE_WRITTEN, given=PERSON,
    ),
    "leaflets.add": leaves(lambda w, _n: w.desk.leaflets.add("Your scan"), Did.PRACTICE_CHANGED, who=BEN),
    "leaflets.change": leaves(
        lambda w, leaflet: w.desk.leaflets.change(leaflet.id, title="The scan"), Did.PRACTICE_CHANGED,
        given=lambda w: w.desk.leaflets.add("Your scan"), who=BEN,
    ),
    "leaflets.file": nothing(
        "a leaflet is about no patient", lambda w, leaflet: w.desk.leaflets.file(leaflet.id),
        given=lambda w: w.desk.leaflets.add("Your scan", file=b"%PDF-1.7"), who=BEN,
    ),
    "leaflets.list": nothing("a leaflet is about no patient", lambda w, _n: w.desk.leaflets.list()),
    "plain_words.check": nothing("looks at what it is handed", lambda w, _n: w.desk.plain_words.check("medication")),
    "leaflets.put_away": leaves(
        lambda w, leaflet: w.desk.leaflets.put_away(leaflet.id), Did.PRACTICE_CHANGED,
        given=lambda w: w.desk.leaflets.add("Your scan"), who=BEN,
    ),
    "from_paper.keep": leaves(
        lambda w, v: w.desk.from_paper.keep([PaperFoot(appointment=v, remember="likes leeks", read=True)]),
        Did.BRIEF_READ, Did.NOTE_WRITTEN, given=lambda w: w.visit(days=42),
    ),
    "from_paper.practitioners": nothing("names on the schedule", lambda w, _n: w.desk.from_paper.practitioners()),
    "from_paper.rows": nothing(
        "the day's list, of which every card that is opened is recorded", lambda w, _n: w.desk.from_paper.rows()
    ),
    "paper.session": leaves(
        lambda w, v: w.desk.paper.session(v.start.date()), Did.BRIEF_PRINTED, given=lambda w: w.visit(days=43),
        who=OSEI,
    ),
}  # fmt: skip
