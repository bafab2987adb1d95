"""Runs one importer under atheris, which is in no lock file: install it beside the project and run this.

    python -m tests.fuzz hl7|fhir|ics|table --seconds 600 [--corpus FOLDER]

A crash, a hang of 20 seconds or more than 3 GB ends the run with the input kept in the corpus folder; what is found
becomes a test.
"""

import argparse
import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

_INSTRUMENTED = ["rapportdesk.exchange", "hl7", "icalendar", "recurring_ical_events", "dateutil", "clevercsv"]
_LONGEST = 6_000  # bytes of one input
_WORDS = {
    "hl7": r"""MSH|^~\\&| PID| SCH| MRG| AIP| TQ1| BHS| BTS| SIU^S12 ADT^A40 \\X41\\ \\T\\ 8859/1""",
    "fhir": """resourceType Patient Appointment RelatedPerson Bundle entry reference link replaced-by null [ ] { } :""",
    "ics": """BEGIN:VEVENT END:VEVENT BEGIN:VCALENDAR END:VCALENDAR RRULE:FREQ= BYDAY= EXDATE: RECURRENCE-ID: TZID=
        DTSTART: DURATION:P METHOD:CANCEL VALUE=DATE BEGIN:VTIMEZONE COUNT= UNTIL= SECONDLY INTERVAL=""",
    "table": r"""Name DOB Start Date Time Status ; , \x09 31/12/1999 12/31/1999 09:30 \" \xff\xfe""",
}
"""What libFuzzer puts together, in its own escapes."""


def main() -> None:
    """Fuzz until the time is over or something is found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("importer", choices=sorted(_WORDS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=_INSTRUMENTED, exclude=["rapportdesk.exchange.steps"]):
        for name in ("recurring_ical_events", "dateutil.rrule", "clevercsv"):  # imported late otherwise
            importlib.import_module(name)
        one_input = importlib.import_module("tests.fuzz.one_input")
        samples = importlib.import_module("tests.exchange.samples")
    # Every step costs many times more under atheris; that a series ends after its steps has a test of its own.
    importlib.import_module("rapportdesk.exchange.ical").__dict__["STEPS"] = 60_000
    with tempfile.TemporaryDirectory() as scratch:
        corpus = options.corpus or Path(scratch, "corpus")
        corpus.mkdir(parents=True, exist_ok=True)
        words = Path(scratch, "words")
        words.write_text("".join(f'"{word}"\n' for word in _WORDS[options.importer].split()))
        for number, seed in enumerate(_seeds(options.importer, samples)):
            (corpus / f"seed-{number}").write_bytes(seed.read_bytes()[:_LONGEST])

        def try_one(data: bytes) -> None:
            one_input.read(data)
            if options.importer == "table":
                one_input.look_at(data)

        limits = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=3000", f"-max_len={_LONGEST}"]
        kept = [f"-dict={words}", f"-artifact_prefix={corpus}/found-", str(corpus)]
        atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1", *kept], try_one)
        atheris.Fuzz()


def _seeds(importer: str, samples: Any) -> list[Path]:
    """Return the files of our own, and those from elsewhere where they are at hand."""
    own: dict[str, list[Path]] = {
        "hl7": [path for path in samples.OWN if path.suffix == ".hl7"],
        "fhir": [path for path in samples.OWN if path.suffix != ".hl7"],
        "ics": samples.CALENDARS,
        "table": samples.TABLES,
    }
    elsewhere = samples.INTEROP / {"hl7": "hl7v2", "ics": "ics"}.get(importer, "none")
    return [*own[importer], *(sorted(elsewhere.iterdir()) if elsewhere.is_dir() else [])]


if __name__ == "__main__":
    main()
