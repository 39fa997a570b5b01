"""What every Django app stands on: base models, audit trail, access log, permissions, clock."""
