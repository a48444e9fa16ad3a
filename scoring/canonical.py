"""Digests: SHA-256 over canonical JSON (RFC 8785) of whole points and codes (§10).

Numbers are whole and keys are ASCII ids, for which sorting by bytes is the order that RFC 8785 asks for.
"""

from hashlib import sha256

import orjson


def canonical_json(value: object) -> bytes:
    """The canonical JSON of a value of dicts, lists, tuples, strings, whole numbers, booleans and `None`.

    >>> canonical_json({"b": [1, None], "a": "è"}).decode()
    '{"a":"è","b":[1,null]}'
    """
    return orjson.dumps(value, list, orjson.OPT_SORT_KEYS)


def digest(value: object) -> str:
    """`sha256:` and the hexadecimal digest of the value's canonical JSON."""
    return "sha256:" + sha256(canonical_json(value)).hexdigest()
