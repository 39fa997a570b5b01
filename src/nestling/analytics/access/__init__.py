"""Access by age: measures as ordered named rules over record-level national data."""
