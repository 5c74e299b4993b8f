"""Is a medicine ever called covered where the catalogue, or what was said, leaves it open?

Every medicine × what may be said of diseases, persons and circumstances × wordings, most with
something that speaks against cover. The oracle is the catalogue's own decision on the facts that
the sentence was made from, never the assistant's reading of it.

Run: python eval/assistant/cover.py [--sample N] [--seed N] [--failures]
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk.conversation import converse
from askdoc.bootstrap import House
from askdoc.medicines import CatalogueOnDay, Medicine, ScopeFacts, decide, resolve
from askdoc.settings import Settings

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 25)
# What is said, by kind; {m} is the medicine, {d} the Chinese name of a disease, {e} the English.
PLAIN = (
    *("{m}能报吗", "请问{m}在不在医保目录", "{m}给不给报销呀", "Is {m} covered?"),
    *("开了{m}，走医保行不", "{m}这药公家管不管"),
    *(
        "{m}咋报的，能报么",
        "大夫，{m}是医保药吗",
        "Can I get {m} on insurance?",
    ),
)
HAS_IT = (
    *("我得了{d}，{m}能报吗", "{d}，医生开{m}，医保付不付", "诊断{d}，{m}可否报销"),
    *("I have {e}, is {m} covered?", "我妈有{d}，吃{m}报不报"),
    *(
        "{d}好多年了，一直用{m}，报不报",
        "老公查出来{d}，{m}能走医保不",
        "My husband has {e} and takes {m}. Does insurance pay?",
    ),
)
LACKS_IT = (
    *("我没有{d}，{m}能报吗", "医生排除了{d}，{m}还给报吗", "我不是{d}，想开{m}，能报不"),
    *("I don't have {e}. Is {m} covered?", "从来没得过{d}，{m}医保给报不"),
    *(
        "又没有{d}，{m}能报吗",
        "查了，并无{d}，{m}医保支付吗",
        "无{d}病史，{m}能报吗",
        "{d}倒是没有，就想用{m}，能报不",
        "I was never diagnosed with {e}; can {m} be reimbursed?",
        "我哪有{d}呀，{m}报得了不",
    ),
    *(
        "{d}已排除，{m}能报吗",
        "{d}排除了，{m}还报不",
        "{d}早就被排除掉了，{m}报吗",
        "{d}已除外，{m}可否支付",
    ),
    *("除外{d}，{m}可否支付", "不考虑{d}，{m}报不", "{d}不考虑，{m}能报吗", "{d}阴性，{m}给报吗"),
    *("医生否定了{d}，{m}能报吗", "{d}是误诊，{m}能报吗", "{d}依据不足，{m}可否支付"),
    *("{e} ruled out, is {m} covered?", "{e} was excluded. Is {m} covered?"),
    *("No evidence of {e}; is {m} covered?", "They ruled out {e}. Is {m} covered?"),
    *("Negative for {e}: is {m} covered?", "{e} is unlikely; is {m} covered?"),
)
OPEN = (
    *("怀疑是{d}，{m}能报吗", "可能是{d}，还没查清楚，{m}给报不", "{d}待查，{m}医保付吗"),
    *("疑似{d}，没确诊，{m}能报不", "They suspect {e}. Is {m} covered?"),
    *("怕得{d}，先吃{m}，能报吗", "预防{d}吃{m}能报吗"),
    *(
        "医生说像{d}，让再查查，{m}能报吗",
        "不知道是不是{d}，{m}给报不",
        "家里有{d}遗传，我先用{m}，能报不",
        "我担心自己有{d}，{m}能报吗",
        "还在等{d}的检查结果，{m}报不报",
        "If I had {e}, would {m} be covered?",
        "万一是{d}，{m}报吗",
    ),
    *("{d}还没排除，{m}能报吗", "{d}不能排除，{m}报不", "不排除{d}，{m}医保付吗"),
    *("R/O {e}. Is {m} covered?", "{e} not ruled out; is {m} covered?"),
)
THEIRS = (
    *("我妈有{d}，我没有，我想吃{m}，能报吗", "我爸{d}，我自己也想开点{m}，报不报"),
    *("老婆是{d}，我自己想用{m}，医保给报吗",),
    *(
        "我哥{d}，开的{m}有多，我拿来吃能报吗",
        "My mother has {e}, I don't, but I want {m}. Covered?",
        "朋友得了{d}吃{m}挺好，我也想吃，能报吗",
    ),
    *("我妈{d}，我的{d}已排除，我想开{m}，报吗", "我爸有{d}，我排除了，我想用{m}，能报吗"),
    "My mother has {e}, mine was ruled out, but I want {m}. Covered?",
)
AGAINST = (
    *("我没有医保，{m}能报吗", "医保断了两个月，{m}能报不", "没交医保，{m}报得了吗"),
    *("I'm not insured, is {m} covered?", "车祸受的伤，开了{m}，能报吗", "工伤，{m}医保报吗"),
    *("网上买的{m}能报吗", "国外带回来的{m}能报吗", "没有处方买的{m}能报吗"),
    *("给我家狗吃的{m}能报吗", "my cat takes {m}, is it covered?"),
    *("用别人的医保卡开{m}能报吗", "超说明书用{m}，能报吗", "2021年买的{m}能报吗"),
    *("想减肥，{m}能报吗", "没病，家里备点{m}，能报吗", "明年用{m}，能报吗"),
    *(
        "今年还没参保，{m}能报不",
        "自费的没参医保，{m}报吗",
        "刚失业医保停了，{m}能报吗",
        "骑电瓶车被撞了，{m}能报不",
        "在单位摔伤的，{m}医保报不",
        "托朋友从德国寄的{m}能报吗",
        "药贩子那买的{m}，报得了吗",
        "给兔子用的{m}医保报吗",
        "用我老公的卡开{m}，能报吗",
        "帮邻居用我的卡开{m}能报吗",
        "想瘦点，{m}能报不",
        "美容用的{m}能报吗",
        "身体没毛病想吃{m}，报不报",
        "前年买的{m}现在能报吗",
        "I crashed my car; is {m} covered?",
        "I bought {m} online, can I claim it?",
        "医生不肯开，我自己买的{m}能报吗",
    ),
)
TELLS = (
    *("{m}还剩好多，放在抽屉里", "昨天把{m}弄丢了", "隔壁老王也在吃{m}呢", "我吃{m}好几年了"),
    *("There is some {m} left in the drawer", "{m}的盒子换包装了"),
    *(
        "{m}快过期了",
        "我把{m}放冰箱了",
        "{m}颜色变了",
        "今天药店{m}搞活动",
        "{m}真难吃",
        "医生给换成{m}了",
        "I forgot {m} at the hotel",
    ),
)
WIDER = ("我有{d}，{m}能报吗", "{d}患者，{m}可否支付", "{e}: is {m} covered?")


@dataclass(frozen=True)
class Said:
    """A sentence with its kind, and whether it may be answered with covered."""

    kind: str
    text: str
    medicine: str
    may: bool


def cases(on: CatalogueOnDay, random: Random) -> Iterator[Said]:
    """One sentence of each kind for every medicine, in a wording by chance."""
    for medicine in on.medicines:
        name = random.choice((medicine.name, *medicine.brands))
        alone = _covered(on, name, frozenset())
        yield Said("plain", random.choice(PLAIN).format(m=name), name, alone)
        for kind, wordings in (("against", AGAINST), ("against", AGAINST), ("tells", TELLS)):
            yield Said(kind, random.choice(wordings).format(m=name), name, False)
        yield from _of_diseases(medicine, name, on, random)


def _of_diseases(
    medicine: Medicine, name: str, on: CatalogueOnDay, random: Random
) -> Iterator[Said]:
    table = on.conditions
    uses = [one for one in medicine.indications if len(table.by_id[one].name["zh"]) > 1]
    wider = {above for one in uses for above in table.with_wider(one)} - set(uses)
    kin = {one for one in table.by_id if table.with_wider(one) & {*uses, *wider}} | wider
    others = sorted(set(table.by_id) - kin)
    use, other = random.choice(uses), random.choice(others)

    def said(kind: str, wordings: tuple[str, ...], disease: str, may: bool) -> Said:
        words = table.by_id[disease].name
        text = random.choice(wordings).format(m=name, d=words["zh"], e=words["en"])
        return Said(kind, text, name, may)

    yield said("has it", HAS_IT, use, _covered(on, name, frozenset({use})))
    yield said("has another", HAS_IT, other, False)
    yield said("lacks it", LACKS_IT, use, False)
    yield said("is open", OPEN, use, False)
    yield said("is another's", THEIRS, use, False)
    if wider and medicine.restriction is not None:
        broad = random.choice(sorted(wider))
        yield said("is wider", WIDER, broad, _covered(on, name, frozenset({broad})))


def _covered(on: CatalogueOnDay, name: str, diagnoses: frozenset[str]) -> bool:
    """Whether every row behind a name is covered for somebody of whom nothing else is known."""
    facts = ScopeFacts(diagnoses=diagnoses or None)
    rows = resolve(name, on).medicines
    return bool(rows) and all(decide(one, facts, TODAY, on).outcome == "covered" for one in rows)


def outcome(house: House, text: str) -> str | None:
    """What is answered to a message with which a conversation begins."""
    context = house.assistant.context(TODAY, profile={}, library=lambda: house.searchable)
    return converse(text, Dialogue(), context).answer.outcome


def main() -> int:
    """Print the report; 1 when something was wrongly called covered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="so many sentences only; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true")
    given = parser.parse_args()
    random = Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        house = House(Settings(KNOWLEDGE, config=home / "config", data=home / "data", lang="zh"))
        every = list(cases(house.catalogue.on(TODAY), random))
        chosen = random.sample(every, given.sample) if given.sample else every
        told = [(one, outcome(house, one.text)) for one in chosen]
    wrong = [one for one, found in told if found == "covered" and not one.may]
    shy = [one for one, found in told if found != "covered" and one.may]
    may = sum(one.may for one, _ in told)
    print(f"{len(told)} sentences; {len(wrong)} wrongly covered; {len(shy)} of {may} withheld")
    print("wrongly covered by kind", dict(Counter(one.kind for one in wrong)))
    for mark, some in (("!", wrong), ("?", shy)) if given.failures else ():
        for one in some:
            print(mark, one.kind, one.text)
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
