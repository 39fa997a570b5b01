"""Commands of the room: evidence."""
