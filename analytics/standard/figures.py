"""The numbers that people live by: which sections and names a standard must state, and their ranges."""

from decimal import Decimal
from typing import NamedTuple

from analytics.vocabulary import Text


class Range(NamedTuple):
    """Both ends are allowed."""

    least: Decimal
    greatest: Decimal


def _whole(least: int, greatest: int) -> Range:
    return Range(Decimal(least), Decimal(greatest))


FIGURES: dict[str, dict[str, Range]] = {
    "transition": {
        "upgrade_lag": _whole(0, 12),
        "misses_to_downgrade": _whole(1, 24),
        "misses_to_downgrade_top": _whole(1, 24),
        "retain_band": _whole(0, 100),
        "tiers_per_downgrade": _whole(0, 10),
    },
    "review": {
        "two_departments": _whole(0, 1),
        "sample_size": _whole(1, 100_000),
        "standard_review_months": _whole(1, 12),
    },
    "override": {
        "rate_watch": _whole(0, 100),
        "rate_act": _whole(0, 100),
        "expiry_months": _whole(1, 36),
    },
    "drift": {"psi_watch": _whole(0, 10), "psi_act": _whole(0, 10)},
    "appeal": {
        "days_simple": _whole(1, 365),
        "days_complex": _whole(1, 365),
        "days_max": _whole(1, 365),
        "credit_objection_days": _whole(1, 365),
    },
    "notice": {
        "sms_single": _whole(1, 1000),
        "sms_part": _whole(1, 1000),
        "sms_max": _whole(1, 5000),
        "max_reasons": _whole(1, 10),
        "quiet_from": _whole(0, 23),
        "quiet_to": _whole(0, 23),
    },
    "fairness": {"smallest_group": _whole(1, 10_000), "ratio_floor": _whole(0, 1)},
    "governance": {"major_change_share": _whole(0, 100), "quorum": _whole(2, 50)},
    "retention": {"after_end_years": _whole(0, 100), "impact_assessment_years": _whole(3, 100)},
}
"""Section, name and allowed range; defaults and their sources stand in ``rules.toml``."""

FIGURE_LABELS: dict[str, Text] = {
    "transition.upgrade_lag": Text("升级生效等待期", "Wait before an upgrade"),
    "transition.misses_to_downgrade": Text("连续不达标下调期数", "Misses before a downgrade"),
    "transition.misses_to_downgrade_top": Text("最高层级连续不达标下调期数", "Misses before a downgrade from the top"),
    "transition.retain_band": Text("保级缓冲分", "Retention band"),
    "transition.tiers_per_downgrade": Text("每次下调层级数", "Tiers per downgrade"),
    "review.two_departments": Text("两部门审核", "Review by two departments"),
    "review.sample_size": Text("抽样复核数量", "Size of the review sample"),
    "review.standard_review_months": Text("标准复审间隔", "Months between reviews of the standard"),
    "override.rate_watch": Text("人工调整率关注线", "Override rate to watch"),
    "override.rate_act": Text("人工调整率处置线", "Override rate to act on"),
    "override.expiry_months": Text("人工调整有效期", "Months until an override expires"),
    "drift.psi_watch": Text("PSI 关注线", "PSI to watch"),
    "drift.psi_act": Text("PSI 处置线", "PSI to act on"),
    "appeal.days_simple": Text("简单异议办理期限", "Days for a simple appeal"),
    "appeal.days_complex": Text("复杂异议办理期限", "Days for a complex appeal"),
    "appeal.days_max": Text("异议最长办理期限", "Longest term of an appeal"),
    "appeal.credit_objection_days": Text("征信异议办理期限", "Days for an objection to credit data"),
    "notice.sms_single": Text("单条短信字数", "Characters of a single SMS"),
    "notice.sms_part": Text("长短信每条字数", "Characters of a part of a long SMS"),
    "notice.sms_max": Text("短信最大字数", "Greatest length of an SMS"),
    "notice.max_reasons": Text("告知理由条数上限", "Most reasons in a notice"),
    "notice.quiet_from": Text("静默时段起", "Quiet hours from"),
    "notice.quiet_to": Text("静默时段止", "Quiet hours to"),
    "fairness.smallest_group": Text("公平性检验最小组", "Smallest group tested for fairness"),
    "fairness.ratio_floor": Text("公平性比率下限", "Least ratio between groups"),
    "governance.major_change_share": Text("重大变动比例", "Share of customers that makes a change major"),
    "governance.quorum": Text("签署人数下限", "Least number of signatures"),
    "retention.after_end_years": Text("业务关系结束后保存年限", "Years kept after the relationship ends"),
    "retention.impact_assessment_years": Text("影响评估报告保存年限", "Years that impact assessments are kept"),
}
"""What each figure is called, by ``section.name``."""
