"""Tables of any practice system: what is guessed is shown, what is doubtful is asked, and a row is never shifted."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import (
    ClueSource,
    DateOrder,
    Field,
    FileFormat,
    Question,
    Skipped,
    SkipReason,
    TableGuess,
    TableSettings,
    look_at_tables,
)
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.table import look
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import Identifier
from tests.exchange.samples import LONDON, OWN, TODAY, plan_of

SCHEDULE = """Patient ID;Surname;First Name;DOB;Appt Date;Appt Time;Duration (mins);Clinician;Room;Status;Mobile No.
4471;Prydderch;Nia;14.03.1958;23.11.2026;09:30;20;Dr Osei;Room 2;Booked;07700 900123
4472;Parry;Huw;02.01.1955;23.11.2026;9:50 am;10;Dr Osei;Room 2;DNA;
4471;Prydderch;Nia;14.03.1958;30.11.2026;1430;20;Dr Osei;;Cancelled by patient;07700 900123
"""
OPEN = "Name,DOB,Appointment\nNia Prydderch,03/04/1958,05/06/2026 09:30\n"
ROWS = "Name,DOB,Phone\n" + "".join(f"Person {n},19{n:02}-01-02,0770090{n:04}\n" for n in range(20, 60))


def guess_of(content: str | bytes, settings: TableSettings | None = None) -> TableGuess:
    data = content if isinstance(content, bytes) else content.encode()
    return look(data, "x.csv", Reading(zone=LONDON, today=TODAY, tables=settings or TableSettings()))


def told(tmp_path: Path, content: str | bytes, settings: TableSettings | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        plan_of(tmp_path, content, tables=settings)
    return caught.value.message


def test_a_schedule_is_read_by_its_headers(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SCHEDULE)
    (file,) = plan.files
    assert (file.format, file.version) == (FileFormat.TABLE, "utf-8, semicolon, day-first")
    assert (file.read, file.patients, file.appointments, file.skipped) == (6, 3, 3, ())
    nia, huw = plan.patients
    assert (nia.name, nia.sort_name, nia.birth_date) == ("Nia Prydderch", "Prydderch, Nia", dt.date(1958, 3, 14))
    assert nia.identifiers == (Identifier(value="4471"),)
    assert [point.value for point in nia.contact_points] == ["07700 900123"]
    assert huw.birth_date == dt.date(1955, 1, 2)
    first, second, third = plan.appointments
    assert (first.start, first.minutes) == (dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), 20)
    assert (first.practitioner_name, first.location, first.patient) == ("Dr Osei", "Room 2", nia.key)
    assert (second.start, second.status) == (
        dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC),
        AppointmentStatus.NOSHOW,
    )
    assert (third.start, third.status, third.patient) == (
        dt.datetime(2026, 11, 30, 14, 30, tzinfo=dt.UTC),
        AppointmentStatus.CANCELLED,
        nia.key,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found_and_said(tmp_path: Path, encoding: str, separator: str) -> None:
    content = "Name;DOB;Town\nSiobhán Ní Dhónaill;1990-04-03;Baile Átha Cliath\nZoë Müller;1971-12-24;Köln\n"
    data = content.replace(";", separator).encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    plan = plan_of(tmp_path, data)
    assert [patient.name for patient in plan.patients] == ["Siobhán Ní Dhónaill", "Zoë Müller"]
    guess = guess_of(data)
    assert (guess.separator, guess.encoding_certain) == (separator, encoding != "cp1252")
    assert guess.encoding in plan.files[0].version


def test_a_person_may_say_encoding_and_separator() -> None:
    data = "Name;DOB;Town\nŁukasz Żak;1990-04-03;Łódź\n".encode("cp1250")
    said = guess_of(data, TableSettings(encoding="cp1250", separator=";"))
    assert said.samples[0][0] == "Łukasz Żak"
    assert said.encoding_certain


@pytest.mark.parametrize(
    ("cell", "order"),
    [("14/03/1958", DateOrder.DAY_FIRST), ("03/14/1958", DateOrder.MONTH_FIRST), ("14-3-58", DateOrder.DAY_FIRST)],
)
def test_one_date_with_a_single_reading_decides_and_is_shown(tmp_path: Path, cell: str, order: DateOrder) -> None:
    content = OPEN + f"Huw Parry,{cell},05/06/2026 10:00\n"
    guess = guess_of(content)
    assert (guess.date_order, guess.date_order_said, guess.questions) == (order, False, ())
    assert [each.written for each in guess.examples] == [cell]
    plan = plan_of(tmp_path, content)
    assert str(order) in plan.files[0].version
    day, month = (3, 4) if order is DateOrder.DAY_FIRST else (4, 3)
    assert plan.patients[0].birth_date == dt.date(1958, month, day)
    assert plan.patients[1].birth_date == dt.date(1958, 3, 14)


def test_an_order_that_nothing_decides_is_asked_and_never_guessed(tmp_path: Path) -> None:
    guess = guess_of(OPEN)
    assert (guess.date_order, guess.questions) == (None, (Question.DATE_ORDER,))
    assert [(each.day_first, each.month_first) for each in guess.examples] == [
        (dt.date(1958, 4, 3), dt.date(1958, 3, 4)),
        (dt.date(2026, 6, 5), dt.date(2026, 5, 6)),
    ]
    assert "begin with the day or with the month" in told(tmp_path, OPEN)
    for order, born in ((DateOrder.DAY_FIRST, dt.date(1958, 4, 3)), (DateOrder.MONTH_FIRST, dt.date(1958, 3, 4))):
        settings = TableSettings(date_order=order)
        assert plan_of(tmp_path, OPEN, tables=settings).patients[0].birth_date == born
        assert guess_of(OPEN, settings).date_order_said


def test_dates_that_decide_for_both_orders_are_a_question_and_then_a_fault(tmp_path: Path) -> None:
    content = OPEN + "Huw Parry,14/03/1958,03/14/2026 10:00\n"
    assert guess_of(content).questions == (Question.DATE_ORDER,)
    assert "entry 3" in told(tmp_path, content, TableSettings(date_order=DateOrder.DAY_FIRST))


def test_dates_that_begin_with_the_year_or_name_the_month_ask_nothing(tmp_path: Path) -> None:
    content = (
        "Name,DOB,Start\nNia Prydderch,3 Apr 1958,2026-06-05T09:30:00+01:00\nHuw Parry,1955-02-01,5 June 2026 10:00\n"
    )
    assert guess_of(content).questions == ()
    plan = plan_of(tmp_path, content)
    assert [patient.birth_date for patient in plan.patients] == [dt.date(1958, 4, 3), dt.date(1955, 2, 1)]
    assert [visit.start for visit in plan.appointments] == [
        dt.datetime(2026, 6, 5, 8, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 6, 5, 9, 0, tzinfo=dt.UTC),
    ]


def test_columns_that_nobody_knows_are_asked(tmp_path: Path) -> None:
    content = "Who,Born on,Remark\nNia Prydderch,1958-03-14,hello\n"
    assert "in no format known" in told(tmp_path, content)
    assert guess_of(content).questions == (Question.WHO,)
    columns = (("Who", Field.NAME), ("born ON", Field.BIRTH_DATE))
    plan = plan_of(tmp_path, content, tables=TableSettings(columns=columns))
    assert (plan.patients[0].name, plan.patients[0].birth_date) == ("Nia Prydderch", dt.date(1958, 3, 14))
    assert "do not say what they hold" in told(tmp_path, "Remark,DOB\nhello,1958-03-14\n")


def test_what_a_person_says_of_a_column_wins_over_the_guess() -> None:
    said = guess_of(SCHEDULE, TableSettings(columns=(("Room", Field.IGNORE), ("Clinician", Field.LOCATION))))
    assert said.fields[7:9] == (Field.LOCATION, Field.IGNORE)
    twice = guess_of(SCHEDULE, TableSettings(columns=(("Room", Field.MINUTES),)))
    assert twice.questions == (), "what the guess holds gives way to what a person said"
    both = (("Room", Field.MINUTES), ("Duration (mins)", Field.MINUTES))
    assert guess_of(SCHEDULE, TableSettings(columns=both)).questions == (Question.TWICE,)


def test_headers_that_are_alike_or_empty_are_told_apart() -> None:
    guess = guess_of("Name,DOB,Phone,Phone,\nNia,1958-03-14,1,2,3\n")
    assert guess.headers == ("Name", "DOB", "Phone", "Phone (2)", "#5")
    assert guess.fields == (Field.NAME, Field.BIRTH_DATE, Field.PHONE, Field.PHONE, Field.IGNORE)


def test_what_a_header_says_in_brackets_is_shown_and_settles_nothing() -> None:
    guess = guess_of("Name,DOB (mm/dd/yyyy),Duration [min]\nNia,03/04/1958,20\n")
    assert guess.fields == (Field.NAME, Field.BIRTH_DATE, Field.MINUTES)
    assert guess.questions == (Question.DATE_ORDER,)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_spreadsheets_own_first_line_and_every_line_end_are_read(tmp_path: Path, line_end: str) -> None:
    plan = plan_of(tmp_path, "sep=;\nName;DOB\nPrydderch, Nia;1958-03-14\n".replace("\n", line_end))
    assert [patient.name for patient in plan.patients] == ["Nia Prydderch"]


def test_a_quotation_mark_that_closes_too_early_is_told_and_not_mended(tmp_path: Path) -> None:
    assert "(entry 2)" in told(tmp_path, 'Name,DOB,Town\n"Nia"s,1958-03-14,Bangor\n')


def test_a_reports_title_may_stand_above_the_header(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"Appointments report,,\nPrinted 21/11/2026,,\n\n{ROWS}")
    assert len(plan.patients) == 40
    assert guess_of(f"Appointments report,,\n{ROWS}").rows == 40


def test_quotes_line_breaks_and_separators_inside_a_cell_stay_in_it(tmp_path: Path) -> None:
    content = 'Name,DOB,Address\n"Prydderch, Nia",1958-03-14,"1 ""Yr Ardd"", Stryd Fawr\nBangor"\n'
    (nia,) = plan_of(tmp_path, content).patients
    assert (nia.name, nia.sort_name) == ("Nia Prydderch", "Prydderch, Nia")
    assert nia.contact_points[0].value == '1 "Yr Ardd", Stryd Fawr Bangor'


def test_a_row_longer_than_the_header_is_a_fault_and_a_shorter_one_is_not(tmp_path: Path) -> None:
    assert len(plan_of(tmp_path, ROWS + "Short,1990-01-01\n").patients) == 41
    assert "(entry 42)" in told(tmp_path, ROWS + "Ann, of Bangor,1990-01-01,1,2\n")


def test_a_name_alone_makes_nobody(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Name,Start\nNia Prydderch,2026-11-23 09:30\n,2026-11-23 10:00\n")
    assert plan.patients == ()
    (visit,) = plan.appointments
    assert (visit.patient, visit.patient_identifiers) == ("", ())
    assert [(clue.source, clue.name) for clue in visit.clues] == [(ClueSource.ROW, "Nia Prydderch")]
    (file,) = plan.files
    assert (file.read, file.patients, file.appointments) == (3, 0, 1)
    assert plan_of(tmp_path, "Name,Phone\nNia Prydderch,1\n").files[0].skipped == (
        Skipped(resource_type="Patient", reason=SkipReason.NOBODY_CERTAIN, count=1),
    )


def test_a_status_that_means_nothing_here_is_shown_and_skipped(tmp_path: Path) -> None:
    content = (
        "Name,DOB,Start,Status\nNia,1958-03-14,2026-11-23 09:30,Zurückgestellt\nHuw,1955-01-02,2026-11-23 10:00,\n"
    )
    assert guess_of(content).unknown_statuses == ("Zurückgestellt",)
    plan = plan_of(tmp_path, content)
    assert [visit.status for visit in plan.appointments] == [AppointmentStatus.BOOKED]
    assert plan.files[0].skipped == (Skipped(resource_type="Appointment", reason=SkipReason.UNKNOWN_STATUS, count=1),)


def test_somebody_without_a_number_is_one_by_name_and_birth_date(tmp_path: Path) -> None:
    row = "Nia Prydderch,1958-03-14,2026-11-{day} 09:30\n"
    plan = plan_of(tmp_path, "Name,DOB,Start\n" + row.format(day=23) + row.format(day=24))
    assert len(plan.patients) == 1
    assert {visit.patient for visit in plan.appointments} == {plan.patients[0].key}
    other = plan_of(tmp_path, "Name,DOB,Start\n" + row.format(day=23) + row.format(day=24).replace("1958", "1959"))
    assert len(other.patients) == 2


def test_a_year_alone_is_no_birthday(tmp_path: Path) -> None:
    (nia,) = plan_of(tmp_path, "ID,Name,DOB\n1,Nia,1958\n").patients
    assert nia.birth_date is None


@pytest.mark.parametrize(("written", "born"), [("14/3/58", 1958), ("14/3/26", 2026), ("14/3/27", 1927)])
def test_a_birth_year_of_two_digits_is_the_last_one_that_has_been(tmp_path: Path, written: str, born: int) -> None:
    (nia,) = plan_of(tmp_path, f"Name,DOB,Town\nNia,{written},Bangor\n").patients
    assert nia.birth_date == dt.date(born, 3, 14)


@pytest.mark.parametrize(
    "content",
    [
        "Name,DOB\nNia,31/02/1958\n",
        "Name,DOB,Start\nNia,1958-03-14,tomorrow at nine\n",
        "Name,DOB,Date,Time\nNia,1958-03-14,2026-11-23,half past\n",
        'Name,DOB,Town\n"Nia,1958-03-14,Bangor\n',
    ],
)
def test_a_cell_that_is_no_date_or_never_ends_is_told_by_its_row(tmp_path: Path, content: str) -> None:
    assert "(entry 2" in told(tmp_path, content)


@pytest.mark.parametrize(
    "content", ["hello world\nthis is prose\n", "a\nb\nc\n", "%PDF-1.7\n%âãÏÓ\n", "\x00\x01\x02,;"]
)
def test_what_is_no_table_is_told(tmp_path: Path, content: str) -> None:
    assert "in no format known" in told(tmp_path, content)


def test_looking_happens_in_the_child_and_passes_over_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(SCHEDULE, encoding="utf-8")
    settings = TableSettings(columns=(("Room", Field.IGNORE),))
    (guess,) = look_at_tables([*OWN, tmp_path / "day.csv"], settings=settings, zone=LONDON, today=TODAY)
    assert (guess.file, guess.rows, guess.fields[8]) == ("day.csv", 3, Field.IGNORE)
    assert guess.samples[0][:3] == ("4471", "Prydderch", "Nia")
    with pytest.raises(BadInput, match="no file"):
        look_at_tables([tmp_path / "absent.csv"])
