"""Data with sources, and the loaders that check the files and build the types of `science`."""
