"""Forms: what is asked, checked and turned into the values that services take."""
