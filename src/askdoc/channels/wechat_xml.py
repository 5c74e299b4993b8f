"""WeChat's XML: flat, read without entities or document types, written so that no text is markup.

An event of the account (followed, scanned, left) is read as the words that it stands for.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from askdoc.channels.inbound import BadInbound, Inbound, Media, MediaKind, checked

NAME = "wechat"
_MEDIA: Mapping[str, MediaKind] = {"image": "photo", "voice": "voice"}


def read_xml(body: bytes) -> Mapping[str, str]:
    """The fields of WeChat's flat XML. Raises BadInbound, also for any entity or document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as failed:
        raise BadInbound(reason="no XML") from failed
    if root.getroottree().docinfo.doctype or root.tag != "xml":
        raise BadInbound(reason="no message")
    return {str(one.tag): one.text or "" for one in root if isinstance(one.tag, str)}


def inbound_of(told: Mapping[str, str]) -> Inbound | None:
    """The message of WeChat's XML; None for what is no message to us. Raises BadInbound."""
    kind, sender = told.get("MsgType", ""), told.get("FromUserName", "")
    try:
        at = datetime.fromtimestamp(int(told.get("CreateTime", "")), UTC)
    except (ValueError, OverflowError, OSError) as failed:
        raise BadInbound(reason="time") from failed
    # An event has no id of its own: WeChat names it by who and when.
    id = told.get("MsgId") or f"{sender}:{told.get('CreateTime')}:{told.get('Event', '')}"
    usual: dict[str, Any] = {
        "channel": NAME,
        "chat": sender,
        "sender": sender,
        "message_id": id,
        "at": at,
    }
    if kind == "text":
        return checked(Inbound(text=told.get("Content", ""), **usual))
    if kind == "event":
        text = _event_text(told)
        return checked(Inbound(text=text, **usual)) if text else None
    ref = told.get("MediaId") or kind
    return checked(Inbound(media=Media(_MEDIA.get(kind, "other"), ref), **usual))


def _event_text(told: Mapping[str, str]) -> str | None:
    """What an event means, as if it had been typed; None for those that mean nothing to us."""
    event, key = told.get("Event", "").lower(), told.get("EventKey", "")
    if event in ("subscribe", "scan"):
        return f"/start {key.removeprefix('qrscene_')}".strip()
    if event == "unsubscribe":
        return "/stop"
    return key if event == "click" and key else None


def answer_xml(told: Mapping[str, str], text: str) -> str:
    """A text as the answer to a request; what it says can never be markup."""
    return (
        f"<xml><ToUserName>{escape(told['FromUserName'])}</ToUserName>"
        f"<FromUserName>{escape(told.get('ToUserName', ''))}</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{escape(text)}</Content></xml>"
    )
