"""Why something is done: asked wherever something is, kept in the history."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

REASON = "change_reason"
LONGEST = 500


class ReasonedActionForm(ActionForm):
    """The bar of a list, which asks why; longer words are cut, since nothing would tell of them."""

    change_reason = forms.CharField(
        label=_("Reason:"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "action-reason", "maxlength": LONGEST, "autocomplete": "off"}
        ),
    )


def reason_in(request: HttpRequest) -> str:
    """The reason that a form gives, empty if it gives none."""
    return request.POST.get(REASON, "").strip()[:LONGEST]
