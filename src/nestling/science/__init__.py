"""Rules of the field in plain Python: no Django, no Ibis, no reading or writing of files."""
