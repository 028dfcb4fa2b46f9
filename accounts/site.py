"""Django's admin site, whose log-in asks for the second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

PAGE = "admin:second_factor"


class EditorsSite(AdminSite):
    """The default site: what others register with ``admin.site`` is registered here."""

    login_template = "admin/log_in.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._pages: list[URLPattern] = []

    def add_page(self, route: str, view: Callable[..., HttpResponse], name: str) -> None:
        """Have a page that belongs to no model at ``route``, for whoever is logged in as staff."""
        self._pages.append(path(route, self.admin_view(view), name=name))

    @property
    def login_form(self) -> Any:  # type: ignore[override]  # imports models, so not before them
        """Name, password and code."""
        from accounts.forms import LoginForm

        return LoginForm

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The log-in; who must set up a second factor first is sent there."""
        from accounts.middleware import has_to_set_up

        if request.method == "GET" and has_to_set_up(request):
            wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
            return redirect_to_login(wanted, reverse(PAGE))
        return super().login(request, extra_context)

    @method_decorator(never_cache)
    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Django's, which says who is logged in and so is kept by nobody."""
        return super().password_change(request, extra_context)

    @method_decorator(never_cache)
    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Django's, kept by nobody, either."""
        return super().password_change_done(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, the page of the second factor, and a log-out for those who still lack one."""
        return [
            path("second-factor/", never_cache(self.second_factor), name="second_factor"),
            path("logout/", never_cache(self.logout), name="logout"),
            *self._pages,
            *super().get_urls(),
        ]

    @method_decorator(sensitive_post_parameters())
    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """The page where somebody sets up, renews or removes a second factor."""
        from accounts.views import second_factor

        return second_factor(self, request)
