"""What is asked by the shape of a sentence: 能否…支付, 如何…办理, …有何区别.

The lexicon lists whole turns of phrase; these patterns join a word of asking with a word of the
matter, so that a wording which nobody listed is still read. They add to the lexicon's finds.
"""

import re
from collections.abc import Iterator

_GAP = r"[^，。；！？,;!?\n]{0,%d}?"
_WHETHER = (
    r"(?:能否|可否|是否|会否|与否|会不会|能不能|可不可以|是不是|有没有|有无|给不给|认不认|属不属|算不算"
    r"|在不在|进不进|列没列|要不要|用不用|需不需)"
)
_ENDS_ASKING = (
    r"(?:吗|嘛|么|不|否|没|没有|了没|的吧|吧|不呀|不啊|不呢|的不)(?=[的呢啊呀哦？?。！!，, ]|$)"
)
_PAY = r"(?:报销|支付|给付|付钱|付费|出钱|买单|报得|能报|给报|可报|报|医保|统筹|目录)"
_CLASS = r"(?:甲类|乙类|丙类|自费药?|谈判药?|医保药|目录内|目录外)"
_HOW = r"(?:怎么|怎样|如何|咋|哪能)"
_DO = (
    r"(?:办|弄|搞|申请|登记|申报|备案|绑|签约|转诊|转院|开通|认定|投诉|举报|反映|申诉|查|取药|代取"
    r"|拿药|买药|购药|配药|开药|续|结算|报账|操作|走程序|手续)"
)
_WHERE = r"(?:哪里|哪儿|(?:哪个|什么|啥)(?:部门|单位|窗口|地方)|何处|哪些?部门|谁)"
_PAPERS = r"(?:手续|程序|流程|材料|证件|步骤|途径|渠道)"
_PATTERNS = {
    "medicine": (
        rf"{_WHETHER}{_GAP % 12}{_PAY}",
        rf"{_PAY}{_GAP % 6}{_ENDS_ASKING}",
        rf"{_CLASS}{_GAP % 4}{_ENDS_ASKING}",
        rf"{_WHETHER}{_GAP % 6}(?:{_CLASS}|先{_GAP % 4}(?:付|掏))",
        r"(?:哪一?|什么|啥|何种|哪个)(?:类别|类|级别)(?!疾病|人|医院|情)",
        r"(?:符合|满足|属于|在|合)[^，。；,;]{0,8}(?:限定|支付范围|支付条件|报销条件|报销范围|规定)"
        r"|先[^，。；\d]{0,4}(?:自付|付|掏|出)[^，。；\d]{0,6}(?:多少|几|吗|么|不)"
        r"|\b(?:payable|within (?:the )?(?:scope|payment)|scope ok|in scope"
        r"|on the (?:insurance |public )?list"
        r"|paid\?|insurance pays?)",
    ),
    "procedure": (
        rf"{_HOW}{_GAP % 10}{_DO}",
        rf"(?:到|去|向|找|往|上){_GAP % 4}{_WHERE}{_GAP % 8}(?:{_DO}|告|说理)",
        rf"(?:什么|哪些|啥|何种|有何|怎样的){_GAP % 4}{_PAPERS}",
        rf"{_PAPERS}{_GAP % 6}(?:如何|怎样|怎么|是什么)",
        r"(?:能|可以|怎么|如何|可否|能否)[^，。；]{0,10}(?:续(?!保|缴)|接着(?:开|配|拿))",
        r"\bhow (?:can|do|should|would|could) (?:i|we|my|she|he|one)\b",
        r"\bwhere (?:can|do|should) (?:i|we)\b",
    ),
    "meaning": (
        r"(?:什么|啥|何|乜)(?:意思|含义|含意|道理|讲究|名堂|玩意|制度|东西)|含义|何谓|何为|何意"
        r"|是怎样的一[种项个]|是什么性质|解释一?下?|搞不清|弄不清|分不清|弄不懂",
    ),
    "difference": (
        r"区别|有何(?:不同|差别|差异|分别)|有什么(?:不同|差别|差异|分别)|(?:哪里|啥|什么)不一样|不一样在"
        r"|有(?:啥|什么|何)不一样|到底有[^，。]{0,4}不一样|\bthe cut\b"
        r"|\bhow much (?:less|lower)|different from|how (?:are|is) [^?.]{0,40} different",
    ),
    "policy": (
        r"(?:多少|(?<!好)几)(?:天|日|周|个?月|种|家|次|年|岁)(?!\S{0,2}(?:元|块|钱))|哪一?[年版]"
        r"|什么时候(?:起|开始|算)|(?:从|由)(?:几月|哪天|哪一天|哪年|什么时候|何时)|何时|多久"
        r"|\bwhen do(?:es)?\b|\bwhich edition\b",
    ),
    # How much to take, whether to stop, and which disease it is: never answered, always sent on.
    "advice": (
        rf"(?:加|减|涨|降|增|调|改|多|少|吃|打|用|服|补){_GAP % 10}(?:几|多少|半)(?:个|来)?"
        r"(?:片|粒|颗|单位|毫克|克|针|支|丸|袋|次|毫升|量)(?!钱)",
        rf"剂量{_GAP % 8}(?:多少|多大|几|怎么|如何|应|调)|(?:调整?|改|加大|减少|换){_GAP % 4}剂量",
        r"(?:加|减)(?:大|点|些|半|一)?(?:药)?量|加倍|减半|翻倍"
        r"|(?:加|减|多吃|少吃|多打|少打)[半一两二三四五](?:个)?(?:片|粒|颗|单位|针|支)",
        rf"(?:能|可以|可否|要不要|该不该|需不需要|应不应该|行不行){_GAP % 6}停(?:掉|药|服|用|了)?"
        r"(?=吗|么|不|吧|[？?。，,]|$)|停(?:掉|药|服|用|了)?(?:行|可以|成|中)(?:吗|么|不)",
        r"(?<!有)(?<!没)(?:啥|什么|何种|哪种)(?:毛病|疾病|病)(?=呀|啊|吗|呢|[？?。，,]|$)",
        r"(?:诊断一下|断断|判断(?:一下)?|帮我诊断|是不是得了|是不是患了)",
        r"\bhow (?:many|much) (?:units?|pills?|tablets?|mg)\b|\bdos(?:e|age)\b"
        r"|\b(?:should|can|may|shall) (?:i|she|he|we) "
        r"(?:stop|take more|take less|double|increase|skip)\b"
        r"|\bgo up to\b|\bwhat (?:disease|illness) (?:is|do)\b",
    ),
    "supply": (
        rf"(?:开|配|拿|给){_GAP % 6}(?:几|多少|多长|多久)(?:天|日|周|个?月|时间|的?量)"
        r"|\bhow (?:many|much|long)[^?.]{0,20}(?:days?|weeks?|months?)[^?.]{0,12}prescri"
        r"|\b(?:days?|weeks?|months?)(?: of supply)? per prescription",
    ),
    "own": (
        r"(?:卡|账户)(?:里面?|上)?(?:的钱)?(?:现在|目前)?(?:还)?(?:有|剩)(?:下)?(?:多少|几)"
        r"|\bbalance (?:on|of|in) (?:my|the)\b",
    ),
    "same_ingredient": (
        r"(?:是不是|是否|可是|就是)?(?:同)?一[个种码回]?(?:东西|药|事|成[分份])(?:吗|么|不|吧|呀|的|[？?，,。]|$)"
        r"|(?:成[分份]|药水?|里[面头]|东西)[^，。；]{0,6}(?:相同|重复|重叠|一样|雷同|重不重)"
        r"|(?:相同|同样|一样)的(?:成[分份]|药|东西)"
        r"|(?:含不含|是否(?:已经?)?(?:包?含|有)|里[面头]?(?:是不是|有没有|是否|就?含)|有没有含)"
        r"|=|是(?:同)?一[个种样](?=吗|么|不)"
        r"|\b(?:is|are) [^?.]{0,20}\bthe same\b"
        r"|\bsame (?:ingredient|drug|thing|medicine|substance)|\bjust\b|\bcontains?\b",
    ),
    "why_not": (
        r"(?:为什么|为啥|为何|怎么|咋|缘何|何故|凭什么|缘由|原因)[^，。；]{0,10}"
        r"(?:不(?:能|给|予|可以)?(?:报|付|支付|报销)|自费|自付|全额|没有?(?:报|得到))"
        r"|(?:[不没](?:予|给)?(?:报销?|支付|付)|自费|全额自付|没有得到报销)[^。；]{0,12}(?:什么原因|原因|缘由|何故|缘故|为何|为什么|怎么回事|什么道理|啥道理)"
        r"|\bwhy (?:wasn't|was not|isn't|doesn't|didn't|won't)",
    ),
}
_COMPILED = {name: [re.compile(one, re.I) for one in some] for name, some in _PATTERNS.items()}


def asked_by_shape(text: str) -> Iterator[tuple[str, int]]:
    """What the sentences of a masked, lower-case text ask, with how many letters say so."""
    for name, patterns in _COMPILED.items():
        for pattern in patterns:
            if found := pattern.search(text):
                yield name, len(found[0])
