"""Draws every Django form with the design system's macros: name it in `FORM_RENDERER`."""

from django.forms.renderers import TemplatesSetting

from nestling.ui.boundfield import NHSBoundField


class NestlingRenderer(TemplatesSetting):
    """Templates come from the `TEMPLATES` setting; a form needs no field of ours."""

    form_template_name = "ui/forms/form.jinja"
    field_template_name = "ui/forms/field.jinja"
    bound_field_class = NHSBoundField
