"""Whether the best that was found is enough to answer from: "nothing sufficient" is a result.

A cosine alone does not tell: unrelated questions come within a hundredth of related ones. Three
things together do better: a matter that no document holds (the lexicon names them), how close the
closest passage is in meaning, and how many rare words it shares. Fitted on the tuning half of
`eval/retrieval`, so that hardly any answerable question there falls below.
"""

import re

from askdoc.library.vocabulary import Question

# A BM25 score of so much counts as a cosine of one.
WORDS_PER_COSINE = 700.0
# The least BM25 score where no measured cosine helps.
LEAST_WORDS = 6.0
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_sufficient(
    question: Question, closest: float | None, most_words: float, floor: float | None
) -> bool:
    """Whether to answer, from the best cosine (None: no vectors) and the best BM25 score.

    `floor` is the embedding's: what cosine and words must reach together; None where nobody
    measured it. A question in another language than the documents shares no words with them, so
    that only a matter outside the library speaks against it.
    """
    if question.outside is not None:
        return False
    if not _CHINESE.search(question.text):
        return closest is not None or most_words > 0
    if closest is None or floor is None:
        return most_words >= LEAST_WORDS
    return closest + most_words / WORDS_PER_COSINE >= floor
