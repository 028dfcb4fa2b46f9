"""The content security policy: strict everywhere, a little looser inside the admin."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp, with inline style and ``data:`` images allowed below ``/admin/`` only."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(reverse("admin:index")):
            response._csp_update = {  # type: ignore[attr-defined]  # how django-csp is told
                "style-src": ["'unsafe-inline'"],
                "img-src": ["data:"],
            }
        return super().process_response(request, response)
