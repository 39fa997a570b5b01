"""Every character that we take for printable can be printed."""

import typst

from nestling.need.presenters.paper import PRINTED, on_paper


def test_the_font_has_every_character_that_is_let_through() -> None:
    letters = "".join(chr(one) for low, high in PRINTED for one in range(low, high + 1))
    page = '#set document(title: "x")\n#set text(font: "Libertinus Serif")\n#sys.inputs.text'

    made = typst.compile(
        page.encode(),
        sys_inputs={"text": letters},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )

    assert bytes(made).startswith(b"%PDF")
    assert on_paper(letters) == letters
