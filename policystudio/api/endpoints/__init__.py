"""One module per resource: how it is read, shown and addressed. Each defines `urlpatterns` and is discovered."""

from policystudio.api.converters import register

# An endpoint's `path(…)` looks the converters up while its module is loaded, and this comes before every one of them.
register()
