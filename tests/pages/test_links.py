"""Addresses: what a link says is what is read back, and nothing in an address is trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import TierdeskError
from pages.ui.links import CHECKS, NAMES, PAGES, Link, parse

ids = st.text("0123456789abcdefXYZ_-", min_size=1, max_size=64)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
states = st.from_regex(r"\A[A-Z][A-Z_]{0,20}\Z")
labels = st.text("客户一二ABC0123 ", min_size=1, max_size=20).map(str.strip).filter(bool)
links = st.builds(
    Link,
    page=st.sampled_from(PAGES),
    snapshot=st.none() | ids,
    standard=st.none() | hashes,
    from_snapshot=st.none() | ids,
    from_standard=st.none() | hashes,
    was=st.none() | states,
    now=st.none() | states,
    kind=st.sampled_from([None, "person", "enterprise"]),
    region=st.none() | labels,
    customer=st.none() | labels,
    proposal=st.none() | ids,
    scenario=st.none() | ids,
)


@given(links)
def test_a_link_reads_back_as_it_was_written(link: Link) -> None:
    again = parse(link.page, link.to_query())
    assert again.to_query() == link.to_query()
    assert (again.page, again.snapshot, again.customer) == (link.page, link.snapshot, link.customer)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("snapshot", "x; DROP TABLE snapshot"),
        ("snapshot", "a" * 65),
        ("standard", "not-a-hash"),
        ("was", "1"),
        ("kind", "alien"),
        ("customer", "a\x00b"),
        ("scenario", "../etc"),
        ("region", "x" * 65),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(TierdeskError, match=NAMES[name].en) as caught:
        parse("customer", {name: value})
    assert caught.value.code == "LINK-001"
    assert f"链接中的{NAMES[name].zh}不可用" in caught.value.message.zh


def test_every_parameter_has_a_name_in_words() -> None:
    assert set(NAMES) == set(CHECKS)


def test_names_that_are_not_ours_are_left_alone() -> None:
    assert parse("overview", {"utm_source": "mail", "lang": "zh"}) == Link("overview")


def test_every_part_of_a_link_is_checked() -> None:
    assert {*CHECKS, "page"} == set(Link.__dataclass_fields__)
