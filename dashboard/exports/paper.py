"""One document to print: A4, a typeface that knows the letters of people's names, the same head and foot everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from layouts.account_page import day
from layouts.words import Words

FAMILY = "SourceSansPro"
FACES = {"": "Regular", "B": "Semibold"}
INK, QUIET, RULE = (28, 33, 39), (92, 100, 110), (196, 201, 207)
SIZE = "A4"
MARGIN = 18.0
"""Millimetres."""
TOTAL = FontFace(emphasis="B")
PAGES = "\ue000"
"""Stands for the number of pages until it is known: a private character, for {nb} may be in a name."""


class Paper:
    """``coop`` stands above the title, ``made`` is the day of printing on the co-op's calendar."""

    def __init__(self, title: str, coop: str, made: date, words: Words) -> None:
        self._pdf = _Sheet(coop, words)
        self._pdf.set_title(title)
        self._pdf.set_lang(words.language)
        self._pdf.set_creation_date(datetime.combine(made, time(), UTC))
        self._pdf.add_page()
        self._quiet(f"{coop}  ·  {day(made, words)}")
        self._bold(title, 19, 10)

    def quiet(self, text: str) -> None:
        """A line of what this is about: days, rules, entry."""
        self._quiet(text)

    def text(self, paragraph: str) -> None:
        """A paragraph; line breaks are kept."""
        self._pdf.ln(3)
        self._pdf.multi_cell(0, 5.4, paragraph, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def heading(self, text: str) -> None:
        """A heading within the page."""
        self._pdf.ln(6)
        self._bold(text, 13, 6)

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[float], left: int = 1,
        total: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """A table, its heading again on each page: the first ``left`` columns are words, the others figures.

        ``widths`` are shares of the page's width; ``total`` is the last row.
        """
        self._pdf.ln(4)
        self._pdf.set_font(FAMILY, "", 9.5)
        with self._pdf.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES, col_widths=tuple(widths), line_height=4.6, padding=1.1,
            text_align=tuple("LEFT" if column < left else "RIGHT" for column in range(len(head))),
            headings_style=FontFace(emphasis="B", color=QUIET),
        ) as table:  # fmt: skip
            table.row(tuple(head))
            for cells in rows:
                table.row(tuple(cells))
            if total:
                table.row(tuple(total), style=TOTAL)
        self._pdf.set_font(FAMILY, "", 11)

    def bytes(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())

    def _bold(self, text: str, size: float, height: float) -> None:
        self._pdf.set_font(FAMILY, "B", size)
        self._pdf.multi_cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
        self._pdf.set_font(FAMILY, "", 11)

    def _quiet(self, text: str) -> None:
        self._pdf.set_text_color(*QUIET)
        self._pdf.multi_cell(0, 5.4, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
        self._pdf.set_text_color(*INK)


class _Sheet(FPDF):
    """The page itself, with whose it is and its number at the foot."""

    def __init__(self, coop: str, words: Words) -> None:
        super().__init__(format=SIZE)
        self._coop, self._words = coop, words
        self.alias_nb_pages(PAGES)
        self.set_creator("Roulement")
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 6)
        self.set_draw_color(*RULE)
        self.set_text_color(*INK)
        self.set_line_width(0.2)
        for style, face in FACES.items():
            with as_file(files("font_source_sans_pro") / "files" / f"SourceSansPro-{face}.ttf") as font:
                self.add_font(FAMILY, style, font)
        self.set_font(FAMILY, "", 11)

    def footer(self) -> None:
        """Called by the library at the end of each page."""
        self.set_y(-MARGIN)
        self.set_font(FAMILY, "", 9)
        self.set_text_color(*QUIET)
        words = self._words
        page = words("{coop}, page {n} of {of}", coop=self._coop, n=self.page_no(), of=PAGES)
        self.cell(0, 5, page, align="R")
        self.set_text_color(*INK)
