"""Who is seen, by age, place and time, on screen."""
