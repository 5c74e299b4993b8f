"""A process of its own that appends turns: `write_turns.py ADDRESS CONVERSATION WRITER COUNT`.

Each number is written out once it is kept.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from askdoc.assistant.talk.transcript import NewTurn
from askdoc.storage.transcript import open_transcript

address, conversation, writer, count = sys.argv[1:]
at = address if "://" in address else Path(address)
transcript = open_transcript(at)
if conversation == "new":
    conversation = transcript.open_conversation("cli", "resident", datetime.now(UTC))
for one in range(int(count)):
    said = f"{writer}-{one}"
    long = {"kind": "answer", "text": "能报多少" * 500, "said": said}
    new = NewTurn(at=datetime.now(UTC), said=said, lang="zh", answer=long)
    sys.stdout.write(f"{transcript.append(conversation, new, {'said': said})}\n")
    sys.stdout.flush()
transcript.close()
