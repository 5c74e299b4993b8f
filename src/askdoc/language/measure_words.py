"""The words after a number which say that it counts something other than money.

Some of them begin everyday words as well: 1200个人负担 and 500只报了200 are still money, so a
row may name the signs that take its meaning away.
"""

import re

# Measure word, and the signs after it that make it part of another word.
_CHINESE = {
    "个": "人[付自承负账支要该部先出掏拿花]",
    "个人": "[付自承负账支要该部先出掏拿花]",
    "片": "",
    "粒": "",
    "盒": "",
    "支": "[付出持取]",
    "瓶": "",
    "袋": "",
    "包": "[括含干]",
    "贴": "",
    "丸": "",
    "颗": "",
    "板": "",
    "只": "[报能有给付要是用花剩够好]",
    "管": "",
    "枚": "",
    "针": "对",
    "剂": "",
    "副": "",
    "付": "[了的过完钱款出给掉]",
    "帖": "",
    "台": "",
    "条": "",
    "次": "均",
    "天": "",
    "日": "",
    "周": "",
    "月": "",
    "年": "",
    "岁": "",
    "周岁": "",
    "星期": "",
    "礼拜": "",
    "小时": "",
    "分钟": "",
    "夜": "",
    "晚": "[上饭点]",
    "秒": "",
    "刻": "",
    "点": "",
    "号": "",
    "级": "",
    "档": "",
    "类": "",
    "种": "",
    "位": "",
    "名": "",
    "人": "民币",
    "度": "",
    "期": "",
    "项": "",
    "款": "",
    "层": "",
    "楼": "",
    "床": "",
    "房": "",
    "室": "",
    "间": "",
    "张": "",
    "份": "",
    "回": "[来去]",
    "遍": "",
    "趟": "",
    "倍": "",
    "成": "[本药功立]",
    "折": "[后合算]",
    "毫": "",
    "微": "",
    "升": "",
    "米": "",
    "克": "",
    "公斤": "",
    "公里": "",
    "斤": "",
    "厘": "",
    "国际单位": "",
    "单位": "",
    "型": "",
    "代": "[付配买开办]",
    "线": "",
    "联": "",
    "味": "",
    "价": "[格钱位]",
    "系": "",
    "路": "",
    "弄": "",
    "家": "[庭人里]",
    "户": "",
    "页": "",
    "章": "",
    "节": "",
    "届": "",
    "世": "",
    "医院": "",
    "版": "",
    "甲": "类",
    "两": "",
    "里路": "",
    "酸": "",
    "烷": "",
    "烯": "",
    "碳": "",
    "指肠": "",
    "分(?!别|担|摊|期|开|两)": "",
    "电话": "",
    "热线": "",
    "疗程": "",
}
_ENGLISH = (
    "mg|g|kg|ug|mcg|µg|μg|ml|l|dl|mm|cm|m|km|mmol|mol|iu|u|units?|mmhg|bpm|kcal|°c?|"
    "st|nd|rd|th|am|pm|days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|"
    "tablets?|pills?|capsules?|boxe?s?|packs?|bottles?|vials?|pens?|doses?|times|people|persons|"
    "percent|per cent|points?"
)
_CHINESE_ROWS = "|".join(
    f"{word}(?!{other})" if other else word for word, other in _CHINESE.items()
)
_PATTERN = re.compile(
    rf"(?<=[5-9]0)后| ?(?:[%‰°℃]|{_CHINESE_ROWS}|周?岁)|[- ]?(?i:{_ENGLISH})(?![A-Za-z])|[A-Za-z_]"
)


def measure_follows(text: str, at: int) -> bool:
    """Whether the number that ends at `at` counts something that is no money."""
    return _PATTERN.match(text, at) is not None
