"""Nobody is logged in by half: one place for all pages, the admin's and any other."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts import codes

Answer = Callable[[HttpRequest], HttpResponse]


class SecondFactor:
    """Without the second factor that is due, ``request.user`` is nobody, for every view.

    Comes after django-otp's middleware. Asks the database only where somebody asks for the user,
    so never for a reader's page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        logged_in = request.user
        request.user = cast(User, SimpleLazyObject(lambda: _admitted(request, logged_in)))
        response = self.get_response(request)
        if request.method == "POST" and request.session.accessed and request.user.is_authenticated:
            request.session.modified = True  # the hours of a session count from the last save
        return response


def has_to_set_up(request: HttpRequest) -> User | None:
    """Who is logged in by password and must set up a second factor before anything else."""
    if request.user.is_authenticated:  # which also finds out
        return None
    return getattr(request, "has_to_set_up", None)


def _admitted(request: HttpRequest, user: Any) -> User | AnonymousUser:
    if not user.is_authenticated or user.is_verified():
        return user  # type: ignore[no-any-return]
    if codes.app_of(user):
        return AnonymousUser()  # who is asked for it where one logs in
    if settings.SECOND_FACTOR == "REQUIRED":
        request.has_to_set_up = user  # type: ignore[attr-defined]
        return AnonymousUser()
    return user  # type: ignore[no-any-return]
