"""Schedules and patients from other systems come in here, as plain data in which every count adds up."""

from rapportdesk.exchange.child import READER_FLAG, look_at_tables, read_files
from rapportdesk.exchange.columns import (
    DateExample,
    DateOrder,
    Field,
    Question,
    TableGuess,
    TableSettings,
    header_key,
)
from rapportdesk.exchange.files import parse_files
from rapportdesk.exchange.merge import same_appointment
from rapportdesk.exchange.plan import (
    FHIR_ID,
    ClueSource,
    FileFormat,
    FileRead,
    ImportPlan,
    IncomingAppointment,
    IncomingMerge,
    IncomingPatient,
    IncomingPerson,
    PatientClue,
    Skipped,
)
from rapportdesk.exchange.skipping import SkipReason

__all__ = [
    "FHIR_ID",
    "READER_FLAG",
    "ClueSource",
    "DateExample",
    "DateOrder",
    "Field",
    "FileFormat",
    "FileRead",
    "ImportPlan",
    "IncomingAppointment",
    "IncomingMerge",
    "IncomingPatient",
    "IncomingPerson",
    "PatientClue",
    "Question",
    "SkipReason",
    "Skipped",
    "TableGuess",
    "TableSettings",
    "header_key",
    "look_at_tables",
    "parse_files",
    "read_files",
    "same_appointment",
]
