"""Commands of the room: need."""
