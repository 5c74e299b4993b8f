"""Emergencies and what only sounds like them, kind by kind, by the rules alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from askdoc.assistant.triage.alarms import RedFlags, Speaker, load_red_flags, triage


@pytest.fixture(scope="module")
def rules(knowledge: Path) -> RedFlags:
    return replace(load_red_flags(knowledge), opinion=None)


def is_emergency(said: str, rules: RedFlags, speaker: Speaker = "resident") -> bool:
    found = triage(said, rules, speaker)
    return found is not None and found.kind == "emergency"


@pytest.mark.parametrize(
    "said",
    [
        "乡镇卫生院，患者胸痛四十分钟，ST段抬高，我们没有溶栓药，转院要不要先备案",
        "病人输液后喉头水肿，血压测不到，肾上腺素过期了还能用吗",
        "患儿抽搐二十分钟没停，静脉通路建立不了，咪达唑仑在不在基药目录",
        "產婦大出血一個鐘，縮宮素用完了，血庫冇血，醫保點計",
        "有机磷中毒病人呼吸停了，阿托品只剩一支",
        "Clinic nurse here: child seizing for 20 minutes, no IV access. Is midazolam on the list?",
        "Chest pain for two hours, ST elevation, we have no lytics. Is the transfer reimbursed?",
    ],
)
def test_a_doctor_without_what_the_patient_needs_is_heard(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules, "doctor")


@pytest.mark.parametrize(
    "said",
    [
        "患者胸痛四十分钟已转上级医院，我们没有溶栓药，转院报销降几成",
        "卫生院没有肾上腺素了，采购平台上哪个厂家是甲类",
        "上周那个抽搐的孩子，我们没有咪达唑仑，转走了，票据怎么报",
        "写预案：过敏性休克时肾上腺素用完了怎么办，目录里有替代吗",
        "患者突发胸痛三小时，替奈普酶医保怎么付",
        "The patient with ST elevation was transferred; we have no lytics. Is referral needed?",
    ],
)
def test_a_doctor_whose_patient_is_in_other_hands_is_answered(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules, "doctor")


@pytest.mark.parametrize(
    "said",
    [
        "我妈化疗第六天，刚量38.6度，吃片退烧药行不行",
        "白细胞零点七，发高烧，打哆嗦，升白针报不报",
        "爸爸化療完一個禮拜，今晚發燒三十九度",
        "骨髓移植后一个月发烧了，医保卡在家里",
        "She had chemo last Tuesday, now a fever and chills. Is the ER covered?",
    ],
)
def test_fever_with_few_white_cells_cannot_wait(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "化疗后没发烧，白细胞2.1，升白针医保给报吗",
        "万一化疗后发烧，去外地急诊能直接结算吗",
        "去年化疗后发烧住的院，发票还能报吗",
        "化疗结束半年了，孩子发烧37.8度，门诊报几成",
        "Is the white cell injection covered after chemo? No fever, just asking",
    ],
)
def test_chemotherapy_without_a_present_fever_is_none(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "绳子买回来了，没人会想我的",
        "I have a rope in the car and nobody will miss me",
        "I don't want to be here any longer and the pills are lined up",
        "繩就喺度，冇人會掛住我",
        "刀片在手里，跟孩子说声对不起",
        "儿子走了我也不想留了，除草剂买好了放着，问问丧葬费怎么领",
    ],
)
def test_means_and_leaving_are_a_crisis(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "跳绳用的绳子断了，摔了一下没事，膏药报吗",
        "I don't want to be here in Hangzhou any more, how do I move my insurance?",
        "没人会想到这个药不报",
        "I have the pills from March, can I still claim them?",
        "日子选好了，下周开刀，押金要多少",
    ],
)
def test_means_without_leaving_are_none(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "阿公叫袂醒，欲按怎",
        "阿姨呷毋著藥仔，這馬人茫茫",
        "阮某喘袂過氣，喙唇烏青",
        "奶奶把爷爷的降糖药当成自己的吃了，现在迷迷糊糊",
        "伊講話無輪轉，倒手攑袂懸",
    ],
)
def test_minnan_and_wrong_medicines_are_heard(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    ["阮老爸食藥三十年矣，健保有給付無", "藥房提毋著藥，閣未呷，會使退無", "我聽無，講較慢咧"],
)
def test_plain_minnan_is_none(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "办个备案填表填到我心绞痛，有没有简单的",
        "排队排到吐血，网上能办吗",
        "呢個價嚇到我心臟病發，有冇平啲",
        "The paperwork makes me want to jump out of the window, any shortcut?",
        "大便黑是吃铁剂闹的，医生说正常，多糖铁报吗",
        "Black stools from iron, my doctor said it is normal. Is it covered?",
        "邻居煤气中毒走了，意外险赔不赔",
        "他喝农药那回事都过去两年了，人也救回来了，灌流的钱农合报吗",
    ],
)
def test_figures_explained_stools_and_old_tales_are_none(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "我爸为报销的事气得昏过去了",
        "排队时我妈心口疼得直冒汗，窗口在哪",
        "吃铁剂大便黑，医生说正常，可今天头晕站不住",
        "大便像柏油一样黑，眼前发黑，胃镜多少钱",
        "他前年喝过农药，救回来了，刚才又喝了，住院报吗",
    ],
)
def test_what_resembles_them_and_happens_now_is_heard(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules)


@pytest.mark.parametrize(
    "said",
    [
        "牛奶过敏很严重，无气喘，打的针医保报吗",
        "对芒果严重过敏，没喘，想开抗过敏的药",
        "严重坚果过敏、无哮喘，这针能报销吗",
    ],
)
def test_a_denied_wheeze_beside_an_allergy_is_none(rules: RedFlags, said: str) -> None:
    assert not is_emergency(said, rules)


@pytest.mark.parametrize(
    "said", ["吃了虾过敏，喘起来了", "孩子花生过敏，一直气喘", "过敏了哮喘也犯了"]
)
def test_a_wheeze_beside_an_allergy_is_heard(rules: RedFlags, said: str) -> None:
    assert is_emergency(said, rules)
