"""What the practice knows of its recovery sheets: who keeps which, and when it was last tried. Never a code."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

SheetKind = Literal["desk", "clinicians"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """One recovery sheet.

    Attributes:
        kind: The desk's, or the clinicians'.
        number: Printed on it.
        holder: Who keeps it, as the practice calls them; empty when nobody was named.
        made_on: The local day on which it was made; None for one from before this was kept.
        proved_on: The last local day on which its code was typed in and opened what it should; None for never.
        retired_on: The local day from which it opens the desk no more; None for one that does.
        opens_until: Of a retired one: the day by which the last backup that it still opens has gone by rule.
    """

    kind: SheetKind
    number: int
    holder: str = ""
    made_on: dt.date | None = None
    proved_on: dt.date | None = None
    retired_on: dt.date | None = None
    opens_until: dt.date | None = None
