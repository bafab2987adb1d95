"""Briefs as plain text, for keeping as files: `python -m tests.rules.golden_briefs` writes them anew, to be read."""

from pathlib import Path

from rapportdesk.model.shown import Brief, Card, Line
from rapportdesk.rules.brief.brief import compose_brief
from rapportdesk.rules.card.card import compose_card
from rapportdesk.rules.visibility import Known
from tests.rules.clinic import CLINIC
from tests.rules.invented import CLINICIAN, NOW, RECEPTION

GOLDEN = Path(__file__).with_name("golden")


def golden_text(known: Known) -> str:
    """Return the brief a clinician reads and the card reception reads, companions unknown."""
    visit = next((each for each in known.appointments if each.start == NOW), None)
    brief = compose_brief(known, CLINICIAN, None, NOW, appointment=visit)
    card = compose_card(known, RECEPTION, None, NOW)
    return f"{_brief(brief)}\n\n{'-' * 40}\n\n{_card(card)}\n"


def _brief(brief: Brief) -> str:
    rows = [f"The brief: {brief.patient.name}, {brief.age}", ""]
    for section in brief.sections:
        rows += [section.label, *(_with_source(line) for line in section.lines)]
        rows += ["    [something waits]"] if section.veil else []
    of = ", ".join(f"{label} {count}" for label, count in brief.left_out_of)
    read = f"read: {brief.read_by_name}" if brief.read_at else "not read yet"
    return "\n".join([*rows, "", f"left out: {brief.left_out}" + (f" ({of})" if of else ""), read])


def _card(card: Card) -> str:
    rows = [f"The card: {card.patient.name}, {card.age}, {card.keep}", *(f"! {each}" for each in card.cautions), ""]
    for block in card.blocks:
        rows += [block.label, *(f"    {_line(line)}" for line in block.lines)]
    return "\n".join([*rows, "", f"to ask: {card.to_ask}"])


def _with_source(line: Line) -> str:
    return f"    {_line(line)}\n        {line.source}"


def _line(line: Line) -> str:
    lead = line.lead + ("" if line.text[:1] in tuple(",.") else " ") if line.lead else ""
    parts = [
        f"[{line.mark}] {lead}{line.text}".rstrip(),
        f"({line.detail})" if line.detail else "",
        line.urgent.upper(),
    ]
    return "  ".join(part for part in parts if part)


if __name__ == "__main__":
    for name, known in CLINIC.items():
        (GOLDEN / f"{name}.txt").write_text(golden_text(known()), encoding="utf-8")
