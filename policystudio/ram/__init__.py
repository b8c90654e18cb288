"""The language of RAM policies: reading, rendering and (later) evaluating documents.

Pure: no Django, no database, no clock, no settings. Start reading in `reader.py`, then `parse.py` and `render.py`.
What KMS offers lives in `catalog`, what is wise in `validation`.
"""
