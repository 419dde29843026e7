"""A network as one page: its views, and behind every mark and line the words it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cellkg.drawing.network_folding import PLURALS
from cellkg.drawing.network_legend import legend_items, swatch
from cellkg.drawing.network_looks import (
    DISC_DASH,
    DISC_FILL,
    KIND_LOOKS,
    LINE_LOOKS,
    ROLE_WORDS,
    group_colour,
    line_look,
    study_look,
)
from cellkg.drawing.network_picture import OVERLAP, line_start, what_is_folded
from cellkg.drawing.page import render_page
from cellkg.drawing.palette import SHAPES
from cellkg.vocabulary import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cellkg.drawing.network_picture import Link, Mark, Network, View
    from cellkg.drawing.page import Stamp
    from cellkg.overview import Relation, StudyOverview

_SCRIPTS: Final = (
    "cytoscape/cytoscape.min.js",
    "network_data.js",
    "network_facts.js",
    "network_picture.js",
    "network_table.js",
)
_CYTOSCAPE_STYLE: Final = ".__________cytoscape_container { position: relative; }"
"""What cytoscape.js 3.35.0 inserts, to the letter: the security policy names its hash."""

_ROUND: Final = frozenset({"circle", "disc", "ring"})


class _Numbering:
    """Numbers texts in the order in which they first come, so that each is written once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def draw_page(
    network: Network,
    views: Sequence[View],
    title: str,
    caption: str,
    stamp: Stamp,
    around: str | None = None,
) -> bytes:
    """Make the page of a network.

    Args:
        network: What is shown.
        views: The arrangements that one can choose between, the first one shown.
        title: What the page shows.
        caption: What was selected.
        stamp: What it was made from.
        around: The IRI of the thing or study that is chosen when the page opens.

    Returns:
        The page in UTF-8, self-contained.

    Raises:
        MissingExtra: The library of the templates is not installed.
    """
    kinds = [*network.kinds, *([OVERLAP] if network.overlaps else [])]
    return render_page(
        "network.html.jinja",
        title=title,
        caption=caption,
        stamp=stamp,
        data=_data(network, views, around),
        scripts=_SCRIPTS,
        styles=("network.css",),
        inserted_styles=(_CYTOSCAPE_STYLE,),
        choices=[
            ("study", "study", len(network.studies)),
            *((kind, _kind_name(kind), _how_many(network, kind)) for kind in kinds),
        ],
        views=[view.name for view in views],
        legend=_legend(network, views),
        columns=[_kind_name(kind) for kind in kinds],
        folded=what_is_folded(network),
    )


def _kind_name(kind: str) -> str:
    return "possible overlap" if kind == OVERLAP else KIND_LOOKS[kind].name


def _how_many(network: Network, kind: str) -> int:
    if kind == OVERLAP:
        return len(network.overlaps)
    return len({thing for group in network.groups[kind] for thing in group.things})


def _data(network: Network, views: Sequence[View], around: str | None) -> dict[str, object]:
    """Give what the scripts read: lists by number, texts once."""
    quotes, sources = _Numbering(), _Numbering()
    study_at = {iri: number for number, iri in enumerate(network.studies)}
    kinds = network.kinds
    things = list(
        dict.fromkeys(
            (thing, kind)
            for kind, groups in network.groups.items()
            for group in groups
            for thing in group.things
        )
    )
    thing_at = {each: number for number, each in enumerate(things)}
    groups = [group for several in network.groups.values() for group in several]
    place = {group.id: f"g{number}" for number, group in enumerate(groups)}
    place |= {iri: f"s{number}" for iri, number in study_at.items()}
    relations = [
        [
            study_at[each.study],
            study_at[each.thing] if each.kind == OVERLAP else thing_at[each.thing, each.kind],
            -1 if each.kind == OVERLAP else kinds.index(each.kind),
            each.answer,
            len(each.records),
            [
                [
                    -1 if words.quote is None else quotes(words.quote),
                    words.status,
                    sources(shorten(words.source)),
                ]
                for words in each.words
            ],
        ]
        for each in _in_order(network.relations)
    ]
    return {
        "kinds": [[kind, KIND_LOOKS[kind].name, PLURALS[kind]] for kind in kinds],
        "studies": [_study(each, quotes) for each in network.studies.values()],
        "things": [
            [shorten(thing), network.labels[thing], kinds.index(kind)] for thing, kind in things
        ],
        "groups": [
            [
                shorten(group.id),
                kinds.index(group.kind),
                group.label,
                group.role,
                [thing_at[thing, group.kind] for thing in group.things],
                [study_at[study] for study in group.studies],
                group_colour(group),
            ]
            for group in groups
        ],
        "relations": relations,
        "quotes": list(quotes.numbers),
        "sources": list(sources.numbers),
        "views": [_view(view, place) for view in views],
        "looks": _looks(kinds),
        "around": None if around is None else shorten(around),
    }


def _in_order(relations: Iterable[Relation]) -> list[Relation]:
    return sorted(relations, key=lambda each: (each.study, each.kind != OVERLAP))


def _study(study: StudyOverview, quotes: _Numbering) -> list[object]:
    return [
        study.name,
        study.title,
        study.origin,
        study.described,
        study.status or "",
        ", ".join(study.phases),
        study.start_date or "",
        study.end_date or "",
        ", ".join(study.countries),
        ", ".join(study.source_kinds),
        list(study.identifiers),
        [
            [each.role, each.number, -1 if each.quote is None else quotes(each.quote)]
            for each in study.people
        ],
    ]


def _view(view: View, place: dict[str, str]) -> dict[str, object]:
    at = {mark.id: mark for mark in view.marks}
    return {
        "name": view.name,
        "discs": view.discs,
        "marks": [_mark(mark, place) for mark in view.marks],
        "headings": [list(heading) for heading in view.headings],
        "links": [_link(link, place, at) for link in view.links],
        "notes": list(view.notes),
    }


def _mark(mark: Mark, place: dict[str, str]) -> list[object]:
    bare: list[object] = [place[mark.id], mark.x, mark.y, mark.radius]
    return [*bare, "\n".join(mark.label), mark.size, mark.side] if mark.label else bare


def _link(link: Link, place: dict[str, str], at: dict[str, Mark]) -> list[object]:
    look = line_look(link.kind, link.answer) if link.kind else "weight"
    bare = [place[link.start], place[link.end], look, link.studies]
    away = line_start(at[link.start], at[link.end])
    return [*bare, away] if away else bare


def _looks(kinds: Iterable[str]) -> dict[str, object]:
    """Give the looks as cytoscape.js takes them: corners between -1 and 1."""
    return {
        "kinds": {
            kind: [KIND_LOOKS[kind].colour, _corners(KIND_LOOKS[kind].shape)] for kind in kinds
        },
        "studies": {origin: study_look(origin).colour for origin in ("curated", "registry")},
        "lines": {
            name: [look.colour, [float(each) for each in (look.dash or "").split()]]
            for name, look in LINE_LOOKS.items()
        },
        "discs": {
            role: [DISC_FILL[role], [float(each) for each in (DISC_DASH[role] or "").split()]]
            for role in ROLE_WORDS
        },
    }


def _corners(shape: str) -> str:
    if shape in _ROUND:
        return ""
    corners = SHAPES[shape]
    widest = max(abs(each) for corner in corners for each in corner)
    return " ".join(f"{each / widest:.3f}" for corner in corners for each in corner)


def _legend(network: Network, views: Sequence[View]) -> list[tuple[str, str]]:
    """Draw the legend: a small picture in SVG and its words, one an item."""
    items: dict[str, str] = {}
    for view in views:
        for draw, words in legend_items(network, view):
            items.setdefault(words, swatch(draw))
    return [(drawn, words) for words, drawn in items.items()]
