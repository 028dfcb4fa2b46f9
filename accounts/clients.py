"""Where a request comes from, as far as that can be believed."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

PREFIX = 64  # bits of an IPv6 address that one household or one server has all to itself


def address(request: HttpRequest) -> str | None:
    """The client's address, of IPv6 its network; None where it is not known.

    ``X-Forwarded-For`` counts only with BEHIND_PROXY, and of it only what the proxy itself has
    added: the last. What stands before it is whatever the client sent.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        given = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or given
    try:
        found = ip_address(given)
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), PREFIX), strict=False).network_address)
