"""The choice of aliases."""

from policystudio.web.forms.kinds._selection import Selection

KIND = Selection()
