"""The documented samples as forms: typed parameters in, a source out.

A builder is one module in `library/`, found by its file name. Start reading in `builder.py`; what a parameter can be is
in `parameters/`. Judging the result is left to the validator, drawing the form to the pages.
"""
