"""What changes policies, one verb a file; each locks the policy row first."""
