"""What has a form of its own: e-mail, WeChat names, licence plates, passports and permits."""

import re
from collections.abc import Iterator

from askdoc.privacy import checks
from askdoc.privacy.digits import plain_digits
from askdoc.privacy.found import Found

_HOST = r"(?:[A-Za-z0-9][A-Za-z0-9\-]{0,40}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z])"
_EMAIL = re.compile(rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}}+ ?@ ?{_HOST}")
_EMAIL_SPOKEN = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{3,64}+(?: ?[\[(] ?at ?[\])] ?| at |艾特|#)"
    r"(?:[A-Za-z0-9\-]{1,40}(?:\.| ?dot |点)){1,3}(?:com|cn|net|org|edu|gov)(?![A-Za-z])",
    re.IGNORECASE,
)
_WECHAT = re.compile(
    r"(?:微信|威信|薇信|v信|wechat|weixin|wx|vx|微博|抖音|支付宝)"
    r"(?P<link>(?:[\s:：=,，(（\"“\-—]|号码|账号|名|号|id|是|为|叫|加我?|同号|我的?|is){0,6}+)"
    r"(?P<name>[A-Za-z][A-Za-z0-9_\-]{5,19}+)(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(r"[:：=号是为加叫]|id|is", re.IGNORECASE)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Z] ?[·•・.\-]? ?"
    r"(?=[A-Z]{0,3}[0-9])(?:[A-HJ-NP-Z][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJ-NP-Z]"
    r"|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# 国药准字H20050001 has the form of a permit, and S20050001 that of a passport.
_DOCUMENT = re.compile(
    r"(?<![A-Za-z0-9])(?<!准字)(?<!注册证号)(?<!文号)(?:"
    r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[HM](?!(?:19|20)[0-9]{6}(?![0-9]))[0-9]{8}(?:[0-9]{2})?"
    r"|[A-Z]{1,2}[0-9]{6}\([0-9A]\)|(?P<permit>[A-Z]{3}[0-9]{12}))(?![A-Za-z0-9.])",
    re.IGNORECASE,
)


def find_written(text: str) -> Iterator[Found]:
    """Everything of this kind in a normalised text."""
    for pattern in (_EMAIL, _EMAIL_SPOKEN):
        for match in pattern.finditer(text):
            value = match[0].replace(" ", "").lower()
            yield Found("email", match.start(), match.end(), value, 4)
    for match in _WECHAT.finditer(text):
        name = match["name"]
        if not name.isalpha() or _EXPLICIT.search(match["link"]):
            yield Found("account", match.start("name"), match.end("name"), name.lower(), 2)
    for match in _PLATE.finditer(text):
        yield Found("plate", match.start(), match.end(), plain_digits(match[0]).upper(), 2)
    for match in _DOCUMENT.finditer(text):
        value = match[0].upper()
        if not match["permit"] or checks.is_old_residence_permit(value):
            yield Found("identity", match.start(), match.end(), value, 2)
