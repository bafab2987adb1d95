"""What looking after the file, its keys and its copies leaves in the audit."""

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.identity import new_id
from tests.desk.audited import BEN, Case, World, leaves, nothing
from tests.desk.audited_desk_cases import run

NOTED = "how the file stands is nobody's doing; it lies between the lines, in no list"


def _place_for_backups(world: World) -> None:
    folder = world.practice.path.parent / new_id()
    folder.mkdir()
    world.practice.sign_in(BEN).backups.choose_folder(folder)


KEYS: dict[str, Case] = {
    "sheet_renewal.new_desk_sheet_in_steps": leaves(
        lambda w, _n: run(w.desk.sheet_renewal.new_desk_sheet_in_steps("Gwen")),
        Did.KEY_OPERATION, Did.BACKED_UP, Did.VERIFIED, given=_place_for_backups, who=BEN,
    ),
    "sheets.older": nothing("numbers of sheets and who kept them", lambda w, _n: w.desk.sheets.older(), who=BEN),
    "sheets.take_back": leaves(
        lambda w, c: w.desk.sheets.take_back(c.number), Did.KEY_OPERATION,
        given=lambda w: w.desk.sheets.new_desk_sheet(), who=BEN,
    ),
    "standing.ask": nothing(NOTED, lambda w, _n: w.desk.standing.ask()),
    "standing.wait": nothing(NOTED, lambda w, _n: w.desk.standing.wait()),
    "standing.compare": nothing(NOTED, lambda w, _n: w.desk.standing.compare()),
    "standing.fault": nothing("what it finds is in the line of the check", lambda w, _n: w.desk.standing.fault()),
    "standing.note": nothing(NOTED, lambda w, _n: w.desk.standing.note()),
    "standing.close": nothing(NOTED, lambda w, _n: w.desk.standing.close()),
    "standing.go_on": leaves(lambda w, _n: w.desk.standing.go_on(), Did.VERIFIED, who=BEN),
    "standing.accept": leaves(lambda w, _n: w.desk.standing.accept(), Did.VERIFIED, who=BEN),
}  # fmt: skip
