"""Questions about documents that an address holds whole: to the simulator, to the comparison, and as saved cases.

Start reading in `choice.py` (which documents) and `question.py` (which request), then `sources.py` and `answer.py`.
"""
