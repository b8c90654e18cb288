"""What moves a review, one verb a file; each locks policy, accounts, review and audit head, in this order."""
