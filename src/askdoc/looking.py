"""Looks at pictures and listens to recordings of a channel, with whatever is there to do so.

Without a reader the person is asked to type, as for a picture that is blurred; without a
transcriber they hear what they can do instead.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from askdoc.bootstrap import House
from askdoc.channels import Media, Refused, TryLater
from askdoc.china_days import today_of
from askdoc.reception.reacting import Seen
from askdoc.reception.seen import BoxReader, NobodyListens, Transcriber, heard, names_in

_LOG = logging.getLogger(__name__)
Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """`Look` of a receptionist; `fetch` gets a thing by its channel's own name of it."""

    house: House
    fetch: Mapping[str, Fetch]
    reader: BoxReader | None = None
    transcriber: Transcriber | None = None

    def __call__(self, channel: str, media: Media, now: datetime) -> Seen | None:
        """What was found, as something to be confirmed; None when there is nothing."""
        if media.kind == "voice" and self.transcriber is None:
            return NobodyListens()
        by = {"photo": self.reader, "voice": self.transcriber}.get(media.kind)
        fetch = self.fetch.get(channel)
        if by is None or fetch is None:
            return None
        try:
            thing = fetch(media.ref)
        except (TryLater, Refused) as failed:
            _LOG.info("media.not_fetched", extra={"error": failed.code})
            return None
        if media.kind == "voice":
            return heard(self.transcriber.transcribe(thing)) if self.transcriber else None
        on = self.house.catalogue.on(today_of(now))
        return names_in(self.reader.read(thing), on) if self.reader else None
