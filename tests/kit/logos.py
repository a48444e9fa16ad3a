"""Logos that are handed in: drawings, and what they may not contain."""

from base64 import b64encode

FILLED = '<circle cx="30" cy="30" r="25" fill="#7a1f4b"/><path d="M70 15h110v30h-110z"/>'


def svg(inner: str = FILLED, attributes: str = 'viewBox="0 0 200 60"') -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{inner}</svg>".encode()


def address(content: bytes, kind: str = "svg+xml") -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode()}"
