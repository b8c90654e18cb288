"""Ways out: released documents in, a stream of bytes out.

A format is one module in `formats/`, found by its file name. What may be exported, and to whom, is decided elsewhere;
nothing here changes a document. Start reading in `format.py`.
"""
