"""Forms: what is asked and turned into the values that services take."""
