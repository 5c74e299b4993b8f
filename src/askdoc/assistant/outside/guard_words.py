"""Words that a model may only use with a result behind them, in Chinese and English.

They are looked for in text that is simplified, half width and lower case. Where a word could be
meant innocently it is listed all the same: a struck sentence costs a template, a kept one trust.
"""

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.I)


# Not paid.
NOT_COVERED = _any(
    "(?:不|没|无法|难以|不予|不给|不让|不会|拒)[^，。；,;.!?]{0,4}?(?:报|支付|覆盖|纳入|承担"
    "|走医保|付钱)",
    "报不[了到掉上]|不在[^，。；]{0,8}目录|目录外|自费|丙类|全自付|自己全付",
    r"\b(?:not|never|isn't|aren't|won't|can't|cannot|no longer)\b[^,.;]{0,24}"
    r"\b(?:cover|reimburs|paid|pay)\w*|\buncovered\b|\bout of (?:your )?pocket\b|\bexcluded\b",
)
# Paid, in some way.
COVERED = _any(
    "能报|可报|报销|报得|给报|报掉|报了|全报|包[了含]在|医保[^，。；]{0,6}(?:付|管|出|报|承担"
    "|支付|覆盖|认)",
    "纳入|在[^，。；]{0,8}目录|目录内|甲类|乙类|走医保|符合[^，。；]{0,8}(?:条件|范围|规定|资格)",
    r"有资格|享受|\bcover(?:s|ed|age)?\b|\breimburs\w*|\binsurance (?:will )?pays?\b"
    r"|\beligible\b|\bqualif\w+",
    r"\bincluded\b|\bon the list\b",
)
# Money changing hands: who pays what is said by a sentence of the results alone.
MONEY = _any(
    "报(?!告)|付|掏|钱|费|额|元|花了?",
    r"\b(?:pay|pays|paid|payment|cost|costs|money|price|prices|fund|yuan|fee|fees|bill|bills)\b",
)
# Never a result of ours: no tool says that something is free.
FREE = _any(
    "免费|不用(?:自己)?(?:付|花|掏|出)|不花(?:一分)?钱|白拿|分文不"
    "|零自付|全额(?:报|支付|承担)|全部(?:报|由医保)",
    r"\bfree of charge\b|\bfor free\b|\bis free\b|\bno cost\b|\bnothing to pay\b"
    r"|\bfully (?:paid|covered)\b",
)
# Which of two is dearer or better: only a comparison's own sentence may say so.
COMPARISON = _any(
    "更?便宜|更?贵|划算|省钱|省下|多付|少付|多花|少花|更(?:高|低|多|少|好|合适|有效|安全)"
    "|最(?:高|低|多|少|好|便宜|贵|划算)"
    "|比[^，。；]{1,12}(?:高|低|多|少|好|贵|便宜)|翻倍|相差|一样(?:多|贵)",
    r"\bcheap\w*|\bdear(?:er|est)\b|\bexpensive\b|\bsav(?:e|es|ing|ings)\b"
    r"|\bbetter\b|\bbest\b|\bworse\b|\bworst\b"
    r"|\b(?:more|less|lower|higher|fewer|lowest|highest) than\b|\b(?:lower|higher|lowest|highest)\b"
    r"|\bmost\b|\bleast\b",
)
# Done, booked, sent: needs the receipt of a call, and no tool of a turn changes anything.
# Nothing that leads in needs 已.
DONE = _any(
    "已经?(?:为|帮|替|给|向|将|把|经)?[^，。；]{0,8}(?:预约|挂号|提交|办理|办好|登记|备案"
    "|转[给达告]|通知|发送|提醒|设置|记录|修改|更改|取消|下单|开[好具了]|续方|申请|锁定|联系"
    "|删除|保存)",
    "已|(?:预约|挂号|办理|提交|备案|申请|续方|登记)(?:成功|完成|好了)"
    "|帮您(?:约|挂|办|订|提交|登记)[好了到]|(?:有|还有|剩余?)[^，。；]{0,6}(?:号源|空位|名额)",
    r"\b(?:i have|i've|has been|have been|was|were|is now|successfully)\b[^,.;]{0,24}"
    r"\b(?:book|sent|submit|fil|regist|remind|cancel|refill|chang|delet|appl|order|updat|schedul"
    r"|notif)\w*"
    r"|\bslots? (?:is|are) (?:free|available)\b",
)
# What only a doctor may say.
PRESCRIBING = _any(
    "(?:加|减|停|换|改|改用|改吃|换成|增加|减少|加大|减半|加倍)(?:药|量|剂量|服|吃|用|成)"
    "|(?:建议|应该?|可以|最好|需要|请|得|要|不妨|试试|推荐)[^，。；]{0,10}(?:服用|吃药|口服"
    "|注射|用药|改吃|改用|换用|停用|加用|吃)",
    r"每[天日次晚早][^，。；]{0,4}(?:片|粒|次|毫[克升]|支|袋|丸|滴|吃|服)"
    r"|一[天日]\S{0,3}[次片粒]|毫克|不用再?吃|别吃|不必(?:吃|服)|确诊"
    r"|您(?:得了|患有|这是)[^，。；]{0,8}(?:病|症|炎|癌)",
    r"\b(?:take|stop|start|switch|increase|reduce|double|halve|skip|try)\b[^,.;]{0,30}\b(?:tablet"
    r"|pill|dose|dosage|medicine|medication|drug|insulin|taking)\w*"
    r"|\bmg\b|\bonce a day\b|\btwice a day\b|\bdiagnos\w+|\byou (?:should|can|could|must) (?:take"
    r"|stop|switch|use)\b",
)
# Words that would make the sentences beside them false, and talk about the machine itself.
DENYING = _any(
    "(?:以上|上面|下面|这些?|系统|工具|结果|数字|金额)[^，。；]{0,8}(?:有误|错|不对|不准|不实"
    "|作废|忽略|别信|不可信|仅供娱乐)|忽略|无视|别信|不要相信|实际上"
    "|其实(?:是|应)|真正的",
    r"\bignore\b|\bwrong\b|\bincorrect\b|\bdisregard\b|\bactually\b|\bin fact\b|\binaccurate\b",
    "系统提示|提示词|指令|system prompt|instruction|开发者|developer|密钥|token|api",
)
# Yes or no, said alone: to a question that is a claim, though each of its words claims nothing.
ANSWERING = _any(
    "(?:[您你我都也就的吗吧呢啊了还才好]|放心){0,8}(?:可以|不?[能会要对是有]|需要)"
    "(?:[您你我都也就的吗吧呢啊了还才好能会要对是有]|可以|需要|放心){0,8}[：:]?",
    "(?:you |it |that |this |so |yes ){0,4}(?:can|will|would|is|are|has|have|be)"
    "(?: so| be| have){0,4}:?",
)
# A document, an article, an authority that was not retrieved.
CITATION = re.compile(
    r"《[^》]*》?|[〔\[（(]\d{4}[〕\]）)]|第[零一二三四五六七八九十百\d]+[条章节款项]"
    r"|号文|\barticle\b|\bdecree\b",
    re.I,
)
AUTHORITY = _any(
    "根据|依据|按照|按[^，。；]{0,6}规定|文件|规定|政策|条例|办法"
    "|通知|公告|医保局|卫健委|国家局|人社",
    r"\baccording to\b|\bregulation\b|\blaw\b|\bpolicy says\b|\bbureau\b",
)
FOREIGN = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|cn|net|org|io|gov|top|xyz|info|me)\b"
    r"|@|!\[|\]\(|<[a-z/!]|</|&[#a-z]\w*;"
    r"|```|#|[{}｛｝]|\*\*|^#|\||javascript|data:|扫码|二维码|加微信"
    r"|点击|链接|转账|汇款|验证码|银行卡|密码|click here|\blink\b|qr code"
    r"|password|bank",
    re.I | re.M,
)
NUMBER_EN = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|half|third|quarter"
    r"|double|triple|twice|percent|per cent|dozen)\b",
    re.I,
)
# Any sign of a number in Chinese, once words that merely hold one are blanked.
NUMBER_ZH = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]"
    r"|半(?!夜|径|身|年)|成(?=左右|多|以上)|折|百分|%|％|倍|分之|[¥￥$]"
)
# 一 and 两 in words that count nothing.
INNOCENT = re.compile(
    r"(\w)一\1|[这那哪]一|一(?:句|下|些|样|般|起|定|直|共|并|切|旦|致|方面|点|句话|会儿|览|边)"
    "|统一|唯一|同一|进一步|万一|第一步|十分|千万|三甲|一级|二级|三级"
    "|两病|四舍五入|一老一小"
)
