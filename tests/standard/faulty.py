"""The house's rules with many mistakes, each of the sort that people make in an editor."""

MISTAKES: tuple[tuple[str, str], ...] = (
    ("format = 1\n", "format = 2\n"),
    ('version = "2026.1"', 'version = "2026/1"'),
    ("effective = 2026-01-01", 'effective = "2026-02-30"'),
    ('review_cycle = "quarter" ', 'review_cycle = "quartely" '),
    ('currency = "CNY"', 'currency = "RMB"'),
    ('method = "weighted_sum"', 'method = "weighed_sum"'),
    ('outward = { zh = "尊享", en = "Premier" }', 'outwards = { zh = "尊享", en = "Premier" }'),
    ('id = "HIGH"\nname = { zh = "高端", en = "High" }', 'id = "HIGH"\nname = { zh = "", en = "High" }'),
    ("entry = { person = 80, enterprise = 80 }", 'entry = { person = "80", enterprise = nan }'),
    ('column = "assets"\nat_least = { person = 2_000_000 }', 'column = "asets"\nat_least = { persons = 1 }'),
    ('id = "BASE_POTENTIAL"', 'id = "MID_UPPER"'),
    ('label = { zh = "金融资产规模", en = "Financial assets" }', 'label = "金融资产规模"'),
    ('window = "quarter_average"', 'window = "quarter_avrage"'),
    ("weight = 40\nmissing", "weight = 40.5\nmissing"),
    ("{ from = 200_000, points = 40 }", "{ from = 200_000, pionts = 40 }"),
    ("{ from = 500_000, points = 65 }", "{ from = 1e15, points = 165 }"),
    ('source = "contribution"\nunit = "yuan"', 'source = "contributions"\nunit = "fen"'),
    ('source = "credit_score"\nunit = "point"', 'source = "credit_score"\nunit = "yuan"'),
    ('source = "tenure"', 'source = "age"'),
    ('missing = { points = 20 }\nreference = "(choice); domain', 'missing = "zero"\nreference = "(choice); domain'),
    ('{ codes = ["C1"], points = 50 }', '{ codes = ["C1", "C9"], points = 50 }'),
    ('{ codes = ["C4", "C5"], points = 80 }', '{ codes = ["C3"], points = 80 }'),
    ('when = [{ column = "manual_only", is = true }]', 'when = [{ column = "manual_only", at_least = 1 }]'),
    (
        'tier = "BASE"\nkinds = ["person", "enterprise"]\nwhen = [{ column = "loan_class"',
        'tier = "BAS"\nkinds = ["person", "firm"]\nwhen = [{ column = "loan_class"',
    ),
    ('in = ["substandard", "doubtful", "loss"]', 'in = ["sub_standard"]'),
    ('id = "overdue_90"', 'id = "loan_class"'),
    ('when = [{ column = "days_past_due", at_least = 90 }]', 'when = [{ column = "days_past_due" }]'),
    ('when = [{ column = "credit_score", below = 500 }]', 'when = [{ column = "name", below = 500 }]'),
    ('effect = "floor"\ntier = "HIGH"\n', 'effect = "floor"\n'),
    ("restricted = true ", 'restricted = "yes" '),
    ('column = "savings_balance"', 'column = "region"'),
    ("[service.MID]", "[service.MIDDLE]"),
    ("caseload = { value = 80,", "caseload = { valu = 80,"),
    ("upgrade_lag =", "upgrade_leg ="),
    ("misses_to_downgrade = { value = 3,", "misses_to_downgrade = { value = 30,"),
    ("[override]", "[overide]"),
    ("psi_watch = { value = 0.10,", "psi_watch = { value = 0.1000000001,"),
    ("quorum = { value = 2,", "quorum = { value = 1,"),
)  # fmt: skip


def faulty(house_rules: str) -> str:
    """The text with every mistake in it, each made once."""
    for right, wrong in MISTAKES:
        assert right in house_rules, right
        house_rules = house_rules.replace(right, wrong, 1)
    return house_rules
