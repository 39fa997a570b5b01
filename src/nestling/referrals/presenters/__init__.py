"""Words for screens: what queries found, ready for templates."""
