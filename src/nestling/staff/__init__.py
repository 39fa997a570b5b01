"""The practitioner as a worker: profession, time, languages, leave, certificates."""
