"""Secrets that open something: `sbm_live_…` and `sbm_test_…`, `sbm_invite_…` and `sbm_own_…`, `sbm_embed_…`.

A kind, 32 random letters and digits (190 bits), and a checksum of six. The checksum tells a mistyped
token from an unknown one without asking the database, and lets secret scanners recognise a real one. A
token with so much chance in it needs no slow hash: SHA-256 is kept.
"""

import re
import secrets
from hashlib import sha256, sha512
from typing import Literal
from zlib import crc32

Kind = Literal["live", "test", "invite", "own", "code", "embed"]

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM, _CHECKSUM = 32, 6
_TOKEN = re.compile(
    rf"sbm_(live|test|invite|own|code|embed)_([0-9A-Za-z]{{{_RANDOM}}})([0-9A-Za-z]{{{_CHECKSUM}}})"
)
HINT = 4


def new_token(kind: Kind) -> str:
    """A new token."""
    return token_of(kind, "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM)))


def derived_token(kind: Kind, secret: str) -> str:
    """The token that always comes of this secret, as hard to guess as the secret is.

    >>> derived_token("own", "a") == derived_token("own", "a")
    True
    """
    number = int.from_bytes(sha512(secret.encode()).digest())
    return token_of(kind, _letters(number, _RANDOM))


def token_of(kind: Kind, random: str) -> str:
    """The token with this random part.

    >>> token_of("test", "0" * 32)
    'sbm_test_000000000000000000000000000000000ewiKB'
    """
    body = f"sbm_{kind}_{random}"
    return body + _checksum(body)


def kind_of(token: str) -> Kind | None:
    """What kind of token it is; `None` for what is none, or is mistyped.

    >>> kind_of("sbm_test_000000000000000000000000000000000ewiKB"), kind_of("sbm_test_1")
    ('test', None)
    """
    match = _TOKEN.fullmatch(token)
    if match is None or _checksum(token[:-_CHECKSUM]) != match[3]:
        return None
    kind: Kind = match[1]  # type: ignore[assignment] # the pattern allows no other
    return kind


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    """How a token begins, for its owner to know it by."""
    prefix = token.rindex("_") + 1
    return token[: prefix + HINT] + "…"


def _checksum(body: str) -> str:
    return _letters(crc32(body.encode()), _CHECKSUM)


def _letters(number: int, count: int) -> str:
    """The last so many digits of a number, to the base of all letters and digits."""
    letters = []
    for _ in range(count):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(reversed(letters))
