"""The case for change: one document model, built once, that four writers render."""
