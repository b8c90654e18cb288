"""Reads sentences of the controlled grammar back into a document, and says what may come next while one types.

Start reading at `read.py`, then `sentence.py`. The wordings are those that `english/` and `chinese/` say with: a
language's grammar (`english.py`, `chinese.py`) turns them into trees, which the reader (`reader.py`) walks over.
"""

from policystudio.analysis.sentences.reading.complete import Completion, complete
from policystudio.analysis.sentences.reading.problem import Choice, Fault, Problem
from policystudio.analysis.sentences.reading.read import (
    MAX_CHARACTERS,
    ReadBack,
    ReadStatement,
    read,
    said_back,
)
from policystudio.analysis.sentences.reading.texts import expected_text, problem_text

__all__ = [
    "MAX_CHARACTERS",
    "Choice",
    "Completion",
    "Fault",
    "Problem",
    "ReadBack",
    "ReadStatement",
    "complete",
    "expected_text",
    "problem_text",
    "read",
    "said_back",
]
