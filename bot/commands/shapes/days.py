"""Days and instants as every shape writes them."""

from __future__ import annotations

from typing import Annotated

Day = Annotated[str, "format: date", "A day, YYYY-MM-DD"]
Instant = Annotated[str, "format: date-time", "An instant with its offset"]
