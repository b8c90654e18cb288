"""The choice of keys."""

from policystudio.web.forms.kinds._selection import Selection

KIND = Selection()
