"""What the methods around a patient's own rights leave in the audit."""

from dataclasses import replace
from pathlib import Path

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.identity import PatientId, new_id
from tests.desk.audited import BEN, Case, World, leaves, nothing


def written(world: World) -> Path:
    """A file of somebody who was erased here since, under another id: as from another practice."""
    content = world.desk.patient_files.export(person := world.person(), "json", whole=True)
    made = world.folder / f"{new_id()}.json"
    made.write_bytes(content.replace(person.encode(), new_id().encode()).replace(b'"consents": [', b'"nobody": ['))
    return made


def certified(world: World, person: PatientId) -> None:
    """Erase somebody with keys and codes; the practice goes on with the new sheet."""
    _made, _pages, code = world.desk.person_erasure.erase_certified(person, "asked")
    world.practice.codes = replace(world.practice.codes, desk=code)


RIGHTS_CASES: dict[str, Case] = {
    "patient_files.export": leaves(
        lambda w, p: w.desk.patient_files.export(p, "json"), Did.EXPORTED, given=lambda w: w.person()
    ),
    "patient_files.pages": leaves(
        lambda w, p: w.desk.patient_files.pages(p), Did.EXPORTED, given=lambda w: w.person()
    ),
    "patient_files.holds_one": nothing("the first bytes of a file", lambda w, f: w.desk.patient_files.holds_one(f),
                                       given=lambda w: w.file()),
    "patient_files.look_into": nothing("a file that nobody has brought in yet",
                                       lambda w, f: w.desk.patient_files.look_into(f), given=written, who=BEN),
    "patient_files.bring_back": leaves(
        lambda w, f: w.desk.patient_files.bring_back(f), Did.IMPORTED, given=written, who=BEN
    ),
    "person_erasure.refusal": nothing(
        "whether a law forbids it, for a manager", lambda w, p: w.desk.person_erasure.refusal(p),
        given=lambda w: w.person(), who=BEN,
    ),
    "person_erasure.erase": leaves(
        lambda w, p: w.desk.person_erasure.erase(p, "asked"), Did.ERASED, given=lambda w: w.person(), who=BEN
    ),
    "person_erasure.done": nothing("names nobody", lambda w, _n: w.desk.person_erasure.done(), who=BEN),
    "person_erasure.erase_certified": leaves(
        certified, Did.ERASED, Did.KEY_OPERATION, Did.KEY_OPERATION, given=lambda w: w.person(), who=BEN
    ),
}  # fmt: skip
