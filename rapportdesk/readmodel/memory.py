"""The read model in memory: filled at sign-in, gone at lock, and never written anywhere."""

from rapportdesk.readmodel.compartment import AT_ANY_TIME, Compartment, Sight
from rapportdesk.readmodel.database import in_memory
from rapportdesk.readmodel.index import EVERY_NOTE, WordResults
from rapportdesk.readmodel.layers import Layers
from rapportdesk.readmodel.words import NoteFilter


class MemoryIndex(Compartment):
    """A `SearchIndex` of one compartment in memory, for those who fill it themselves."""

    def __init__(self, sight: Sight = AT_ANY_TIME) -> None:
        super().__init__(in_memory(), sight)

    def find_words(self, text: str, limit: int = 50, where: NoteFilter = EVERY_NOTE) -> WordResults:
        """Find the notes that hold every word of `text`, newest first."""
        return Layers(self).find_words(text, limit, where)
