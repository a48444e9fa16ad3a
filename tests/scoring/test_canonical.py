import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from scoring.canonical import canonical_json, digest

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
KEYS = st.text(st.characters(codec="ascii"))
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_that_of_rfc_8785(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.lists(st.tuples(KEYS, WHOLE), min_size=2, unique_by=lambda item: item[0]))
def test_the_order_of_keys_changes_no_digest(items: list[tuple[str, int]]) -> None:
    assert digest(dict(items)) == digest(dict(reversed(items)))


def test_the_order_of_a_list_changes_the_digest() -> None:
    assert digest([1, 2]) != digest([2, 1])


def test_control_characters_and_other_alphabets_are_written_as_rfc_8785_says() -> None:
    # Section 3.2.2.2: short escapes where there are any, \u00xx else, everything above as it is.
    value = {"\n": "\b\t\n\f\r\x1f\x7f", "a": '"\\/€𝄞'}
    assert canonical_json(value) == '{"\\n":"\\b\\t\\n\\f\\r\\u001f\x7f","a":"\\"\\\\/€𝄞"}'.encode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # printf '{}' | sha256sum
        ({}, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
        # printf '{"a":[1,null],"b":"è"}' | sha256sum
        ({"b": "è", "a": [1, None]}, "e69d16574661d125828b88cfd89d4629a3231c2abdce1839d55140ca688771f3"),
    ],
)
def test_a_digest_is_the_sha_256_of_canonical_json(value: object, expected: str) -> None:
    assert digest(value) == f"sha256:{expected}"
