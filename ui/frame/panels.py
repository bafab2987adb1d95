"""The panels that stand beside Today, each made when it is first wanted: a sign-in waits for none that nobody sees."""

from collections.abc import Callable, Iterator, Mapping

from ui.screen import Screen


class Panels(Mapping[str, Screen]):
    """Panels by name; to ask for one is to have it made.

    Args:
        makers: Make each panel and put it in here, by name; the first is where a person opens.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Screen]]) -> None:
        self._makers = makers
        self._made: dict[str, Screen] = {}
        self._take_in: Callable[[Screen], None] | None = None

    def __getitem__(self, name: str) -> Screen:
        """Return a panel, made unless it is there."""
        if name not in self._made:
            self.put(name, self._makers[name]())
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names, of those too that are not made."""
        return iter(self._makers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._makers)

    @property
    def made(self) -> tuple[Screen, ...]:
        """Those that have been made."""
        return tuple(self._made[name] for name in self._makers if name in self._made)

    def put(self, name: str, panel: Screen) -> None:
        """Keep a panel that has just been made; no harm when it is there already."""
        if name not in self._made:
            self._made[name] = panel
            if self._take_in is not None:
                self._take_in(panel)

    def taken_in_by(self, take_in: Callable[[Screen], None]) -> None:
        """Say who takes each panel in: those that are made, now, and each other one when it is."""
        self._take_in = take_in
        for panel in self.made:
            take_in(panel)

    def make_all(self) -> None:
        """Make what is not there yet."""
        for name in self:
            _panel = self[name]
