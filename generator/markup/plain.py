"""What editors write in Markdown, as plain text: for the half of a letter that has no markup.

The same Markdown as in :mod:`generator.markup.prose`, of which words, lists and addresses are left.
A paragraph is one line, however long: whoever shows it knows how wide the window is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from generator.markup.prose import parsed
from generator.text.cleaning import tidy

#: What stands before the paragraphs of a quotation, and around a line of a rule.
_QUOTED = "> "
_RULE = "* * *"


def plain(text: str, resolve: Callable[[str], str] = str) -> str:
    """An editor's Markdown as paragraphs with a blank line between; an item of a list is one.

    Args:
        text: CommonMark.
        resolve: Makes an address below the site's root one that leads there.
    """
    writer = _Writer()
    return "\n\n".join(writer.paragraphs(parsed(text, resolve)))


@dataclass
class _Writer:
    """Where it is: in how many quotations, and at which items of which lists."""

    quotes: int = 0
    #: The number of the last item of each list that is open; ``None`` if its items have none.
    lists: list[int | None] = field(default_factory=list)
    #: What stands before the next paragraph.
    mark: str = ""

    def paragraphs(self, tokens: list[Token]) -> Iterator[str]:
        """The paragraphs of all blocks."""
        for token in tokens:
            self._enter(token)
            if token.type == "inline":
                yield from self._paragraph([_inline(token.children or [])])
            elif token.type in {"fence", "code_block"}:
                yield from self._paragraph(map(_code, token.content.rstrip("\n").split("\n")))
            elif token.type == "hr":
                yield from self._paragraph([_RULE])

    def _enter(self, token: Token) -> None:
        if token.type in {"blockquote_open", "blockquote_close"}:
            self.quotes += token.nesting
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            is_numbered = token.type == "ordered_list_open"
            self.lists.append(int(token.attrs.get("start", 1)) - 1 if is_numbered else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.mark = self._next_mark()

    def _next_mark(self) -> str:
        number = self.lists[-1]
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def _paragraph(self, lines: Iterator[str] | list[str]) -> Iterator[str]:
        before, self.mark = _QUOTED * self.quotes + self.mark, ""
        shown = [f"{before}{line}".rstrip() for line in lines]
        if any(line.strip("> ") for line in shown):
            yield "\n".join(shown)


def _code(line: str) -> str:
    """A line of code, with the space before it that says how it is nested."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + tidy(line)


def _inline(tokens: list[Token]) -> str:
    """Words of a block; a link is its words, and its address behind them if it is another."""
    made: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((len(made), str(token.attrs.get("href", ""))))
        elif token.type == "link_close":
            start, address = links.pop()
            if "".join(made[start:]) != address:
                made.append(f" ({address})")
        else:
            made.append(" " if token.type.endswith("break") else token.content)
    return tidy("".join(made))
