"""Forms of need: what to show on the map, what to try in an area, what help there is."""
