"""Whether the best that was found is enough to answer from: "nothing sufficient" is a result.

A cosine alone does not tell: unrelated questions come within a hundredth of related ones. Four
things together do better: how close the closest question that a passage answers comes, how close
the closest that none answers, how many rare words the best passage shares, and whether the lexicon
knows a word as a matter that no document holds. `eval/retrieval/fit.py` finds the weights, with
every fifth of its questions tried by weights that never saw it.
"""

import re

from askdoc.library.vocabulary import Question

# A BM25 score of so much counts as a cosine of one.
WORDS_PER_COSINE = 500.0
# What a word for a matter outside the library takes away.
OUTSIDE = 0.035
# What closeness to a question that no document answers counts for, beyond what is usual.
ASIDE = 0.6
USUAL_ASIDE = 0.91
# By how much less a question in another language than the documents comes close.
FOREIGN = 0.022
# By how much a question that means the same lies closer than a text that answers: the rule was
# found for each alone, and so far apart are the two floors.
CLOSER = 0.021
# The least BM25 score where no measured cosine helps.
LEAST_WORDS = 9.0
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{2,}")


def is_sufficient(
    question: Question,
    closest: float | None,
    most_words: float,
    floor: float | None,
    aside: float | None = None,
) -> bool:
    """Whether to answer, from the best cosine (None: no vectors) and the best BM25 score.

    `aside` is the best cosine with a question that lies outside, None where there is none.
    `floor` is the embedding's: what a Chinese question must reach; None where nobody measured it,
    and then words decide.
    """
    reached = most_words / WORDS_PER_COSINE
    if question.outside is not None:
        reached -= OUTSIDE
    foreign = is_foreign(question)
    if closest is None or floor is None:
        return reached >= (0.0 if foreign else LEAST_WORDS) / WORDS_PER_COSINE
    if aside is not None:
        reached -= ASIDE * (aside - USUAL_ASIDE)
    return closest + reached >= floor - (FOREIGN if foreign else 0.0)


def is_foreign(question: Question) -> bool:
    """Whether a question is in another language than the documents, whatever name it holds."""
    chinese = len(_CHINESE.findall(question.text))
    return not chinese or len(_LATIN.findall(question.text)) > chinese
