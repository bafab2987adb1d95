"""Search and lists: derived from the sealed records, disposable, rebuilt whenever in doubt."""

from rapportdesk.readmodel.index import SearchIndex, WordResults
from rapportdesk.readmodel.memory import MemoryIndex

__all__ = ["MemoryIndex", "SearchIndex", "WordResults"]
