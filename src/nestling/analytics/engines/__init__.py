"""The engines that run an analytics expression: DuckDB on a laptop, Spark on a cluster."""
