"""Log in, log out, change the password.

The answer is the same for an unknown user and a wrong password; how often one may try is counted by django-axes.
A second factor will stand between a right password and the session: `LogIn.form_valid` is its place.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from policystudio.access import PUBLIC, Access
from policystudio.errors import InvalidInput
from policystudio.teams.permissions import Act
from policystudio.teams.services.change_password import change_password
from policystudio.web.faults import fault
from policystudio.web.page import Guarded, Page, PageView, add_problems


class LogInForm(AuthenticationForm):
    """User name and password, with names that password managers know."""

    error_messages = {
        "invalid_login": _(
            "The user name and the password do not belong together. Check both; letter case matters."
        ),
        "inactive": _(
            "The user name and the password do not belong together. Check both; letter case matters."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class LogIn(Guarded, LoginView):  # type: ignore[misc]  # Guarded types `request` more exactly
    """The log-in page; `next` is followed only on this site, and somebody logged in goes straight there."""

    access = {"GET": PUBLIC, "POST": PUBLIC}
    form_class = LogInForm
    template_name = "login/login.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The form again, with the name that was typed and without the password."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class LogOut(PageView):
    """Ends the session on the server; only by POST, so that no link or image can do it."""

    access = {"POST": PUBLIC}

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """To the log-in page."""
        logout(request)
        messages.success(request, _("You are logged out."))
        return HttpResponseRedirect("/login/")


class PasswordForm(forms.Form):
    """The present password and the new one, once: it can be shown while it is typed."""

    current = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, not only digits, not a common one, not like your name."),
    )


class ChangePassword(PageView):
    """A new password; every other session of the person ends, this one gets a new id."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The empty form."""
        return self.show(PasswordForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Change it, or show what stands against it."""
        form = PasswordForm(request.POST)
        if form.is_valid():
            try:
                user = change_password(by=self.viewer, **form.cleaned_data)
            except InvalidInput as error:
                add_problems(form, error)
            else:
                update_session_auth_hash(request, user)
                return self.go(
                    "/preferences/", _("The password is changed. All your other sessions have ended.")
                )
        return self.show(form, status=422)

    def show(self, form: PasswordForm, status: int = 200) -> HttpResponseBase:
        """The page with a form."""
        return self.page("login/password.html", {"form": form}, status=status)


def locked_out(
    request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any
) -> HttpResponse:
    """What django-axes answers after too many wrong passwords from one address."""
    return fault(request, 429)


PAGE = Page(
    urls=(
        path("login/", LogIn.as_view(), name="login"),
        path("logout/", LogOut.as_view(), name="logout"),
        path("password/", ChangePassword.as_view(), name="password"),
    )
)
