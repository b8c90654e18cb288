"""A warning to be understood before anything is stored: a check box that stands by itself."""

from policystudio.web.forms.kind import WHAT
from policystudio.web.forms.kinds.flag import Check


class Understood(Check):
    """As a flag, drawn as a warning."""

    section = WHAT
    template = "components/parameters/understanding.html"


KIND = Understood()
