"""What a message states of the bill under way without asking: it is taken, and computed anew."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last

STAY = "青岛在职职工，三级医院住院花了17000元，都是甲类，今年头一次，得掏多少钱"
AWAY = (
    "深圳一档在职，人在外地，三级医院住院，没转诊，办了临时备案，"
    "22000元全是甲类，今年第一次，自己出多少"
)
SIGNED = "杭州居民医保，成年人，社区卫生服务中心门诊350元甲类，签了家庭医生，自己付多少"


@pytest.mark.parametrize(
    "said",
    [
        "忘了说 年初还住过一回 这是今年第二次",
        "忘了讲，年初住过一次",
        "对了，今年已经住过一次院了",
        "年初还住过一回院",
        "这是今年第二次",
        "其实是今年第二次住院",
        "漏说了，三月份住过一回，这回是第二次",
        "哦对，上半年住过一次",
        "今年第二次住了",
        "不是头一次，是第二次",
    ],
)
def test_a_stay_before_is_taken_without_a_question(house: House, said: str) -> None:
    found = last(house, STAY, said)
    assert facts(found)["admissions"] == 1
    assert found.figures["total"] == "17000.00"


@pytest.mark.parametrize(
    "said",
    [
        "问了家里人 是深圳的医院转出去的 有转诊单",
        "是深圳的医院转出来的，开了转诊单",
        "深圳那边医院给转的，有转诊单",
        "原来深圳的医院开了转诊",
        "有转诊单，深圳的医院开的",
        "深圳的医生开过转诊单",
        "是从深圳转过来的，有转诊单",
        "补充一下，深圳这边办了转诊",
        "有转诊，深圳的医院转的",
        "其实有转诊单的",
    ],
)
def test_who_referred_a_patient_is_not_where_care_was(house: House, said: str) -> None:
    found = last(house, AWAY, said)
    known = facts(found)
    assert (known["referral"], known["grade"], known["place"]) == ("referred", "first", "elsewhere")
    assert found.figures["total"] == "22000.00"


@pytest.mark.parametrize(
    "said",
    [
        "如果是急诊收进去的呢",
        "要是急诊收进来的呢",
        "是急诊收进去的",
        "急诊转住院的呢",
        "如果急诊直接收住院呢",
        "急诊送进去的",
        "要是从急诊收入院的呢",
        "假如是急诊收治的呢",
        "急诊科收进去的",
        "what if admitted through the emergency room",
    ],
)
def test_who_is_admitted_by_the_emergency_room_stays_in(house: House, said: str) -> None:
    known = facts(last(house, AWAY, said))
    assert (known["setting"], known["referral"]) == ("inpatient", "emergency")


@pytest.mark.parametrize(
    "said",
    [
        "不是，签约的是我老公，我没签",
        "签约的是我老婆，我没签",
        "签的人是我爸，我没签",
        "是我老公签了，我没签",
        "签了的是我妈，我自己没签",
        "我爱人签的，我没签",
        "签约的其实是我婆婆，我还没签",
        "签约的是我儿子，我本人没签",
        "老伴签的，我没签",
        "签家庭医生的是我丈夫，我没签",
    ],
)
def test_who_sets_oneself_apart_from_somebody_stays_the_one(house: House, said: str) -> None:
    found = last(house, SIGNED, said)
    assert facts(found)["contracted"] is False
    assert facts(found)["status"] == "adult"
    assert not any("问的是" in line for line in found.lines)
