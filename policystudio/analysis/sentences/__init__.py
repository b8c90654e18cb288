"""What the statements of a document say, as sentences; one package per human language.

Start reading at `sentence.py` (what is returned), then `english/`.
"""

from policystudio.analysis.sentences.english import describe
from policystudio.analysis.sentences.sentence import Reach, Sentence

__all__ = ["Reach", "Sentence", "describe"]
