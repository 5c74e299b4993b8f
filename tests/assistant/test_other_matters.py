"""What nobody asks here: how much of a medicine to take, and a place with something else to it."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last, talk

BILL = "青岛职工退休，66岁，三级医院住院8200块全甲类，付多少"


@pytest.mark.parametrize(
    "said",
    [
        "恩格列净每早几毫克，岳父2型糖尿病",
        "孟鲁司特几毫克睡前，外甥哮喘",
        "姨妈肾性贫血，罗沙司他按体重算几毫克",
        "左乙拉西坦起步服多少毫克",
    ],
)
def test_how_much_to_take_is_the_doctor_s_to_say(house: House, said: str) -> None:
    assert last(house, said).kind == "decline"


@pytest.mark.parametrize(
    "said",
    [
        "流鼻水，屋企仲有氯雷他定同西替利嗪，应该食边只，一日食几多",
        "家里有剩的头孢克洛和罗红霉素，吃哪个好，一天吃几粒",
        "咳嗽，家里两种止咳药，吃哪种，每天吃多少",
        "流鼻水，有两只药，食边只先，食几多日",
        "鼻塞，家里有两样药，吃哪一种",
        "屋企有氯雷他定同西替利嗪，食边隻好",
        "杭州职工医保，牙痛，家里有两种止痛片，服哪种好",
        "老伴感冒，阿莫西林和头孢都有，用哪个先",
        "肚子痛，蒙脱石散同诺氟沙星，应该吃哪只，每日食几多",
        "上海职工，头痛，两样药都有，吃哪样，一天吃多少",
    ],
)
def test_which_of_two_to_take_is_the_doctor_s_to_say(house: House, said: str) -> None:
    assert last(house, said).kind == "decline"


def test_a_strength_in_a_name_asks_for_no_dose(house: House) -> None:
    assert last(house, "氨氯地平5毫克一天一片能报吗").outcome == "covered"


@pytest.mark.parametrize(
    "aside",
    ["青岛的樱花开了没", "青岛啤酒好不好喝", "周六青岛有演唱会没", "后天去深圳的高铁有票没"],
)
def test_a_place_in_another_matter_is_no_change_of_the_bill(house: House, aside: str) -> None:
    assert last(house, BILL, aside).outcome is None
    back = last(house, BILL, aside, "那二级医院呢")
    assert back.figures == last(house, BILL, "那二级医院呢").figures


def test_a_place_that_is_asked_of_changes_the_bill(house: House) -> None:
    for said in ("那上海呢", "换成上海", "上海多少"):
        assert facts(last(house, BILL, said))["region"] == "cn/shanghai"


@pytest.mark.parametrize(
    "aside",
    [
        *("明天上海热不热啊", "听日深圳落唔落雨", "青岛今天堵不堵车", "后天去深圳旅游"),
        *(
            "今天股票涨了没",
            "是不是要下雪了",
            "is it going to rain tomorrow",
            "杭州房价现在跌了没有",
        ),
    ],
)
def test_a_day_in_another_matter_is_no_day_of_the_bill(house: House, aside: str) -> None:
    told, heard, back = talk(house, BILL, aside, "刚才那个换成二级呢")
    assert (heard.answer.outcome, heard.called) == (None, ())
    assert heard.dialogue.stack == told.dialogue.stack
    assert facts(back.answer).keys() == facts(told.answer).keys()


@pytest.mark.parametrize(
    "said", ["户口在深圳，按深圳算", "其实单位在上海", "那深圳呢", "我们公司在深圳"]
)
def test_where_somebody_is_insured_is_no_other_matter(house: House, said: str) -> None:
    assert facts(last(house, BILL, said)).get("region") != "cn/shandong/qingdao"


def test_small_talk_starts_no_errand(house: House) -> None:
    assert last(house, BILL, "你叫什么名字").kind == "nothing_found"


@pytest.mark.parametrize("said", ["哦不是200，是300", "不是66，是67岁"])
def test_what_only_tells_more_of_a_bill_wants_no_doctor(house: House, said: str) -> None:
    told = last(house, BILL, "里头有200是自费的", said)
    assert told.kind == "answer"
    assert told.figures


@pytest.mark.parametrize(
    "said",
    [
        "社区可以配三个月的药吗",
        "三级要不要提前预约",
        "去二级要转诊单吗",
        "can I park at the community centre",
    ],
)
def test_whether_something_holds_of_a_place_is_no_change_of_the_bill(
    house: House, said: str
) -> None:
    assert last(house, BILL, said).figures == {}


def test_the_bill_that_is_to_be_said_again_may_be_named(house: House) -> None:
    told = last(house, BILL, "那二级呢", "三级那张再说一次")
    assert told.figures == last(house, BILL).figures
