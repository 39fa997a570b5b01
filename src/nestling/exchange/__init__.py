"""National data set, extracts, FHIR and spreadsheets."""
