"""The choice of secrets."""

from policystudio.web.forms.kinds._selection import Selection

KIND = Selection()
