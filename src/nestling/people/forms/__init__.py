"""Forms of the room: each knows the day and the family it is asked for."""
