"""What tests of pages share: a browser that somebody is logged in with."""

from __future__ import annotations

from django.test import Client

from policystudio.teams.viewer import Viewer


def browser_of(viewer: Viewer) -> Client:
    """A browser in which the viewer is logged in."""
    client = Client()
    client.force_login(viewer.user)
    return client
