"""Who may sit at the desks while there is no login: a few people to play, each with a department."""

import unicodedata
from dataclasses import dataclass

from analytics.errors import TierdeskError
from analytics.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts; ``id`` is what events keep."""

    id: str
    name: Text
    department: Text


PEOPLE = (
    Person("chen.committee", Text("陈慧", "Chen Hui"), Text("客户分类管理委员会", "Classification committee")),
    Person("lin.marketing", Text("林浩", "Lin Hao"), Text("市场营销部", "Marketing")),
    Person("zhao.risk", Text("赵敏", "Zhao Min"), Text("风险管理部", "Risk management")),
    Person("wu.service", Text("吴桐", "Wu Tong"), Text("客户服务部", "Customer service")),
    Person("sun.data", Text("孙磊", "Sun Lei"), Text("数据管理部", "Data management")),
)


def person(person_id: str) -> Person:
    """Somebody by id; whoever is not listed (a scheduler, say) stands for themselves."""
    for each in PEOPLE:
        if each.id == person_id:
            return each
    return Person(person_id, Text(person_id, person_id), Text("系统", "System"))


def acting(actor: str) -> str:
    """The one id of a person, so that nobody is two people; raises ``PUBLISH-015`` for somebody unknown.

    A law and its drafts need people: no scheduler proposes, confirms or saves one.
    """
    known = unicodedata.normalize("NFKC", actor).strip().casefold()
    ids = [person.id for person in PEOPLE]
    if known not in ids:
        raise TierdeskError(
            "PUBLISH-015",
            Text(f"没有人员「{actor}」。", f"There is no person {actor!r}."),
            Text(f"可用：{'、'.join(ids)}。", f"Known: {', '.join(ids)}."),
        )
    return known
