"""Acts that the whole of a message is, by its shape: 没听明白，说慢点, 这是咋算出来的, 拜拜咯.

The lexicon lists turns of phrase; these patterns join their parts. What a reader would not guess: a
message counts only when nothing else is in it, so that 怎么算 in a question of its own stays one.
"""

import re

_SIGNS = re.compile(r"[\s，。；、！？,.;!?~…：:\"“”‘’'（）()]+")
_POLITE = re.compile(
    r"^(?:请问|请|麻烦|劳驾|谢谢|你|您|能不能|可不可以|可以|能|帮我|给我|跟我|帮俺|给俺|我|俺|想|要|哎|唉|啊|嗯|哦|噢|喂|好了|好的|好|行|那么|那|就"
    r"|sorry|please|ok(?:ay)?|well|so|can you|could you|can i|could i|may i|i want(?: to)?|just"
    r"|唔该)+"
    r"|(?:吧|呀|啊|啦|咯|哦|喔|嘛|吗|么|呢|嗄|哈|了|撒|噻|行吗|好吗|好不好|行不行|可以吗|谢谢|好伐|一下|please|thanks)+$"
)
_MORE = r"(?:一?(?:点儿?|些|啲|下|遍|次|回|句))"
_SAY = r"(?:说|讲|念|报|解释|发|告诉|介绍)"
_NUMBER = r"(?:个?数字?|个?结果|多少钱|我?[要得该]?[付掏出拿]?(?:几|多少)个?(?:钱|块)?)"
_NOT_CLEAR = (
    r"(?:我|俺|还是|有点|实在|完全|根本|真|都|说的|你说的|这个|这|太|老人家?|年纪大了?|老了)*"
    r"(?:(?:听|看|搞|弄|整)?(?:不|勿|唔|没|弗)(?:太|大|怎么|听|看|搞|弄)*(?:懂|明白|得懂|清楚|会)"
    r"|(?:听|看)(?:得)?(?:头晕|头疼|头大|累|晕|糊涂)|晕了?)"
)
_SHORT = (
    rf"(?:(?:再|用)?(?:{_SAY})?(?:得)?(?:慢|短|简单|通俗|直白|简短|明白|直接|简洁|清楚|大白话|白话)"
    rf"(?:{_SAY})?(?:讲|说)?{_MORE}?(?:{_SAY}{_MORE}?)?"
    rf"|{_SAY}?(?:得)?太(?:专业|复杂|绕|长|多|啰嗦|深|快)|(?:字|内容)?太多(?:看着累)?"
    rf"|(?:{_SAY}|来)?人话|{_SAY}大白话|大白话{_SAY}?|挑重点{_SAY}?"
    rf"|(?:就|只|直接|光|一句话)+{_SAY}(?:我|俺)?(?:一)?{_NUMBER}|一句话{_SAY}(?:我|俺)?)"
)
_ZH = {
    "repeat": (
        rf"(?:再|重新|重复|多)(?:{_SAY}|来|重复)?{_MORE}*"
        rf"|(?:刚才|刚刚|头先|你)*(?:{_SAY})(?:的)?(?:是)?(?:啥|什么|多少)来着"
        rf"|(?:刚才|刚刚|那个|这个)*(?:数|钱|金额)(?:字)?(?:是)?多少来着|多少来着"
        rf"|(?:没|唔|不|勿)(?:有)?(?:听|看)(?:太)?(?:清楚?|到|见|着)(?:再{_SAY}?{_MORE}?)?|{_SAY}多{_MORE}"
        r"|再念念|再说说|重复"
    ),
    "simpler": rf"{_NOT_CLEAR}(?:再|就|你|麻烦)?(?:{_SHORT})?|{_SHORT}(?:{_NOT_CLEAR})?",
    "how": (
        r"(?:这|那|这个|那个|它|具体|你|到底|这些|那些|数字?|钱|结果|的)*(?:是)?(?:怎么|咋|哪能|点样|点|如何|怎样|啷个)"
        r"(?:样)?(?:计?算|得|计|来)(?:出?来?|到)?(?:的|个|㗎|嘎|滴)*"
        r"|(?:列|写|给)(?:个|一下|出)?(?:算式|式子|过程|明细|步骤)|(?:计算)?(?:过程|步骤|明细|算法|算式)(?:是什么|在哪|有)?"
        r"|算给我?看看?|(?:为什么|为啥|凭什么|凭啥)(?:是|会是|就是)?(?:这个数|这么算|这样算|这么多(?!钱贵))"
        r"|怎么(?:会)?是这个数"
    ),
    "sources": (
        r"(?:有没有|有无|有|没有|你|这|这个|说话|讲话|政策|法律|什么|啥|哪来的?|凭)*"
        r"(?:依据|根据|文件|出处|来源)(?:是)?(?:在哪里?|呢|什么|啥|哪里)?"
        r"|根据(?:的是)?(?:啥|什么)|(?:是)?(?:哪里|哪儿|哪条|哪个|什么|谁)(?:文件|政策)?(?:规定|说|写|定|讲)的?"
        r"|凭(?:什么|啥)(?:这么|这样)(?:说|讲|算)(?:(?:有什么)?依据(?:在哪|呢)?)?"
        r"|(?:你)?(?:这话|这个|说的|讲的|这|数字|算得|算的)*(?:不会)?(?:靠得住|算错|弄错|搞错|准不准|准确|可靠|靠谱)"
    ),
    "person": (
        r"(?:还是|不跟机器(?:说|聊|讲)|不想跟机器(?:说|聊|讲)|是人|有没有|有)*(?:找|叫|喊|换|接|跟|和|与|同|让|揾|搵)*"
        r"(?:个|一个|你们的?|活|真)*(?:人|工作人员|真人|活人|人工)"
        r"(?:来|说话|讲话|说|讲|谈|聊|接|帮忙|问|问问|回答|听电话)*"
    ),
    "cancel": (
        r"当(?:我)?没(?:说|问|讲)过?|(?:唔|勿|弗)(?:问|算|查|睇|要)(?:喇|了|啦)?|先?(?:不|别)(?:管|算|问|查|弄|看|说)"
        r"(?:这个|这些|它|了)*|停|拉倒|(?:这个|那个)?不(?:问|算|查|弄)了?|先?放一?放|不要算了?|算了(?:吧)?(?:不[问弄算查]了?)?"
    ),
    "thanks": (
        r"(?:(?:没|没有|冇)(?:了|啥|什么)?(?:问题|事|嘢|别的|其他)*了?|先这样|就这样|辛苦了?|麻烦你?了?|多谢|谢谢|谢了?|感谢|唔该|知道了|明白了"
        r"|清楚了?|很清楚|懂了"
        r"|不用了|可以了|晒|侬|喇|啦|嘞|啊|你|您|好|好的|行|嗯|哦|先|大家|各位|医生|阿姨|师傅|小助手)*"
        r"(?:再见|再会|拜拜|拜|回头聊|下次聊|走了|先走了|晚安|明天(?:再)?(?:来|聊|问)?|改天(?:再)?(?:来|聊|问)?|下次再(?:来|问|聊)|88)"
        r"(?:咯|了|啦|喽|啊|哈|问|聊|你|您|大家)*"
        r"|(?:(?:很|挺|都|已经|我)*(?:清楚|明白|懂|知道|晓得)了?|没有?了?|冇嘢?喇?|不用了?|可以了?|好的?|好嘞|行|嗯|哦)*"
        r"(?:非常|太|真|十分|那就)*(?:谢谢|多谢|感谢|唔该|谢了?|辛苦|麻烦)(?:了|晒|你|您|侬|啦|啊|哈|大夫|医生|师傅|小助手|帮忙|冇嘢|喇)*"
    ),
}
_EN = {
    "repeat": (
        r"(?:come again|what was that(?: again)?|(?:say|tell me|repeat)(?: (?:that|it|me))?"
        r"(?: (?:again|once more|one more time))?|again|once more|i missed (?:that|it)"
        r"|i did(?:n't| not) (?:hear|catch)(?: that| it)?|repeat|what did you say"
        r"|i missed (?:that|it) (?:again|say (?:that|it) again))"
    ),
    "simpler": (
        r"(?:(?:the )?bottom line|in plain (?:english|words|chinese)|(?:keep|make|put) it"
        r" (?:short|simple|simpler|brief)(?:er)?|(?:that's |it's "
        r"|this is )?(?:way )?too (?:complicated|long|much|complex)"
        r"|i(?:'m| am) (?:lost|confused)|i do(?:n't| not) (?:follow|understand|get (?:it|that"
        r"|this))"
        r"|simplify|(?:say|explain) (?:it|that) (?:simply|more simply|simpler)|one sentence"
        r"|(?:tell me|give me) (?:just )?the (?:number|amount|result))"
    ),
    "how": (
        r"(?:how did you (?:work|figure) (?:that|this|it) out"
        r"|how (?:did you|do you|was (?:that|it|this)|is (?:that|it|this)|are these|were these)"
        r" (?:get|calculate|work out|compute|arrive at|come up with|calculated|worked out"
        r"|computed|reckoned)"
        r"(?: (?:that|this|it|to that|these numbers|that number|this number|to this))?"
        r"|show me the (?:sum|calculation|steps|maths?|working)|(?:break|spell) it down"
        r"|where does that number come from)"
    ),
    "sources": (
        r"(?:where does it say (?:so|that)|what(?:'s| is) (?:that|this|it) based on"
        r"|(?:are|is) (?:these|those|the|this|that)(?: numbers?| figures?)? (?:right|correct"
        r"|reliable|true)"
        r"|which (?:rule|document|regulation|policy)(?: is that| says (?:so|that))?"
        r"|what(?:'s| is) the (?:source|basis))"
    ),
    "person": (
        r"(?:put me through(?: to (?:someone|somebody|a person|a human))?|(?:let me )?(?:talk"
        r"|speak) (?:to|with)"
        r" (?:a |an |some)?(?:person|human|someone|somebody|agent|real person|staff)|a human)"
    ),
    "cancel": r"(?:scrap (?:that|it)|drop it|leave it|cancel (?:that|it|this)|no matter)",
    "thanks": (
        r"(?:(?:thanks?|thank you)(?: (?:a lot|very much|so much|a bunch|again|indeed))?|cheers"
        r"|great|perfect|lovely"
        r"|that(?:'s| is) (?:all|it|everything)|that helped|that helps|very helpful|bye|good ?bye"
        r"|bye bye|see you(?: later)?"
        r"|have a (?:good|nice) day|got it|no more questions|nothing else| |and|for (?:your"
        r"|the) help|i(?:'m| am) (?:done|good))+"
    ),
}
# How a message of English is recognised: the patterns of one language never meet the other.
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMPILED = {
    "zh": {kind: re.compile(one) for kind, one in _ZH.items()},
    "en": {kind: re.compile(one) for kind, one in _EN.items()},
}
# 好 and 嗯 alone agree, and are no thanks.
_LEAST = 2


def act_by_shape(said: str) -> str | None:
    """The kind of act that a normalised, lower-case message is as a whole; None for others."""
    in_chinese = bool(_HAN.search(said))
    plain = _SIGNS.sub("" if in_chinese else " ", said).strip() if in_chinese else _plain_en(said)
    core = plain
    for _ in range(2):
        core = _POLITE.sub("", core).strip()
    for kind, pattern in _COMPILED["zh" if in_chinese else "en"].items():
        if any(len(one) >= _LEAST and pattern.fullmatch(one) for one in (plain, core)):
            return kind
    return None


def _plain_en(said: str) -> str:
    return re.sub(r"[^a-z']+", " ", said.replace("’", "'")).strip()
