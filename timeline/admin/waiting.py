"""The form of a source that waits while its editor looks at what becomes of the quotes."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from timeline.admin.emendations import EmendationFormSet
from timeline.admin.reasons import REASON
from timeline.models import WaitingText
from timeline.readings import Correction, TextSpec

LONGEST_WAIT = timedelta(days=7)
OF_THE_REQUEST = {"csrfmiddlewaretoken", "raw"}


def keep(request: HttpRequest, formset: EmendationFormSet) -> WaitingText:
    """Take down what was posted; what its editor left waiting before goes, and what is old."""
    source, reader = formset.instance, formset.instance.reader
    own = WaitingText.objects.filter(source=source.pk, editor=request.user.pk)
    own.delete()
    WaitingText.objects.filter(waits_since__lt=timezone.now() - LONGEST_WAIT).delete()
    return WaitingText.objects.create(
        source_id=source.pk,
        editor_id=int(request.user.pk or 0),
        given=reader.given,
        raw=reader.text,
        spec=asdict(formset.spec),
        posted={
            name: values
            for name, values in request.POST.lists()
            if name not in OF_THE_REQUEST and "\0" not in "".join([name, *values])
        },
    )


def spec_of(waiting: WaitingText) -> TextSpec:
    """How the waiting text would be read."""
    spec: dict[str, Any] = {**waiting.spec, "headings": tuple(waiting.spec["headings"])}
    spec["emendations"] = tuple(Correction(**one) for one in waiting.spec["emendations"])
    return TextSpec(**spec)


def reason_of(waiting: WaitingText) -> str:
    """The reason that was given with it."""
    return str((waiting.posted.get(REASON) or [""])[-1])


def post_again(request: HttpRequest, waiting: WaitingText) -> None:
    """Make ``request`` post what waits; a reason that it gives itself replaces the old one."""
    posted = QueryDict(mutable=True)
    for name, values in waiting.posted.items():
        posted.setlist(name, values)
    if REASON in request.POST:
        posted[REASON] = request.POST[REASON]
    files: MultiValueDict[str, Any] = MultiValueDict()
    if waiting.given == WaitingText.Given.UPLOADED:
        files["upload"] = SimpleUploadedFile("text.txt", waiting.raw.encode())
    posted["raw"] = waiting.raw if waiting.given == WaitingText.Given.PASTED else ""
    request.POST = posted  # type: ignore[assignment]  # one that may be changed
    request._files = files  # type: ignore[attr-defined]  # Django has no other way
