"""Who may do what: an index over the released documents of a team, and the questions it answers.

Start reading in `models.py` (what is kept), then `writing.py` (how it gets there) and `answering.py`.
"""
