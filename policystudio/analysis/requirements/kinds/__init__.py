"""The ways to widen a document, one file each with a KIND; the file name is the beginning of their ids."""
