"""What the trail asks of whoever acts; `teams.viewer.Viewer` is one, `System` is another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """A person in a team, with the token and address that the request came with."""

    @property
    def team_id(self) -> int: ...

    @property
    def actor_id(self) -> int | None: ...

    @property
    def actor_name(self) -> str: ...

    @property
    def token_id(self) -> int | None: ...

    @property
    def address(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The operator at the command line, acting on a team without being a member of it."""

    team_id: int
    actor_name: str = "system"
    actor_id: int | None = None
    token_id: int | None = None
    address: str = ""
