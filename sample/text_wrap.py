"""Breaks a paragraph into lines of even length, as a typesetter would."""

from functools import lru_cache


def wrap_evenly(text: str, width: int) -> list[str]:
    """Choose the breaks that leave the least ragged right edge.

    The cost of a line is the square of the blanks at its end; the last line
    costs nothing. A word longer than the width gets a line of its own.
    """
    words = text.split()

    @lru_cache(maxsize=None)
    def best(start: int) -> tuple[int, int]:
        if start == len(words):
            return 0, start
        choices = []
        length = -1
        for end in range(start + 1, len(words) + 1):
            length += len(words[end - 1]) + 1
            if length > width and end > start + 1:
                break
            blanks = max(width - length, 0)
            cost = 0 if end == len(words) else blanks**2
            choices.append((cost + best(end)[0], end))
        return min(choices)

    lines, start = [], 0
    while start < len(words):
        end = best(start)[1]
        lines.append(" ".join(words[start:end]))
        start = end
    return lines


class Histogram:
    """Counts how often each word length occurs."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}

    def add(self, text: str) -> None:
        for word in text.split():
            length = len(word.strip(".,;:!?"))
            self.counts[length] = self.counts.get(length, 0) + 1

    def bars(self, widest: int = 40) -> list[str]:
        if not self.counts:
            return []
        top = max(self.counts.values())
        return [f"{length:2} {'#' * (count * widest // top)}" for length, count in sorted(self.counts.items())]
