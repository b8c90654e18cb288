"""What a person chooses for themselves: colours, language, single-key shortcuts."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from policystudio.access import LOGGED_IN
from policystudio.teams.models import User
from policystudio.web.page import Page, PageView

THEMES = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))


class PreferencesForm(forms.ModelForm[User]):
    """The fields of a user that concern nobody else."""

    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    single_key_shortcuts = forms.BooleanField(
        label=_("Single keys are shortcuts"),
        help_text=_(
            "For example “j” for the next row. Turn this off when you speak to your computer or press keys by accident."
        ),
        required=False,
    )

    class Meta:
        model = User
        fields = ("theme", "language", "single_key_shortcuts")


class Preferences(PageView):
    """One form; it speaks of nobody but the person who is logged in."""

    access = {"GET": LOGGED_IN, "POST": LOGGED_IN}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The choices as they are."""
        return self.show(PreferencesForm(instance=cast(User, request.user)))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the choices."""
        form = PreferencesForm(request.POST, instance=cast(User, request.user))
        if not form.is_valid():
            return self.show(form, status=422)
        form.save()
        return self.go(request.path, str(_("Your preferences are saved.")))

    def show(self, form: PreferencesForm, status: int = 200) -> HttpResponseBase:
        """The page with a form."""
        context: dict[str, Any] = {"form": form}
        return self.page("preferences/preferences.html", context, status=status)


PAGE = Page(urls=(path("preferences/", Preferences.as_view(), name="preferences"),))
