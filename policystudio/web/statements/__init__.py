"""The statement editor as a form: what is typed, the changes it asks for, and the cards that show a document.

Start reading in `desk.py`, which holds the state between two requests. What changes are possible is in
`policystudio.editing`; the pages are in `policystudio/web/pages/statements.py` and `statements_edit.py`.
"""
