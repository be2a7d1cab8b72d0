"""Size: the combinations of bands and conditions must have room in one 64-bit key."""

from collections.abc import Iterator

from analytics.intake.contract import Contract
from analytics.standard.checks.people import ONE, then
from analytics.standard.faults import Fault
from analytics.standard.model import Scale, Standard
from analytics.vocabulary import Kind, Text

LARGEST = 1 << 62


def size_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """A standard whose signatures could not be numbered; told at the dimension with the most bands."""
    del contract
    conditions = len(standard.gate) + sum(len(tier.subtier) for tier in standard.tier)
    for kind in Kind:
        size, longest = 1 << conditions, ("", 0)
        for name, scale in standard.scales(kind):
            size *= _places(scale, conditions)
            longest = max(longest, (name, len(scale.bands)), key=lambda each: each[1])
        if size >= LARGEST:
            yield Fault(
                "STANDARD-062",
                f"dimension.{longest[0]}.{kind.value}.bands" if longest[0] else "gate",
                Text("各维度的档与条件组合过多", "is the longest of dimensions that make too many combinations"),
                value=f"{size:.2e}",
                allowed=Text(
                    "不超过 2^62 种组合：减少档数、门槛或次级层级", "at most 2^62: fewer bands, gates or subtiers"
                ),
                example=then(ONE[kind], "无法编号", "could not be given a key"),
            )


def _places(scale: Scale, conditions: int) -> int:
    """Places of one dimension at most: its bands, a cut for each condition, and the missing one."""
    return len(scale.bands) + (0 if scale.is_qualitative else conditions) + 1
