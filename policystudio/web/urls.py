"""The addresses of all pages: whatever the modules in `pages/` declare, in no order that matters."""

from django.urls import URLPattern, URLResolver

from policystudio.web.page import pages

urlpatterns: list[URLPattern | URLResolver] = [url for page in pages().values() for url in page.urls]
