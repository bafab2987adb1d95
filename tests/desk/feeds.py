"""Plans as files might hold them, made up: few names and numbers, so that many of them meet."""

import datetime as dt
import threading
from collections.abc import Callable

from hypothesis import strategies as st

from rapportdesk.desk.bring_in.bringing import Bringing
from rapportdesk.desk.bring_in.import_report import ImportReport
from rapportdesk.desk.bring_in.review_list import ReviewList, keep_review
from rapportdesk.desk.desk import Desk
from rapportdesk.exchange.plan import FileFormat, FileRead, ImportPlan, IncomingAppointment, IncomingPatient
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier
from rapportdesk.steps import in_one_go

NAMES = ("Nia Prydderch", "Nia Pryderch", "Huw Eynon", "Ng", "Mair")
BORN = (None, dt.date(1958, 3, 14), dt.date(1990, 1, 1))
NUMBER = Identifier(system="pas", value="1")
NIA = IncomingPatient(key="n", identifiers=(NUMBER,), name="Nia Prydderch", birth_date=dt.date(1958, 3, 14))
SENT = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
VISIT = IncomingAppointment(identifiers=("pas|v",), patient="n", start=SENT, sent_at=SENT)

identifiers = st.builds(Identifier, system=st.sampled_from(("pas", "hospital")), value=st.sampled_from("1234"))
contacts = st.builds(
    ContactPoint,
    system=st.sampled_from((ContactSystem.PHONE, ContactSystem.SMS)),
    value=st.sampled_from(("07700 900123", "+44 7700 900123", "01970 600600")), from_import=st.just(True),
)  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> ImportPlan:
    """Return what some file holds: everybody in it is somebody else by number."""
    sets = draw(st.lists(st.sets(identifiers, max_size=2), max_size=4))
    taken: set[Identifier] = set()
    patients = []
    for number, found in enumerate(sets):
        own = tuple(sorted(found - taken, key=str))
        taken |= found
        patients.append(
            IncomingPatient(
                key=f"{number}", identifiers=own, name=draw(st.sampled_from(NAMES)),
                birth_date=draw(st.sampled_from(BORN)), sent_at=SENT,
                contact_points=tuple(draw(st.lists(contacts, max_size=2, unique_by=lambda each: each.system))),
            )
        )  # fmt: skip
    visits = [
        IncomingAppointment(
            identifiers=(f"pas|v{number}",), patient=each.key, start=SENT + dt.timedelta(hours=number), sent_at=SENT,
            status=draw(st.sampled_from((AppointmentStatus.BOOKED, AppointmentStatus.CANCELLED))),
        )
        for number, each in enumerate(patients) if draw(st.booleans())
    ]  # fmt: skip
    return plan_of(patients, visits)


def plan_of(patients: list[IncomingPatient], visits: list[IncomingAppointment]) -> ImportPlan:
    """Return a plan of one file."""
    file = FileRead(
        name="made up", format=FileFormat.FHIR_JSON, version="", read=len(patients) + len(visits),
        patients=len(patients), appointments=len(visits), skipped=(),
    )  # fmt: skip
    return ImportPlan(files=(file,), patients=tuple(patients), appointments=tuple(visits))


def bringing(desk: Desk, plan: ImportPlan) -> Bringing:
    """Return an import of a plan that has been read."""

    def read(_cancelled: threading.Event) -> ImportPlan:
        return plan

    made = Bringing(desk.session(), (), read)
    made.read()
    return made


def bring_in(desk: Desk, plan: ImportPlan, between: Callable[[], object] = lambda: None) -> ImportReport:
    """Bring a plan in, doing something else between any two steps."""
    return in_one_go(bringing(desk, plan).write(), lambda _step: between())


def empty(desk: Desk) -> None:
    """Take everybody out, and what waits."""
    store = desk.session().store
    with store.transaction():
        for each in list(store.patients()):
            store.delete_patient(each.id)
        keep_review(store, ReviewList())


def kept(desk: Desk) -> tuple[object, ...]:
    """Everybody and every visit, as they lie in the vault, and what waits."""
    store = desk.session().store
    people = sorted(store.patients(), key=lambda each: each.id)
    visits = sorted((each for each in store.all_things() if isinstance(each, Appointment)), key=lambda each: each.id)
    return tuple(people), tuple(visits), store.setting("import-review")
