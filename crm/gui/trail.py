"""Where the user has been: back and forward, as in a browser."""

from crm.gui.session import Place

KEPT = 100


class Trail:
    """The places visited; going somewhere new forgets what lay ahead."""

    def __init__(self, first: Place) -> None:
        self._places = [first]
        self._at = 0

    @property
    def here(self) -> Place:
        """The place shown now."""
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether anything lies behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether anything lies ahead."""
        return self._at < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Go somewhere; staying where one is adds nothing."""
        if place == self.here:
            return
        self._places = [*self._places[: self._at + 1], place][-KEPT:]
        self._at = len(self._places) - 1

    def back(self) -> Place:
        """Step back, if there is anything behind."""
        self._at = max(self._at - 1, 0)
        return self.here

    def forward(self) -> Place:
        """Step forward, if there is anything ahead."""
        self._at = min(self._at + 1, len(self._places) - 1)
        return self.here
