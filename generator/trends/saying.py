"""Charts in words, for those who do not see them."""

from __future__ import annotations

from generator.trends.views import Lines, Pairs, Row, Series

#: Values that are told one by one; of more the first, the highest and the last.
_FEW = 6


def title_of(view: Lines | Row | Pairs) -> str:
    """What a chart shows, in a few words."""
    match view:
        case Lines():
            return f"The largest topics over {view.units}"
        case Row():
            return f"{view.series.title}: share of papers"
        case Pairs():
            return "Topics that occur together"


def description_of(view: Lines | Row | Pairs) -> str:
    """What a chart shows, in numbers."""
    match view:
        case Lines():
            return " ".join(f"{each.title}: {_told(each, view)}" for each in view.series)
        case Row():
            return _told(view.series, view)
        case Pairs():
            return " ".join(
                f"{' and '.join(pair.titles)}: {pair.together} papers, "
                f"{pair.expected:.1f} by chance."
                for pair in view.found
            )


def _told(series: Series, view: Lines | Row) -> str:
    names = [_when(period.name, period.address) for period in view.periods]
    told = [
        (share.value, f"{share} {name}")
        for share, name in zip(series.shares, names, strict=True)
        if share
    ]
    if len(told) > _FEW:
        highest = max(told, key=lambda each: each[0])
        return f"{told[0][1]}, at most {highest[1]}, {told[-1][1]}."
    return f"{', '.join(text for _, text in told)}."


def _when(name: str, address: str) -> str:
    return f"on {name}" if address else f"in {name}"
