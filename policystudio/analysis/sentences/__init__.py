"""What the statements of a document say, as sentences from one controlled grammar in English and Simplified Chinese.

Start reading at `clause.py` (the tree that every language says), then `understand.py`, then `english/`. Each
construct has exactly one wording and values stand between backticks, so that a sentence can be read back.
"""

from policystudio.analysis.sentences.describe import Language, condition_text, describe, summary
from policystudio.analysis.sentences.sentence import Part, Reach, Sentence, Summary

__all__ = ["Language", "Part", "Reach", "Sentence", "Summary", "condition_text", "describe", "summary"]
