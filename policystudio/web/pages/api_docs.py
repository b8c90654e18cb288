"""The menu entry that leads to the API's own page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from policystudio.web.page import MenuEntry, Page

PAGE = Page(
    menu=MenuEntry(label=gettext_lazy("API"), icon="external", order=95, url_name="api:docs", shortcut="g i"),
)
