"""Commands of the room: service."""
