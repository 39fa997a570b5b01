"""Commands of the room: access."""
