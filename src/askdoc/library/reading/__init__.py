"""A user's own files → a draft: PDF, Word, HTML, plain text and Markdown.

What a reader would not guess: nothing of a file is parsed in this process. `read_file` starts
a child with limits on memory, time and output, and a file that is damaged, disguised or spam
ends in an error with a sentence, never in half a draft.
"""

from askdoc.library.reading.child import read_file
from askdoc.library.reading.draft import Draft, Section
from askdoc.library.reading.errors import UnreadableFile
from askdoc.library.reading.limits import Limits

__all__ = ["Draft", "Limits", "Section", "UnreadableFile", "read_file"]
