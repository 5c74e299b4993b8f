"""Policy documents → passages → search: what holds for this person, on that day, with its article.

Nothing is imported here: numpy, Chroma and the embedding load only where a search begins.
"""

import os

# A search multiplies small arrays: threads would wait for each other longer than they count.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
