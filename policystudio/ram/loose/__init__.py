"""The tolerant reading of a text that the exact reader has refused; for `ram/diagnose.py` alone.

Each class adds a layer to the one before it: `text.py` blanks and signs, `strings.py` strings,
`scalars.py` words and numbers, `values.py` lists and objects.
What is read here only serves to say what is wrong; it is never stored, rendered or released.
"""
