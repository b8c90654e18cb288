"""Which language the sentences of a document are written in for the reader of a page."""

from __future__ import annotations

from django.utils.translation import get_language

from policystudio.analysis.sentences import Language


def sentence_language() -> Language:
    """The language that the page is answered in, as far as there are sentences in it; else English."""
    language = get_language()
    return Language(language) if language in list(Language) else Language.ENGLISH
