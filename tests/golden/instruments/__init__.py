"""Answer sheets and what they score, worked out by a separate program."""
