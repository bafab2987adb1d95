"""What looking after the file, its keys and its copies leaves in the audit."""

from rapportdesk.model.audit import AuditAction as Did
from tests.desk.audited import BEN, Case, leaves, nothing

NOTED = "how the file stands is nobody's doing; it lies between the lines, in no list"

KEYS: dict[str, Case] = {
    "standing.ask": nothing(NOTED, lambda w, _n: w.desk.standing.ask()),
    "standing.wait": nothing(NOTED, lambda w, _n: w.desk.standing.wait()),
    "standing.compare": nothing(NOTED, lambda w, _n: w.desk.standing.compare()),
    "standing.fault": nothing("what it finds is in the line of the check", lambda w, _n: w.desk.standing.fault()),
    "standing.note": nothing(NOTED, lambda w, _n: w.desk.standing.note()),
    "standing.close": nothing(NOTED, lambda w, _n: w.desk.standing.close()),
    "standing.go_on": leaves(lambda w, _n: w.desk.standing.go_on(), Did.VERIFIED, who=BEN),
    "standing.accept": leaves(lambda w, _n: w.desk.standing.accept(), Did.VERIFIED, who=BEN),
}
