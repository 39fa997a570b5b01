"""Writers: each renders the same document model, and changes no figure."""
