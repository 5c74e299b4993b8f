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
        r"(?:哪[个种些一]?|谁)(?:是|属于?|算|在)?(?:甲|乙|丙)类|[甲乙]类?(?:还是|或者?|、|/)[乙甲]类?",
        r"\b(?:what|which) class\b|\bclass [ab] or (?:class )?[ab]\b"
        r"|^\W*(?:is|are) [^.,;?]{0,40}\bclass [ab]\b",
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
        r"|有(?:啥|什么|何|咩)(?:不一样|不同|差别|差异|分别|区别)|到底有[^，。]{0,4}不一样"
        r"|\bthe cut\b"
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
        r"(?:每[天日早晚次顿餐]|[一1][天日次顿晚]|睡前|早上|晚上|中午|空腹|起步|起始|开始|体重|公斤)[^，。；几]{0,6}"
        r"(?:几|多少)(?:片|粒|颗|单位|毫克|微克|mg|毫升)(?!钱|的规格)"
        r"|(?:几|多少)(?:片|粒|颗|单位|毫克|微克|mg|毫升)(?:起步|起始|开始吃|[一每][天日次顿晚]|睡前|合适|够不够)",
        rf"剂量{_GAP % 8}(?:多少|多大|几|怎么|如何|应|调)|(?:调整?|改|加大|减少|换){_GAP % 4}剂量",
        r"(?:加|减)(?:大|点|些|半|一)?(?:药)?量"
        # Half of a deductible or of a share is no dose.
        r"|(?:^|[，。；！？,;!?\n])(?:(?!起付|门槛|比例|报销|限额|封顶|费)[^，。；！？,;!?\n])*?(?:加倍|减半|翻倍)"
        r"|(?:加|减|多吃|少吃|多打|少打)[半一两二三四五](?:个)?(?:片|粒|颗|单位|针|支)",
        rf"(?:能|可以|可否|要不要|该不该|需不需要|应不应该|行不行){_GAP % 6}停(?:掉|药|服|用|了)?"
        r"(?=吗|么|不|吧|[？?。，,]|$)|停(?:掉|药|服|用|了)?(?:行|可以|成|中)(?:吗|么|不)",
        r"(?:吃|食|服|用)(?:边|哪)一?(?:只|隻|种|个|款|样)(?:药)?(?=好|先|[一每][日天]|[，,？? ]|$)"
        r"|[一每][日天](?:食|吃|服)(?:几多|多少|几次)(?!钱|元|块)",
        r"(?<!有)(?<!没)(?:啥|什么|何种|哪种)(?:毛病|疾病|病)(?=呀|啊|吗|呢|[？?。，,]|$)",
        r"(?:诊断一下|断断|判断(?:一下)?|帮我诊断|是不是得了|是不是患了)",
        r"\bhow (?:many|much) (?:units?|pills?|tablets?|mg)\b|\bdos(?:e|age)\b"
        r"|\b(?:should|can|may|shall) (?:i|she|he|we) "
        r"(?:stop|take more|take less|double|increase|skip)\b"
        r"|\bgo up to\b|\bwhat (?:disease|illness) (?:is|do)\b",
    ),
    # The same, where a medicine is named: its name is blanked here.
    "dose": (
        r"(?:给|用|吃|打|开|上|服|补|使)(?:它|药)?(?:多大|多少|几多|好多|好大|几大)的?"
        r"(?:药)?(?:量|剂|合适|为宜|适宜|妥|好|才够|才行|才对|够|mg|毫克|微克|单位|片|粒)(?!钱)",
        r"(?:起始|初始|起步|维持|负荷|首|常用|最大|每日|日|单次|目标|推荐)(?:的)?(?:剂量|药量|量|剂)"
        rf"{_GAP % 4}(?:怎么|咋|多少|几|多大|如何|是|给|[？?]|$)",
        rf"{_HOW}(?:个|样)?(?:调|减|加|给法|用法|吃法|服法|打法|滴定)(?:整|量|药)?"
        r"(?=[，。,？? ]|$|吗|呢|好|合适)",
        r" {2}(?:片|针|胶囊)?(?:[用吃开给上打服]|都)? ?\d+(?:\.\d+)?(?:mg|毫克|单位|片|粒)?"
        r"(?:还是|或|or) ?\d+(?:\.\d+)?(?![\d元块万])",
        r"(?:肾|肝)功[^，。；]{0,8}[，, ]?[^，。；]{0,4}(?:要|需|用不用|需不需)"
        r"[^，。；]{0,4}[减调]",
        r"(?:几|多少|多长)(?:天|日|周|个?月|时间)(?:算|是|为|才是)?一?个?疗程|疗程(?:要|是|得|需)?(?:多长|多久|几)",
        r"\bhow (?:much|many)(?: mg| units| tablets| pills)? (?: {2}\s*)?(?:should|to|do|can|would)"
        r"|\b(?:titrat|starting at|start at how|loading|maintenance|right amount)\w*",
    ),
    "supply": (
        rf"(?:开|配|拿|给){_GAP % 6}(?:几|多少|多长|多久)(?:天|日|周|个?月|时间|的?量)"
        r"|\bhow (?:many|much|long)[^?.]{0,20}(?:days?|weeks?|months?)[^?.]{0,12}prescri"
        r"|\b(?:days?|weeks?|months?)(?: of supply)? per prescription",
    ),
    "refill": (
        r"药[^，。；？?]{0,8}(?:还)?(?:够|能)(?:吃|用|食)?(?:几|多少|几多|好多)(?:天|日|时间)"
        r"|(?:还|仲)(?:够|能|有|剩)(?:吃|用|食|下)?(?:几|多少|几多|好多)(?:天|日)(?!有效|.{0,3}(?:报|住))"
        r"|药[^，。；？?]{0,6}(?:还)?够(?:吃|用|食)?(?:吗|么|不|伐|没|到|多久|[？?])"
        r"|(?:药|medicines?|pills|tablets)[^，。；？?.]{0,16}\b(?:last|run out|enough|left)\b",
    ),
    "renew": (
        r"(?:帮|替|给|为|跟|同|想|要|请)[^，。；？?怎如]{0,8}续(?:个|一下|下|上|点)?(?:方|药|处方)(?!的?规定|流程)"
        r"|\b(?:refill|renew) (?:my|his|her|the)\b",
    ),
    "remind_hours": (
        r"提醒[^，。；？?]{0,8}(?:改|换|调|放|挪)[^，。；？?]{0,6}(?:早|上午|中午|下午|晚|点|时候)"
        r"|(?:改|换|调|放|挪)[^，。；？?]{0,6}(?:早上?|上午|中午|下午|晚上?|点)[^，。；？?]{0,4}提醒"
        r"|\breminders? (?:to|in) the (?:morning|afternoon|evening)",
    ),
    "slot": (
        r"(?:帮|替|给|为|跟|同|想|要|能不能|可以)[^，。；？?怎如多少]{0,8}(?<![签续节解违制大])(?:约|挂)(?![束定莫过了])"
        r"[^，。；？?怎如]{0,14}(?:科|号|门诊|专家|医生|大夫|医院|周|星期|礼拜|天)"
        r"|\b(?:book|make|get) (?:\w+ ){0,4}(?:appointment|slot|visit)",
    ),
    "own_slots": (
        r"(?:我|妈|爸|他|她|伴|公|婆|娘|人|孩子|儿子|女儿)的?(?:预约|挂号)(?=[呢吧啊？?。，]|$|有|是|在|还|情况|记录)"
        r"|(?<![签续大])约(?:了|的是?|在)(?:哪|几|什么|啥|边)"
        r"|\b(?:my|her|his|mum's|mother's|father's) (?:\w+ )?(?:appointments?|bookings?)\b",
    ),
    "cancel_slot": (r"(?:取消|退掉?|不要)[^，。；？?]{0,8}(?:预约|挂号|候补|的号|个号)(?!码)",),
    "move_slot": (
        r"(?:改|换|挪|推迟|延|延迟|提前)(?:到|至)[^，。；？?]{0,3}"
        r"(?:周|星期|礼拜|明天|后天|大后天|下个?月|\d+[月号日]|[一二三四五六七八九十]+[月号日])",
    ),
    "each": (
        r"各(?:自)?(?:要|得|需要?|该|会|能)?(?:自己)?(?:掏|付|出|花|拿|交|自付|自负|负担|俾|畀)"
        r"|(?:掏|付|出|花|自付|负担)得(?:最|更)?[少多]",
    ),
    "own": (
        r"(?:卡|账户)(?:里面?|上)?(?:的钱)?(?:现在|目前)?(?:还)?(?:有|剩)(?:下)?(?:多少|几)"
        r"|\bbalance (?:on|of|in) (?:my|the)\b",
    ),
    "alternatives": (
        r"(?:目录|医保)(?:里[面头]?|内|上|中)?(?:还|仲|可)?有(?:没有|冇|无)?(?:啥|什么|哪些|乜嘢?|咩|别的|其他)?[^，。；？?]{0,3}"
        r"(?:便宜|平价|实惠|省钱|平啲|平点|相因)[^，。；？?]{0,4}(?:药|针|的|代替|替代)"
        r"|(?:便宜|实惠|省钱|平啲|相因)(?:点儿?|些|啲|一点)?的?[^，。；？?]{0,4}(?:目录|医保)(?:里面?|内)(?:的|有)"
        r"|\b(?:cheaper|less expensive) (?:one|drug|medicine|option|alternative)s? "
        r"(?:on|in) the (?:list|catalogue)",
    ),
    "same_ingredient": (
        r"(?:别|其他|其它|另外|另一种?|不同|换个?)的?[^，。；,;]{0,3}剂型",
        r"是(?:不是)?(?:同)?一[个种样][^，。；？?]{1,6}(?:吗|吧|么|不)(?=[？?，,。]|$)"
        r"|换[^，。；]{1,12}成[分份][^，。；]{0,4}(?:变|不同)"
        r"|(?:是不是|是否|可是|就是)?(?:同)?一[个种码回]?(?:东西|药|事|成[分份])(?:吗|么|不|吧|呀|的|[？?，,。]|$)"
        r"|(?:成[分份]|药水?|里[面头]|东西)[^，。；]{0,6}(?:相同|重复|重叠|一样|雷同|重不重)"
        r"|(?:相同|同样|一样)的(?:成[分份]|药|东西)"
        r"|(?:含不含|是否(?:已经?)?(?:包?含|有)|里[面头]?(?:是不是|有没有|是否|就?含)|有没有含)"
        r"|=|是(?:同)?一[个种样](?=吗|么|不)"
        # Names are blanked here: one, "just", the other.
        r"| {2}(?:到底|其实)?(?:是不是|是否)就[是系] {2}"
        r"|成[分份][^，。；？?]{0,3}(?:一个?样|同一?[个种]|一回事|一致)"
        r"(?=$|[，。？? ]|[吗么不吧伐没的嘛啊呀])"
        r"|一样的?(?:吧|啵|噻|哈|嘛)(?=[？?，。]|$)"
        r"|(?:药|成[分份])(?:换没换|变没变|变了没|换了没)"
        r"|都(?:是|叫|属) {2,}\s*(?:吧|吗|不|么|嘛|的)?(?=[？?，。]|$)"
        r"|(?:通用名|学名|化学名|商品名)(?:称|字)?(?:是|叫|为|又?叫做)?(?:什么|啥|哪|乜|咩)"
        r"|(?:什么|啥|哪[个种]|谁)[^，。；]{0,4}的?(?:通用名|学名|化学名|商品名)"
        r"|(?:别|其他|其它|另外)的?(?:牌子|厂家?)[^，。；]{0,4}(?:一样|同样|相同)"
        r"|\b(?:what|which)[^.?]{0,20}\b(?:generic|chemical|brand) names?\b"
        r"|\bgeneric (?:for|of|version)\b"
        r"|成[分份](?:有没有|是否|有冇|会不会)(?:不同|不一样|差别|区别)"
        r"|(?:同)?一[个种]成[分份](?:伐|啊|呢)"
        r"|一[个种]?样的(?!成[分份]|药|东西)[^，。；？?,]{1,5}(?:伐|吗|么|不|吧)(?=[？?，。]|$)"
        r"|是不是(?:同)?一[只种个粒支](?:药|针|片)"
        r"|\bsame (?:insulin|statin|antibody|hormone|antibiotic|steroid)\b"
        r"|\b(?:is|are) [^?.]{0,20}\bthe same\b"
        r"|\bsame (?:active )?(?:ingredient|drug|thing|medicine|substance|molecule|compound)"
        r"|\bjust\b|\bcontains?\b",
    ),
    "explain": (
        r"(?:为什么|为啥|为何|怎么|咋|哪能)[^，。；？?药]{0,10}?"
        r"(?:贵|便宜|多付|少付|多掏|少掏|付得[多少]|掏得[多少]|高了|低了|少了|差[这那]么)"
        r"|(?:差|贵|便宜|多|少)(?:别|额)?(?:出来的)?(?:在|到)(?:底)?(?:哪|什么|啥)"
        r"|\bwhy (?:is|was|would|does|did|do) [^?.]{0,30}"
        r"\b(?:dearer|cheaper|more expensive|higher|lower|(?:so much|costs?) (?:more|less))"
        r"|\bwhy the difference\b|\bwhat makes the difference\b",
    ),
    "why_not": (
        r"(?:为什么|为啥|为何|怎么|咋|缘何|何故|凭什么|缘由|原因)[^，。；]{0,10}"
        r"(?:不(?:能|给|予|可以)?(?:报|付|支付|报销)|自费|自付|全额|没有?(?:报|得到))"
        r"|(?:[不没](?:予|给)?(?:报销?|支付|付)|自费|全额自付|没有得到报销)[^。；]{0,12}(?:什么原因|原因|缘由|何故|缘故|为何|为什么|怎么回事|什么道理|啥道理)"
        r"|\bwhy (?:wasn't|was not|isn't|doesn't|didn't|won't)",
    ),
}
# Figures of a rule by the shape of a question: from how much on, and what part of it.
_FIGURES = {
    "deductible": re.compile(
        r"(?:从|由|要|到|满|过|超)?(?:多少|几多?|好多)(?:钱|元|块钱?)?(?:起(?=报|算|付|赔)"
        r"|(?:以上|开始|开头|才)(?:医保|基金|公家|统筹|给|可以|能|才|得|会|开始)*报)"
        r"|\b(?:how much|what amount) (?:must|do|does|should|have to|has to)?[^?.,]{0,30}\bbefore\b"
        r"[^?.,]{0,30}\b(?:pays|starts|begins|kicks in)\b"
    ),
    "share": re.compile(
        r"(?:几|几多|多少|好多)成(?!都|绩|分|份|年|人)|百分之(?:几|几多|多少|好多)"
        r"|\bwhat (?:percentage|percent|share)\b"
    ),
}
_COMPILED = {name: [re.compile(one, re.I) for one in some] for name, some in _PATTERNS.items()}


def asked_by_shape(text: str) -> Iterator[tuple[str, int]]:
    """What the sentences of a masked, lower-case text ask, with how many letters say so."""
    for name, patterns in _COMPILED.items():
        for pattern in patterns:
            if found := pattern.search(text):
                yield name, len(found[0])


def figures_by_shape(text: str) -> Iterator[tuple[str, int]]:
    """The figures of a rule that a masked, lower-case text asks, with how many letters say so."""
    for figure, pattern in _FIGURES.items():
        if found := pattern.search(text):
            yield figure, len(found[0])
