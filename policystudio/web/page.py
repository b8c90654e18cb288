"""What a page is: addresses, an optional menu entry, and views that declare who may use them.

Every view derives from `PageView` (or takes `Guarded` in front of a generic view): access is decided, and refusals of
services become forms or error pages, here and nowhere else. What is shown is left to the modules in `pages/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import MAX_URL_LENGTH
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from policystudio.access import AccessByMethod
from policystudio.discovery import discover
from policystudio.errors import InvalidInput, ServiceError
from policystudio.session_team import TeamNotChosen
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.faults import fault, refusal


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the navigation. `order` sorts; `act` hides it from those who may not; `shortcut` is like "g p"."""

    label: str | Promise
    icon: str
    order: int
    url_name: str
    act: Act | None = Act.READ
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A line among the tabs that the pages of one section share. `order` sorts."""

    label: str | Promise
    order: int
    url_name: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """A way to begin a policy, as a card of the page "New policy". `order` sorts; `example` may be empty."""

    title: str | Promise
    about: str | Promise
    order: int
    url_name: str
    example: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a module of `pages/` declares under the name PAGE.

    `section` is the name of the page in whose part of the product this one lies, and whose menu line is current here;
    `tab` is its line among the tabs of that part.
    """

    urls: tuple[URLPattern | URLResolver, ...] = ()
    menu: MenuEntry | None = None
    tab: Tab | None = None
    beginning: Beginning | None = None
    section: str = ""
    is_development_only: bool = False
    url_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = {url.name for url in self.urls if isinstance(url, URLPattern) and url.name}
        object.__setattr__(self, "url_names", frozenset(names))


def pages() -> dict[str, Page]:
    """Every page, by file name; in production without those that are for developers."""
    found = discover("policystudio.web.pages", "PAGE", Page)
    return {
        name: page
        for name, page in found.items()
        if not (page.is_development_only and settings.IS_PRODUCTION)
    }


class PageRequest(HttpRequest):
    """What views get: `viewer` is set by the middleware, and is there whenever the declared act asked for a role."""

    viewer: Viewer
    htmx: Any


class Guarded(View):
    """Decides access from the declaration before the handler runs, and translates what services refuse."""

    access: ClassVar[AccessByMethod]
    request: PageRequest

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Django's, refusing a view that forgot to declare `access`."""
        if not hasattr(cls, "access"):
            raise ImproperlyConfigured(
                f"{cls.__module__}.{cls.__name__} must declare `access` for each method"
            )
        return super().as_view(**initkwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or run the handler; every answer is private and never cached."""
        try:
            response = self.refuse(request) or super().dispatch(request, *args, **kwargs)
        except ServiceError as error:
            response = self.refused(error)
        add_never_cache_headers(response)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    def refuse(self, request: HttpRequest) -> HttpResponseBase | None:
        """The answer to somebody who may not, or None."""
        access = self.access.get("GET" if request.method == "HEAD" else str(request.method))
        if access is None:
            response = fault(request, 405)
            response["Allow"] = ", ".join(sorted(self.access))
            return response
        if access.is_public:
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        if access.act is None:
            return None
        viewer: Viewer | None = getattr(request, "viewer", None)
        if viewer is None:
            return without_team(request)
        if not viewer.may(access.act):
            return fault(request, 403)
        return None

    def refused(self, error: ServiceError) -> HttpResponseBase:
        """The answer to what a service refused; a page with a form overrides this to keep what was typed."""
        return refusal(self.request, error)


class PageView(Guarded):
    """A page: handlers `get` and `post`, and three ways to answer."""

    def page(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        fragment: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page, or only its `fragment` when HTMX asks, so that the two cannot differ."""
        is_partial = bool(fragment) and bool(self.request.htmx) and not self.request.htmx.boosted
        return render(self.request, fragment if is_partial else template, dict(context or {}), status=status)

    def go(self, url: str, message: str | Promise = "") -> HttpResponse:
        """Send the browser to `url`, with a toast that confirms what was done; works for HTMX requests too."""
        if message:
            messages.success(self.request, str(message))
        return HttpResponseClientRedirect(url) if self.request.htmx else HttpResponseRedirect(url)

    @property
    def viewer(self) -> Viewer:
        """Who is looking; only for methods whose access names an act."""
        return self.request.viewer


def to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in page and back here afterwards; a half-page request reloads as a whole."""
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    if getattr(request, "htmx", False):
        here = cast(PageRequest, request).htmx.current_url_abs_path or ""
        return HttpResponseClientRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': here})}")
    # The log-in page takes no longer address back, and in another address it would be longer than servers take.
    if not here or len(here) > MAX_URL_LENGTH:
        return HttpResponseRedirect(settings.LOGIN_URL)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': here})}")


def without_team(request: HttpRequest) -> HttpResponse:
    """To the choice of a team where there is one; what would change something is refused and never repeated there."""
    reason: TeamNotChosen | None = getattr(request, "no_team", None)
    if reason is None or not reason.has_teams:
        return fault(request, 403)
    if request.method not in {"GET", "HEAD"}:
        return fault(request, 403, message="team")
    if getattr(request, "htmx", False):
        here = cast(PageRequest, request).htmx.current_url_abs_path or ""
        return HttpResponseClientRedirect(f"{reverse('choose_team')}?{urlencode({'next': here})}")
    return HttpResponseRedirect(f"{reverse('choose_team')}?{urlencode({'next': request.get_full_path()})}")


def add_problems(form: BaseForm, error: InvalidInput) -> None:
    """Put a service's problems at the fields they point to ("/keys/0" → `keys`); the rest go above the form."""
    for problem in error.problems:
        name = problem.pointer.strip("/").split("/")[0]
        form.add_error(name if name in form.fields else None, problem.detail)
