"""When the clinicians' keys are replaced, what was sealed to the old ones is sealed to the new, a page at a time.

Each page is one transaction of its own, so that a receptionist's save waits for a page at most. Interrupted, it is
begun again and goes on where something is left.
"""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.records.envelope import Envelopes
from rapportdesk.store.records.records import RECORD, REVISION, Records
from rapportdesk.store.tables import RecordRow, RevisionRow
from rapportdesk.store.transaction import Transaction

_PAGE = 50


def reseal_for_clinicians(file: VaultFile, records: Records, envelopes: Envelopes) -> Iterator[int]:
    """Seal everything that is boxed to an earlier generation to the current one; others may write between two steps.

    Args:
        file: The vault.
        records: Seals and opens rows, with the clinicians' keys of every generation that is to be replaced.
        envelopes: Knows the current generation.

    Yields:
        How many of a page were sealed anew; what this session has no key for stays as it is.

    Raises:
        Tampered: A row or the clinicians' public keys do not authenticate.
    """
    current = envelopes.current_clinicians()
    if current is None:
        return
    for model, table in ((RecordRow, RECORD), (RevisionRow, REVISION)):
        covered, after = coverage(model), None
        while True:
            with file.transaction() as writing:
                rows = writing.rows(*covered.page(after, _PAGE))
                done = sum(_reseal(writing, records, envelopes, model, table, row, current.epoch) for row in rows)
            if not rows:
                break
            after = covered.key_of(rows[-1])
            yield done


def _reseal(
    writing: Transaction,
    records: Records,
    envelopes: Envelopes,
    model: type[SQLModel],
    table: str,
    row: dict[str, Any],
    epoch: int,
) -> int:
    stored = records.open_row(writing, row, table=table)
    content = stored.enveloped.content
    if not 0 < stored.enveloped.epoch < epoch or content is None:
        return 0
    # The revision stays: what was said has not changed.
    sealed = records.seal(
        writing,
        envelopes.close_for_clinicians(content),
        table=table,
        record_id=stored.record_id,
        patient_id=stored.patient_id,
        revision=stored.revision,
    )
    writing.replace(model, row, **{**row, "sealed": sealed})
    return 1
