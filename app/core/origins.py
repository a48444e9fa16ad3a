"""Origins as browsers write them: scheme, host and port of a page (RFC 6454)."""

import re
from ipaddress import ip_address

LOCAL = "localhost and 127.0.0.0/8"

_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_DEFAULT_PORTS = {"https": 443, "http": 80}
_LAST_PORT = 65535


def canonical_origin(text: str) -> str | None:
    """An origin in lower case and without the usual port; `None` for what is none.

    `http` counts on one's own machine only: elsewhere anybody on the way could change the page.

    >>> canonical_origin("HTTPS://Portal.Example:443"), canonical_origin("http://127.0.0.2:8100")
    ('https://portal.example', 'http://127.0.0.2:8100')
    >>> canonical_origin("http://portal.example"), canonical_origin("https://*.example")
    (None, None)
    """
    match = _ORIGIN.fullmatch(text)
    if match is None:
        return None
    scheme, host = match[1].lower(), match[2].lower()
    port = int(match[3] or _DEFAULT_PORTS[scheme])
    if not 0 < port <= _LAST_PORT or not _is_host(host) or (scheme == "http" and not _is_local(host)):
        return None
    return f"{scheme}://{host}" + ("" if port == _DEFAULT_PORTS[scheme] else f":{port}")


def _is_host(host: str) -> bool:
    if host.startswith("[") or host.replace(".", "").isdigit():
        return _address(host) is not None
    return all(_LABEL.fullmatch(label) for label in host.split("."))


def _is_local(host: str) -> bool:
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return ip_address(address).is_loopback


def _address(host: str) -> str | None:
    """An address as it is written in its shortest form, which is how browsers write it."""
    bare = host.strip("[]")
    try:
        return bare if str(ip_address(bare)) == bare else None
    except ValueError:
        return None
