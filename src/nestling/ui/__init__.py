"""The NHS design system for Django, in Nestling's own quiet look."""
