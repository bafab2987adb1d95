"""Schedules and patients from other systems come in here, as plain data in which every count adds up."""

from rapportdesk.exchange.child import READER_FLAG, read_files
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
    "FileFormat",
    "FileRead",
    "ImportPlan",
    "IncomingAppointment",
    "IncomingMerge",
    "IncomingPatient",
    "IncomingPerson",
    "PatientClue",
    "SkipReason",
    "Skipped",
    "parse_files",
    "read_files",
    "same_appointment",
]
