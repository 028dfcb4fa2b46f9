"""The content security policy: strict everywhere, a little looser inside the admin."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class ContentSecurityPolicy(CSPMiddleware):  # type: ignore[misc]  # django-csp ships no types
    """django-csp, with inline style and ``data:`` images allowed below ``/admin/`` only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")):
            response._csp_update = {  # type: ignore[attr-defined]
                "style-src": ["'unsafe-inline'"],
                "img-src": ["data:"],
            }
        return super().process_response(request, response)  # type: ignore[no-any-return]
