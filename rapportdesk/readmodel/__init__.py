"""Search and lists: derived from the sealed records, disposable, rebuilt whenever in doubt."""

from rapportdesk.readmodel.index import SearchIndex, WordResults
from rapportdesk.readmodel.layers import Layers
from rapportdesk.readmodel.memory import MemoryIndex

__all__ = ["Layers", "MemoryIndex", "SearchIndex", "WordResults"]
