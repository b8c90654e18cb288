"""Mounts the two shells and the health checks; which paths exist below is their own business."""

from django.urls import include, path

from policystudio.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/", include("policystudio.api.urls")),
    path("", include("policystudio.web.urls")),
]

handler400 = "policystudio.web.pages.errors.bad_request"
handler403 = "policystudio.web.pages.errors.forbidden"
handler404 = "policystudio.web.pages.errors.not_found"
handler500 = "policystudio.web.pages.errors.server_error"
