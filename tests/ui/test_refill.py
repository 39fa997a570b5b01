"""Words laid back into the form of a page that is already drawn."""

from html import escape

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.refill import fits, refilled

KEY = '<input type="hidden" name="form_key" value="old">'
PAGE = f"""<html><body><form action="/out"><input name="q" value="x"></form>
<main><form method="post">{KEY}<input type="hidden" name="part" value="add">
<input type="hidden" name="versions" value="9">
<input id="a" name="name" value="Ann &amp; Co" maxlength="20"><input name="secret" type="password">
<textarea name="body" rows="5">
before</textarea>
<input type="radio" name="sex" value="f" checked><input type="radio" name="sex" value="m">
<input type="checkbox" name="ways" value="phone"><input type="checkbox" name="ways" value="text">
<select name="team"><option value="">None</option><option value="w" selected>W</option></select>
</form></main></body></html>"""


def controls(html: str, name: str) -> list[dict[str, object]]:
    return [dict(one.attrs) for one in BeautifulSoup(html, "html.parser").select(f"[name={name}]")]


def value(html: str, name: str) -> object:
    return controls(html, name)[0].get("value")


def area(html: str) -> str:
    found = BeautifulSoup(html, "html.parser").find("textarea")
    assert found is not None
    return found.get_text().removeprefix("\n")


def test_what_was_typed_and_chosen_stands_in_the_form() -> None:
    typed = {
        "name": ["Zoë <b>"],
        "body": ['a "b"\n&amp;'],
        "sex": ["m"],
        "ways": ["text"],
        "team": [""],
    }

    html = refilled(PAGE, typed) or ""

    assert value(html, "name") == "Zoë <b>"
    assert area(html) == 'a "b"\n&amp;'
    assert ["checked" in one for one in controls(html, "sex")] == [False, True]
    assert ["checked" in one for one in controls(html, "ways")] == [False, True]
    assert '<option value="" selected>' in html
    assert '<option value="w">' in html


def test_what_nobody_types_stays_as_the_page_gave_it() -> None:
    typed = {
        "name": ["b"],
        "part": ["other"],
        "secret": ["sesame"],
        "form_key": ["theirs"],
        "q": ["z"],
    }

    html = refilled(PAGE, typed) or ""

    assert value(html, "part") == "add"
    assert value(html, "form_key") == "old"
    assert "sesame" not in html
    assert value(html, "q") == "x"


def test_the_version_that_the_words_were_written_on_goes_with_them() -> None:
    html = refilled(PAGE, {"name": ["b"], "versions": ["7"]}) or ""

    assert value(html, "versions") == "7"


def test_the_form_takes_the_key_of_its_draft() -> None:
    html = refilled(PAGE, {"name": ["b"]}, key="new") or ""

    assert value(html, "form_key") == "new"


def test_words_of_another_form_are_laid_in_nowhere() -> None:
    typed = {"reason": ["x"], "about": ["y"], "name": ["z"]}

    assert refilled(PAGE, typed) is None
    assert not fits(PAGE, typed)
    assert not fits(PAGE, {"part": ["add"]})


def test_of_two_forms_the_one_that_asks_for_it_is_filled() -> None:
    two = PAGE.replace("<main>", f"<main><form>{KEY}<input name='name' value=''></form>")

    html = refilled(two, {"name": ["b"], "body": ["c"]}) or ""

    assert [one["value"] for one in controls(html, "name")] == ["", "b"]


@given(name=st.text(max_size=40), body=st.text(max_size=80))
def test_any_words_come_back_as_they_were_and_break_nothing(name: str, body: str) -> None:
    html = refilled(PAGE, {"name": [name], "body": [body]}) or ""

    page = BeautifulSoup(html, "html.parser")
    assert len(page.find_all("form")) == 2
    assert f'value="{escape(name.replace(chr(0), ""))}"' in html
    assert escape(body.replace("\x00", "")) + "</textarea>" in html
    assert html.endswith("</form></main></body></html>")
