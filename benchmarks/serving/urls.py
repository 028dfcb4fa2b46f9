"""Our addresses, and ``/bench-hello/``."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Five letters."""
    return HttpResponse("hello")


urlpatterns = [path("bench-hello/", hello), path("", include("config.urls"))]
