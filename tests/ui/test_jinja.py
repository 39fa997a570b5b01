"""The template environment, and the names that nobody gave."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from jinja2 import ChainableUndefined, DictLoader, Environment, Undefined

from nestling.ui import undefined
from nestling.ui.jinja import csp_nonce, environment, messages_for, url
from nestling.ui.undefined import Miss, RecordingUndefined

TEMPLATES = {
    "room/printed.jinja": "{{ baby.flagz }}",
    "room/chained.jinja": "{{ baby.flags.first.text }}",
    "room/asked.jinja": "{% if baby.flagz %}red{% endif %}",
    "room/looped.jinja": "{% for flag in baby.flagz %}{{ flag }}{% endfor %}",
    "room/counted.jinja": "{{ baby.flagz | length }}",
    "room/block.jinja": "{% block one %}{{ nobody }}{% endblock %}",
    "room/macro.jinja": "{% macro one(x) %}{{ x.wrong }}{% endmacro %}{{ one(baby) }}",
    "room/handed.jinja": (
        "{% from 'nhsuk/components/tag/macro.jinja' import tag %}{{ tag({'text': nobody}) }}"
    ),
    "room/careful.jinja": "{{ back | default('none') }}{% if back is defined %}x{% endif %}",
    "room/called.jinja": (
        "{% macro m() %}{% if caller is defined %}x{% endif %}{% endmacro %}{{ m() }}"
    ),
    "room/theirs.jinja": (
        "{% from 'nhsuk/components/tag/macro.jinja' import tag %}{{ tag({'text': 'Now'}) }}"
    ),
}


@pytest.fixture
def recording() -> Environment:
    undefined.misses.clear()
    return environment(record_misses=True, loader=DictLoader(TEMPLATES))


@pytest.mark.parametrize(
    "name", ["printed", "chained", "asked", "looped", "counted", "block", "macro", "handed"]
)
def test_a_misspelt_name_in_our_template_is_recorded(recording: Environment, name: str) -> None:
    recording.get_template(f"room/{name}.jinja").render(baby=SimpleNamespace())

    found = {miss.template for miss in undefined.misses}
    undefined.misses.clear()
    assert found == {f"room/{name}.jinja"}


@pytest.mark.parametrize("name", ["careful", "called", "theirs"])
def test_asking_whether_a_name_is_there_is_no_miss(recording: Environment, name: str) -> None:
    recording.get_template(f"room/{name}.jinja").render()

    assert undefined.misses == []


def test_a_miss_says_which_name(recording: Environment) -> None:
    recording.get_template("room/printed.jinja").render(baby=SimpleNamespace())

    found = list(undefined.misses)
    undefined.misses.clear()
    assert found == [Miss("room/printed.jinja", "flagz")]


def test_outside_templates_nothing_is_recorded() -> None:
    undefined.misses.clear()

    assert str(RecordingUndefined(name="x")) == ""
    assert undefined.misses == []


def test_in_production_a_missing_name_is_quiet() -> None:
    env = environment(loader=DictLoader(TEMPLATES))

    assert env.undefined is ChainableUndefined
    assert env.get_template("room/chained.jinja").render(baby=SimpleNamespace()) == ""


def test_text_is_escaped_whatever_the_settings_say() -> None:
    env = environment(loader=DictLoader({"x": "{{ name }}"}), autoescape=False)

    assert env.get_template("x").render(name="<b>") == "&lt;b&gt;"


def test_a_room_may_put_its_own_template_in_place_of_one_of_ours() -> None:
    env = environment(loader=DictLoader({"ui/mark.jinja": "mine"}))

    assert env.get_template("ui/mark.jinja").render() == "mine"


def test_without_a_policy_there_is_no_nonce() -> None:
    assert csp_nonce(RequestFactory().get("/")) == ""
    assert csp_nonce(None) == csp_nonce(Undefined()) == ""


def test_the_nonce_is_read_from_the_request() -> None:
    request = RequestFactory().get("/")
    request.csp_nonce = "abc"  # type: ignore[attr-defined]  # set by the policy's middleware

    assert csp_nonce(request) == "abc"


def test_without_a_request_there_are_no_notes() -> None:
    assert messages_for(None) == messages_for(Undefined()) == []


def test_a_request_without_notes_has_none() -> None:
    assert messages_for(RequestFactory().get("/")) == []


def test_a_page_is_addressed_by_its_name(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.ui.urls"  # type: ignore[attr-defined]

    assert url("baby", pk=7) == "/babies/7/"
    assert url("home") == "/"
