"""Names, numbers and documents: well formed, and plainly nobody's.

Names are made of the ten heavenly stems. Resident ids carry the code of a provincial capital as a whole,
under which nobody is registered, yet which GB/T 2260 lists. Phones begin with 154, a prefix that, to our
knowledge, no operator gives out.
"""

import numpy as np

from analytics.demo.identity import Identity, pick
from analytics.demo.plan import Bytes, Ints, Streams
from analytics.demo.world import World

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
STEMS = "甲乙丙丁戊己庚辛壬癸"
TRADES = ("农业", "矿业", "制造", "电力", "建筑", "商贸", "运输", "餐饮", "软件", "投资")
PERSON_NAMES = (
    *(s + a + b for s in SURNAMES for a in STEMS for b in STEMS),
    *(s + a for s in SURNAMES for a in STEMS),
    *(f"{a}{b}木·{b}{a}江" for a in STEMS for b in STEMS),
)
ENTERPRISE_NAMES = tuple(
    f"演示{a}{b}{c}{trade}有限公司" for trade in TRADES for a in STEMS for b in STEMS for c in STEMS
)
NAMES = PERSON_NAMES + ENTERPRISE_NAMES
ID_TYPES = ("resident_id", "uscc", "passport", "other")

RESIDENT_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
"""GB 11643-1999: the weighted sum, modulo 11, is the place of the check character among the characters."""
RESIDENT_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
COMPANY_SYMBOLS = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
COMPANY_ALPHABET = np.frombuffer(COMPANY_SYMBOLS, dtype=np.uint8)
COMPANY_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
"""GB 32100-2015: powers of 3 modulo 31."""
BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
"""GB 11714-1997: the organisation code inside of the company code has a check character of its own."""
PILOT_SHARE = 0.005
"""Enterprises whose code does not follow the check rule, as some codes of the pilot years do not."""
FIRST_YEAR_OF_PROVINCE = {"46": (1988, "44"), "50": (1997, "51")}
"""Hainan and Chongqing were split off; those born before carry the code of the province they were part of."""


def draw_names(streams: Streams, who: Identity) -> Ints:
    """Places in :data:`NAMES`."""
    person = streams.of("name").integers(0, len(PERSON_NAMES), who.size)
    enterprise = streams.of("company name").integers(0, len(ENTERPRISE_NAMES), who.size)
    return np.where(who.is_enterprise, len(PERSON_NAMES) + enterprise, person)


def draw_id_types(streams: Streams, who: Identity) -> Ints:
    """Places in :data:`ID_TYPES`: 2 % of the persons have a passport, 0.2 % another document."""
    foreign = np.searchsorted(np.array([0.978, 0.998]), streams.of("document").random(who.size), "right")
    return np.where(who.is_enterprise, 1, np.array([0, 2, 3])[foreign])


def customer_ids(index: Ints, cohort: int) -> Bytes:
    """``C``, two digits for the quarter of arrival (00: a founder), eight for the place among founders."""
    return np.hstack([_letters(b"C", len(index)), _digits(index + cohort * 10**8, 10)])


def phones(index: Ints, cohort: int) -> Bytes:
    return np.hstack([_letters(b"154", len(index)), _digits((index + cohort * 7_654_321) % 10**8, 8)])


def draw_id_numbers(streams: Streams, who: Identity, world: World, index: Ints, cohort: int) -> tuple[Bytes, Ints]:
    """Characters of the documents, 18 a customer, and the lengths in use: 18, for passports and others 9."""
    types = draw_id_types(streams, who)
    numbers = np.where(
        who.is_enterprise[:, None],
        _company_codes(streams, who, world, index, cohort),
        _resident_ids(streams, who, world),
    )
    is_short = types >= 2
    short = np.hstack([_letters(b"E", who.size), _digits(index + cohort * 9_876_543, 8)])
    numbers[is_short, :9] = short[is_short]
    return numbers, np.where(is_short, 9, 18)


def _resident_ids(streams: Streams, who: Identity, world: World) -> Bytes:
    home = np.array([int(code[:2]) for code in world.regions])
    birth_month = who.birth.astype("datetime64[M]").astype(np.int64)
    year, month = birth_month // 12 + 1970, birth_month % 12 + 1
    day = (who.birth - who.birth.astype("datetime64[M]")).astype(np.int64) + 1
    moved = streams.of("birthplace").random(who.size) < 0.2
    elsewhere = pick(streams.of("birthplace region").random(who.size), world.region_weights)
    province = _province_at_birth(home[np.where(moved, elsewhere, who.region)], year)
    order = streams.of("order").integers(0, 500, who.size) * 2 + who.is_male
    body = ((province * 10**4 + 100) * 10**8 + year * 10**4 + month * 100 + day) * 1000 + order
    digits = _digits(body, 17)
    checks = RESIDENT_CHECKS[(digits - 48).astype(np.int64) @ RESIDENT_WEIGHTS % 11]
    return np.hstack([digits, checks[:, None]])


def _province_at_birth(province: Ints, year: Ints) -> Ints:
    for code, (since, before) in FIRST_YEAR_OF_PROVINCE.items():
        province = np.where((province == int(code)) & (year < since), int(before), province)
    return province


def _company_codes(streams: Streams, who: Identity, world: World, index: Ints, cohort: int) -> Bytes:
    """Authority 9, kind 1, the province, an organisation code that begins with D for demo, the check."""
    serial = index + cohort * 10**8
    digits = [serial // 31**place % 31 for place in range(6, -1, -1)]
    body = np.stack([np.full(who.size, COMPANY_SYMBOLS.index(b"D")), *digits], axis=1)
    region = np.array([[int(digit) for digit in "91" + code] for code in world.regions])[who.region]
    places = np.hstack([region, body, _body_checks(body)[:, None]])
    right = (31 - places @ COMPANY_WEIGHTS % 31) % 31
    pilot = streams.of("pilot").random(who.size) < PILOT_SHARE
    check = np.where(pilot, (right + 7) % 31, right)
    return np.asarray(COMPANY_ALPHABET[np.hstack([places, check[:, None]])])


def _body_checks(body: Ints) -> Ints:
    """Places in the alphabet of the organisation code's own check: 11 less the sum modulo 11, X for 10."""
    letters = COMPANY_ALPHABET[body].astype(np.int64)
    worth = np.where(letters >= 65, letters - 55, letters - 48)
    check = (11 - worth @ BODY_WEIGHTS % 11) % 11
    return np.where(check == 10, COMPANY_SYMBOLS.index(b"X"), check)


def _letters(text: bytes, size: int) -> Bytes:
    return np.tile(np.frombuffer(text, dtype=np.uint8), (size, 1))


def _digits(values: Ints, width: int) -> Bytes:
    """Decimal digits as ASCII, leading zeros kept."""
    out = np.empty((len(values), width), dtype=np.uint8)
    rest = values.copy()
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    return out
