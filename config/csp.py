"""The content security policy: strict everywhere, a little looser inside the admin."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

# What no page of ours uses, and no script that somebody smuggled in shall.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


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
        response.headers["Permissions-Policy"] = PERMISSIONS
        return super().process_response(request, response)
