"""A team's own figures and the commissioner's report."""
