"""Registers the pages with Django, so that their template tags are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell of pages; it has no tables."""

    name = "policystudio.web"
