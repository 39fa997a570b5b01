"""Stories told in a real browser against a real server with made-up families."""
