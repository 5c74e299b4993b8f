"""No diagnosis yet, a thought of what it costs, and what is cheaper in the catalogue."""

import pytest

from askdoc.bootstrap import House

from .talking import last, talk

NOT_YET = (
    "我老公35岁，背疼好几个月了，检查还在做，还没确诊。医生提了一嘴阿达木单抗，这个医保会给报吗？",
    "手抖好几个月了，没有确诊，医生说可能要用恩格列净，医保报吗",
    "报告还没出来，医生提到替格瑞洛，能报吗",
    "一直查不出原因，到现在也没诊断，恩格列净医保给报不",
    "化验在等结果，医生说先用达格列净，医保报不报",
    "未确诊，想问西格列汀医保报吗",
    "妈妈检查没做完，未有定论，依折麦布给报吗",
    "佢仲未确诊，检查仲在做，恩格列净医保报唔报",
    "She has not been diagnosed yet. Is sitagliptin covered?",
    "My wife is still waiting for the results. Would ticagrelor be covered?",
)


@pytest.mark.parametrize("said", NOT_YET)
def test_without_a_diagnosis_the_medicine_alone_is_told_and_open(house: House, said: str) -> None:
    turn = talk(house, said)[-1]
    assert [one.tool for one in turn.called] == ["look_up_medicine"]
    assert turn.answer.outcome in ("conditional", "indeterminate")


COST = (
    "妈妈肾病，医生提到达格列净，她说不能报就不吃了，达格列净医保能报吗",
    "达格列净太贵就不吃了，医保报吗",
    "爸爸说利伐沙班要是不给报就停了，我问问利伐沙班报不报",
    "恩格列净报不了就不吃了，医保报吗",
    "依折麦布要是自费，我就不开了，这药能报吗",
    "替格瑞洛贵的话就不吃了，医保给报不",
    "老伴讲西格列汀不报就不吃了，西格列汀报吗",
    "恩格列净唔报就唔食喇，医保报唔报",
    "If it's not covered she'll stop taking it. Is dapagliflozin covered?",
    "If it is too dear, I'll skip it. Is sitagliptin covered?",
)


@pytest.mark.parametrize("said", COST)
def test_a_thought_of_cost_is_answered_with_the_advice_beside_it(house: House, said: str) -> None:
    told = last(house, said)
    assert told.kind == "answer"
    assert told.medicines
    assert any(word in told.text for word in ("不要自行停药", "Do not stop"))


@pytest.mark.parametrize(
    "said",
    ["利伐沙班太贵，我想停药，医保能报吗", "太贵了，我能不能停药，氯吡格雷", "我自己停药三天了"],
)
def test_a_real_wish_to_stop_gets_care_alone(house: House, said: str) -> None:
    assert last(house, said).kind == "decline"


@pytest.mark.parametrize(
    "said",
    [
        "安达唐 达格列净 老贵了 吃不起 我2型糖尿病 目录里有啥便宜点的药",
        "诺和泰太贵，医保里面有没有便宜些的药，我跟大夫商量",
        "达格列净贵，目录内有什么便宜的代替",
        "恩格列净好贵，医保有冇平啲嘅药",
        "恩格列净贵得很，医保里头有没有便宜点的药",
        "达格列净吃不起，目录里还有哪些便宜的药",
        "达格列净，有没有便宜点的医保里的药",
        "恩格列净贵，医保目录里可有实惠点的药",
        "Dapagliflozin is dear. Any cheaper drugs on the list?",
        "Empagliflozin costs too much; is there a cheaper one in the catalogue?",
    ],
)
def test_what_is_cheaper_in_the_catalogue_is_looked_for(house: House, said: str) -> None:
    assert [one.tool for one in talk(house, said)[-1].called] == ["find_alternatives"]
