"""What may be shown of an anonymous assessment: nothing about fewer than five people (§8)."""

from collections.abc import Sequence

LEAST_SHOWN = 5


def is_enough(people: int) -> bool:
    """Whether a figure about so many people may be shown; one about nobody says nothing of anybody.

    >>> is_enough(0), is_enough(4), is_enough(5)
    (True, False, True)
    """
    return people == 0 or people >= LEAST_SHOWN


def may_show(sizes: Sequence[int], others: int = 0) -> list[bool]:
    """Which groups of a whole may be shown beside it; `others` belong to none of them.

    Each has at least five people, and those that stay hidden are nobody or at least five together:
    otherwise they would follow by subtraction. Where they would, the smallest group is hidden with them.

    >>> may_show([6, 5]), may_show([6, 5], others=3), may_show([6, 2])
    ([True, True], [True, False], [False, False])
    """
    shown = [size >= LEAST_SHOWN for size in sizes]
    hidden = others + sum(size for size, visible in zip(sizes, shown, strict=True) if not visible)
    if not is_enough(hidden) and any(shown):
        smallest = min((size, index) for index, size in enumerate(sizes) if shown[index])[1]
        shown[smallest] = False
    return shown
