"""The pages of evidence: the register, and cases for change."""
