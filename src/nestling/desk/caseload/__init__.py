"""The caseload as a sealed PDF: what a team must know tomorrow if Nestling is not there."""
