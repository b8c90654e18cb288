"""Members of the team: who they are, what role they have, and how somebody comes in or leaves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.errors import InvalidInput, NotFound, ServiceError
from policystudio.teams.models import User
from policystudio.teams.permissions import Act, Role
from policystudio.teams.selectors import member_get, members
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.create_person import MAX_NAME, create_person
from policystudio.teams.services.remove_member import remove_member
from policystudio.web.faults import status_of
from policystudio.web.page import MenuEntry, Page, PageView

ROLES = {
    Role.VIEWER: (gettext_lazy("Viewer"), gettext_lazy("sees everything, and may export what is released")),
    Role.AUTHOR: (
        gettext_lazy("Author"),
        gettext_lazy("also writes, proposes and releases what is approved"),
    ),
    Role.REVIEWER: (gettext_lazy("Reviewer"), gettext_lazy("also approves what others wrote")),
    Role.ADMIN: (gettext_lazy("Admin"), gettext_lazy("also manages accounts and members")),
}


class MembersView(PageView):
    """What the list and its forms share."""

    def list(self, *, refused: ServiceError | None = None, about: str = "") -> HttpResponse:
        """The list, with why something was refused; `about` is the member that it concerned."""
        context = {
            "lines": [(member, ROLES[Role(member.role)][0]) for member in members(self.viewer)],
            "roles": [(str(role), name) for role, (name, _about) in ROLES.items()],
            "about_roles": list(ROLES.values()),
            "may_manage": self.viewer.may(Act.MANAGE_MEMBERS),
            "refused": refused,
            "about": about,
        }
        return self.page("members/members.html", context, status=status_of(refused) if refused else 200)


class Members(MembersView):
    """The list."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list()


class NewMember(PageView):
    """Takes in a user who exists, or makes one whose first password is shown once."""

    access = {"GET": Access(Act.MANAGE_MEMBERS), "POST": Access(Act.MANAGE_MEMBERS)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        username, role = request.POST.get("username", "").strip(), request.POST.get("role", "")
        try:
            if request.POST.get("kind") == "new":
                member, password = create_person(by=self.viewer, username=username, role=role)
                context = {
                    "member": member,
                    "password": password,
                    "crumbs": [(_("Members"), reverse("members"))],
                }
                return self.page("members/created.html", context, status=201)
            add_member(by=self.viewer, user=existing_user(username), role=role)
        except InvalidInput as refused:
            errors = {p.pointer.strip("/").split("/")[0]: p.detail for p in refused.problems}
            return self.form(errors=errors, status=422)
        except ServiceError as refused:
            return self.form(errors={"username": refused.message}, status=422)
        return self.go(reverse("members"), _("%(name)s is a member now.") % {"name": username})

    def form(self, *, errors: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
        """The form with what was typed."""
        found = errors or {}
        context = {
            "typed": self.request.POST,
            "errors": {name: [text] for name, text in found.items()},
            "summary": list(found.items()),
            "roles": [(str(role), name, about) for role, (name, about) in ROLES.items()],
            "max_name": MAX_NAME,
            "crumbs": [(_("Members"), reverse("members"))],
        }
        return self.page("members/new.html", context, status=status)


class ChangeMember(MembersView):
    """Gives another role."""

    access = {"POST": Access(Act.MANAGE_MEMBERS)}

    def post(self, request: HttpRequest, username: str) -> HttpResponseBase:
        member = member_get(self.viewer, username)
        try:
            change_role(by=self.viewer, member=member, role=request.POST.get("role", ""))
        except ServiceError as refused:
            return self.list(refused=refused, about=username)
        return self.go(reverse("members"), _("The role of %(name)s is changed.") % {"name": username})


class RemoveMember(MembersView):
    """Ends a membership, with its tokens."""

    access = {"POST": Access(Act.MANAGE_MEMBERS)}

    def post(self, request: HttpRequest, username: str) -> HttpResponseBase:
        member = member_get(self.viewer, username)
        try:
            remove_member(by=self.viewer, member=member)
        except ServiceError as refused:
            return self.list(refused=refused, about=username)
        return self.go(reverse("members"), _("%(name)s is no longer a member.") % {"name": username})


def existing_user(username: str) -> User:
    """The user of this name, whichever teams they belong to. Raises: NotFound.

    Decision: user names are unique over all teams, so an admin can find out whether a name is taken, but not by whom or
    where. Who is taken into a team is not moved there: their sessions stay where they are until they choose it.
    """
    user = User.objects.filter(username=username, is_active=True).first() if "\0" not in username else None
    if user is None:
        raise NotFound(_("There is no user of this name; make a new one, or correct the name."))
    return user


PAGE = Page(
    urls=(
        path("members/", Members.as_view(), name="members"),
        path("members/new/", NewMember.as_view(), name="new_member"),
        path("members/<path:username>/role/", ChangeMember.as_view(), name="member_role"),
        path("members/<path:username>/remove/", RemoveMember.as_view(), name="member_remove"),
    ),
    menu=MenuEntry(
        label=gettext_lazy("Members"), icon="member", order=70, url_name="members", shortcut="g m"
    ),
)
