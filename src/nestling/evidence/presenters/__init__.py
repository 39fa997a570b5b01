"""Words for the pages of evidence."""
