"""What changes imports, one verb a file; each locks the import's row first."""
