"""Every page of the URL table, with an example address for each from the demo."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, reverse

from policystudio.cases.models import Case
from policystudio.demo.people import DEVELOPMENT, REGIONS
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.importing.models import Import
from policystudio.policies.models import Policy
from policystudio.review.models import Comment, Review
from policystudio.standards.models import KnownName
from policystudio.teams.models import ApiToken, Member
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.web.urls import urlpatterns
from tests.factories import make_case, make_known_name
from tests.guardrails.rules import ask, make_on, never

UNKNOWN = 987654321


def routes() -> list[tuple[str, str]]:
    """Every method of every page: (method, name of the URL)."""
    return sorted((method, name) for name, pattern in named().items() for method in access_of(pattern))


def pages_to_get() -> list[str]:
    """The names of all URLs that answer GET."""
    return [name for method, name in routes() if method == "GET"]


def named() -> dict[str, URLPattern]:
    """The URL table of the pages by name; a page without a name cannot be linked and has no place here."""
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), pattern
        assert pattern.name, pattern
        assert pattern.name not in found, pattern.name
        found[pattern.name] = pattern
    return found


def access_of(pattern: URLPattern) -> Any:
    """What a page declares for each method."""
    view: Any = pattern.callback
    return view.view_class.access


def example(name: str, **changed: Any) -> str:
    """The address of a page, about something that the demo holds; `changed` takes the place of an argument.

    Raises: KeyError for an argument that has no example here: add one.
    """
    arguments = named()[name].pattern.converters
    found = {argument: changed.get(argument) or value_of(name, argument) for argument in arguments}
    return reverse(name, kwargs=found)


def value_of(name: str, argument: str) -> Any:
    """What the demo has for an argument of the page `name`."""
    values: dict[str, Any] = {
        "slug": lambda: "tag-scoped-crypto-user",
        "policy_id": lambda: Policy.objects.get(name="crypto-user").pk,
        "review_id": lambda: Review.objects.get(policy__name="key-admin").pk,
        "comment_id": lambda: Comment.objects.order_by("pk")[0].pk,
        "import_id": lambda: Import.objects.order_by("pk")[0].pk,
        "token_id": lambda: ApiToken.objects.order_by("pk")[0].pk,
        "number": lambda: DEVELOPMENT if "account" in name else 1,
        "account": lambda: DEVELOPMENT,
        "region": lambda: REGIONS[0],
        "which": lambda: "released",
        "username": lambda: "author2",
        "code": lambda: "unknown-action",
        "name_id": lambda: known_name().pk,
        "case_id": lambda: saved_case().pk,
        "waiver_id": lambda: Waiver.objects.order_by("pk")[0].pk,
        "guardrail_id": lambda: guardrail().pk,
        "exemption_id": lambda: exemption().pk,
        "name": lambda: "kms:Decrypt",
    }
    return values[argument]()


def known_name(name: str = "kms:SpinKey") -> KnownName:
    """A name that the demo's team has added; made here, as the demo has none."""
    admin = Member.objects.select_related("team", "user").get(team__slug="demo", user__username="admin")
    found = KnownName.objects.filter(team=admin.team, name=name).first()
    return found or make_known_name(Viewer(member=admin), name)


def saved_case() -> Case:
    """A case of a policy of the demo; made here, so that there is one whatever the demo has."""
    admin = Member.objects.select_related("team", "user").get(team__slug="demo", user__username="admin")
    policy = Policy.objects.filter(team=admin.team, deleted_at=None).order_by("pk")[0]
    found = Case.objects.filter(policy=policy, name="Saved", removed_at=None).first()
    return found or make_case(Viewer(member=admin), "Saved", policy=policy)


def guardrail() -> Guardrail:
    """One of the demo's team that is on and that most policies break; made here, as the demo has none."""
    found = Guardrail.objects.filter(name="for the tests", deleted_at=None).first()
    return found or make_on(member("admin"), never("kms:*"), "for the tests")


def exemption() -> Exemption:
    """One of the demo's team that waits."""
    found = Exemption.objects.filter(state="requested").first()
    return found or ask(member("author"), guardrail(), Policy.objects.get(name="crypto-user"))


def member(name: str) -> Viewer:
    """Somebody of the demo's team."""
    found = Member.objects.select_related("team", "user").get(team__slug="demo", user__username=name)
    return Viewer(member=found)
