"""Questions about access: what a document says in words, and what two documents have in common.

Pure: it sees the language (`ram`) and the catalogue, and neither rules nor stored policies.
"""
