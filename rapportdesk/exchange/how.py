"""How files are to be read: what the practice, the calendar on the wall and a person say, and no file does."""

import datetime as dt
from dataclasses import dataclass, field

from rapportdesk.exchange.columns import TableSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Handed to every parser.

    Attributes:
        zone: For moments that say no offset; None is the workstation's own.
        today: From which repeating appointments are followed, and after which nobody is born.
        tables: What a person said about the columns of tables.
    """

    zone: dt.tzinfo | None
    today: dt.date
    tables: TableSettings = field(default_factory=TableSettings)
