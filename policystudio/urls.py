"""Mounts the two shells and the health checks; which paths exist below is their own business."""

from django.urls import include, path

from policystudio.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/", include("policystudio.api.urls")),
    path("", include("policystudio.web.urls")),
]
