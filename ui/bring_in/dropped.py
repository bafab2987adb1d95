"""What is dropped on the window, when it is files of this computer and nothing else."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """Return the local files that are being dropped; empty when there are others among them, or none."""
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls) if all(url.isLocalFile() for url in urls) else ()
