"""Tiers and subtiers that changed."""

from collections.abc import Mapping
from typing import Any

from analytics.standard.checks.people import MANY
from analytics.standard.model import Tier
from analytics.standard.wording.phrases import listed, shown_text
from analytics.standard.wording.told import Told, anything, labelled, labelled_as_whole, named, order
from analytics.vocabulary import Kind, Text


def tier_words(told: Told) -> Text:
    """Whatever changed in ``[[tier]]``."""
    match told.rest:
        case (int() as at, *rest):
            tier = told.side.standard.tier[at]
            if not rest:
                return _tier_as_whole(tier, added=told.before is None)
            subject = Text(f"「{tier.name.zh}」", tier.name.en)
            inner = told.within(1)
            known = named(subject, inner) or _entry(subject, inner) or _subtier(tier, inner)
            return known or anything(inner, subject)
    return order(Text("层级", "tiers"), told)


def _tier_as_whole(tier: Tier, *, added: bool) -> Text:
    entries = [tier.entry.of(kind) for kind in Kind] if tier.entry else []
    lines = listed(shown_text(entry) for entry in entries if entry is not None)
    entry = Text(f"（准入分 {lines.zh}）", f" (entry {lines.en})") if entries else Text("", "")
    if added:
        return Text(f"新增层级「{tier.name.zh}」{entry.zh}", f"New tier {tier.name.en}{entry.en}")
    return Text(f"删去层级「{tier.name.zh}」{entry.zh}", f"Tier {tier.name.en}{entry.en} is gone")


def _entry(subject: Text, told: Told) -> Text | None:
    match told.rest:
        case ("entry", ("person" | "enterprise") as kind):
            many = MANY[Kind(kind)]
            what = Text(f"{many.zh}准入分", f"the entry score of {many.en} is")
            return told.instead(subject, what, shown_text(told.before), shown_text(told.after), "调至")
        case ("entry",):
            old, new = (_per_kind(value) for value in (told.before, told.after))
            return told.instead(subject, Text("准入分", "entry scores"), old, new)
    return None


def _per_kind(values: Mapping[str, Any] | None) -> Text:
    return listed(
        Text(f"{MANY[Kind(kind)].zh} {shown_text(value).zh}", f"{MANY[Kind(kind)].en} {shown_text(value).en}")
        for kind, value in (values or {}).items()
    )


def _subtier(tier: Tier, told: Told) -> Text | None:
    match told.rest:
        case ("subtier", int() as at, *rest):
            item = tier.subtier[at]
            subject = Text(f"子层级「{item.name.zh}」", f"Subtier {item.name.en}")
            return labelled(subject, item, told.within(2)) if rest else labelled_as_whole(subject, item, told)
        case ("subtier",):
            return order(Text(f"「{tier.name.zh}」子层级", f"subtiers of {tier.name.en}"), told)
    return None
