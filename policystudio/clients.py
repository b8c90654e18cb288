"""Decides which address a request came from; log-in limits, audit events and logs all ask here.

Whether the caller may do something is not decided by the address, and nothing is looked up.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The IP address of the caller, or "" where the server does not know one (a unix socket).

    `X-Forwarded-For` is believed only as far as `PROXY_COUNT` proxies wrote it: each appends the address that it saw,
    so the entry that the outermost trusted proxy added is the PROXY_COUNT-th from the right. A caller can put anything
    further left. A header that is shorter or holds no address there is ignored.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.PROXY_COUNT
    if proxies:
        entries = [entry.strip() for entry in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        if len(entries) >= proxies and _is_address(entries[-proxies]):
            return entries[-proxies]
    return peer if _is_address(peer) else ""


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text
