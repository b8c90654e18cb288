"""What every view declares: which act it is, per method; the shells check it before the view runs.

Who may do which act is the one table in `teams.permissions`; this module only carries the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policystudio.teams.permissions import Act


@dataclass(frozen=True, slots=True)
class Access:
    """The act that a method of a view performs.

    `act` None means that anyone may, logged in or not: log-in page, health, API description.
    `LOGGED_IN` below asks for a person without asking for a role, as for one's own preferences.
    """

    act: Act | None
    is_public: bool = False


PUBLIC = Access(act=None, is_public=True)
LOGGED_IN = Access(act=None)

AccessByMethod = Mapping[str, Access]
"""HTTP method in capitals → what it needs. A method that is not listed is answered 405."""
