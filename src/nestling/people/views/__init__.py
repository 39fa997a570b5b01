"""Pages of the room: each parses, calls one service or query, and renders."""
