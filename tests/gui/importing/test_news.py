"""What a newer file tells besides its records: who moved, who is new or gone, what became of messages."""

from pathlib import Path

from crm.app import people
from crm.app.books import Book
from crm.gui.importing.page import ImportPage
from crm.gui.session import Place
from crm.gui.widgets.buttons import LinkButton
from crm.gui.window import Window
from tests.formats.tables import samples
from tests.gui.importing.room import imported, listed, step
from tests.gui.windows import settle, words_of

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANA = "Ana,Silva,https://www.linkedin.com/in/ana-silva-1,,{job},02 Jan 2023\n"
BO = "Bo,Yi,https://www.linkedin.com/in/bo-yi,,Granit,Engineer,15 Aug 2019\n"
CY = "Cy,Neil,https://www.linkedin.com/in/cyneil,,Fernway,Buyer,04 Apr 2021\n"
DEE = "Dee,Marsh,https://www.linkedin.com/in/dee,,Northwind,Analyst,11 Mar 2025\n"


def linkedin(folder: Path, rows: str, messages: str = "") -> tuple[Path, ...]:
    """Write the files of an export."""
    files = {"Connections.csv": HEAD + rows, "messages.csv": messages}
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return tuple(folder / name for name, content in files.items() if content)


def a_newer_file(window: Window, folder: Path) -> ImportPage:
    first = ANA.format(job="Orbital,Head of Data") + BO + CY
    imported(window, *linkedin(folder, first)).review.foot.go.click()
    return imported(window, *linkedin(folder, ANA.format(job="Lumen Grid,Director") + BO + DEE))


def test_the_review_says_what_changed_and_lists_whom(window: Window, tmp_path: Path) -> None:
    page = a_newer_file(window, tmp_path)
    assert "1 moved to another company, 1 newly connected, 1 not in the file any more." in words_of(
        page.review
    )
    page.review.chips.chip("news").click()
    assert listed(page.review) == ["Ana Silva", "Dee Marsh"]
    settle()
    assert "Moved from Orbital to Lumen Grid. The old position is kept as a past one." in words_of(
        page.review
    )


def test_done_names_them_and_leads_to_each(window: Window, book: Book, tmp_path: Path) -> None:
    page = a_newer_file(window, tmp_path)
    page.review.foot.go.click()
    assert "Not in the file of LinkedIn any more" in words_of(page.done)
    next(one for one in page.done.findChildren(LinkButton) if one.label == "Cy Neil").click()
    assert window.here == Place("people", people.resolve(book, "Cy Neil"))


def test_the_chips_of_which_there_are_none_leave(window: Window, tmp_path: Path) -> None:
    page = imported(window, *linkedin(tmp_path, BO + ",,,,,,05 Feb 2022\n"))
    shown = {
        key
        for key in ("all", "new", "update", "failed", "nobody", "news")
        if page.review.chips.chip(key).isVisible()
    }
    assert shown == {"all", "new", "nobody"}


def test_members_who_hide_are_left_out_and_not_called_unreadable(window: Window, tmp_path: Path) -> None:
    page = imported(window, *linkedin(tmp_path, BO + ",,,,,,05 Feb 2022\n"))
    page.review.foot.go.click()
    assert "1 left out" in words_of(page.done)
    assert "Couldn’t be read" not in words_of(page.done)


def test_messages_are_said_to_become_touches(window: Window, tmp_path: Path) -> None:
    files = linkedin(tmp_path, samples.CONNECTIONS.split("\n", 4)[4] + "\n", samples.MESSAGES)
    page = imported(window, *files)
    assert "become touches" in words_of(page.review)
    assert "touches will be added or updated" in page.review.foot.summary
    page.review.foot.go.click()
    assert "logged" in words_of(page.done)


def test_messages_alone_can_be_imported(window: Window, tmp_path: Path) -> None:
    connections, messages = linkedin(tmp_path, samples.CONNECTIONS.split("\n", 4)[4] + "\n", samples.MESSAGES)
    imported(window, connections).review.foot.go.click()
    page = imported(window, messages)
    assert page.review.foot.go.label.startswith("Import ")
    assert page.review.foot.go.label.endswith(("touch", "touches"))
    page.review.foot.go.click()
    assert step(page) is page.done
    page = imported(window, messages)
    assert not page.review.foot.go.isEnabled()
