"""Read what a network picture shows: studies of a selection, or those around something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cellkg.drawing.network_page import draw_page
from cellkg.drawing.network_picture import OVERLAP, network_of
from cellkg.drawing.network_still import draw_still
from cellkg.drawing.network_views import views_of
from cellkg.drawing.page import Stamp, stamp_of
from cellkg.errors import UserInputError
from cellkg.overview import read_relations, read_studies, study_network
from cellkg.overview.network import studies_near
from cellkg.querying.named_things import THINGS, find_thing
from cellkg.vocabulary import INSTITUTION, SOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cellkg.drawing.network_picture import Network, View
    from cellkg.drawing.svg import Picture
    from cellkg.overview import Relation, Selection, StudyOverview
    from cellkg.store import GraphStore
    from cellkg.terms import TermIndex

TITLE = "What relates studies of cell therapy"


class NetworkPicture(NamedTuple):
    """A network, arranged and ready to be drawn.

    Attributes:
        network: What is shown.
        views: Its arrangements, the first one first.
        caption: What was selected.
        stamp: What it was made from.
        around: The IRI of what is in the middle, if anything was asked for.
    """

    network: Network
    views: list[View]
    caption: str
    stamp: Stamp
    around: str | None

    def page(self) -> bytes:
        """Draw it as a page that works offline."""
        return draw_page(
            self.network, self.views, TITLE, self.caption, self.stamp, around=self.around
        )

    def still(self) -> Picture:
        """Draw its first arrangement as a still."""
        return draw_still(self.network, self.views[0], TITLE, self.caption, self.stamp)


class Middle(NamedTuple):
    """What a picture is drawn around.

    Attributes:
        name: What was asked for.
        depth: How many steps away studies may be.
    """

    name: str
    depth: int


def read_network(
    store: GraphStore,
    terms: TermIndex,
    data_version: str,
    selection: Selection,
    kinds: Sequence[str],
    middle: Middle | None = None,
    first: str | None = None,
) -> NetworkPicture:
    """Read a network, and arrange it.

    Args:
        store: The graphs.
        terms: The terms.
        data_version: Which data, for the stamp.
        selection: The studies.
        kinds: The kinds of relations, keys of `cellkg.overview.RELATION_KINDS`.
        middle: What only the neighbourhood of is drawn; it is found whether or not its own kind
            is drawn.
        first: The arrangement that is wanted first, as `views_of` takes it.

    Returns:
        The picture.

    Raises:
        UserInputError: The middle stands for nothing, or for nothing that these studies name; or
            there is no kind but the overlaps.
        StoreError: The graphs cannot be read or reached.

    Example:
        >>> import cellkg
        >>> graph = cellkg.open_graph()
        >>> chosen = graph.select(studies=["ms-intrathecal-msc-poster"])
        >>> drawn = read_network(graph.store, graph.terms, "4f2a", chosen, ["route"])
        >>> [group.label for group in drawn.network.groups["route"]]
        ['intrathecal']
    """
    _check(kinds)
    studies = read_studies(store, selection.studies)
    caption = selection.words
    around = None
    if middle is None:
        relations = read_relations(store, kinds, selection.studies)
    else:
        meant = _meant(middle.name, store, terms)
        reaching = [kind for kind in _kinds_reaching(meant, terms) if kind not in kinds]
        relations = read_relations(store, [*kinds, *reaching], selection.studies)
        studies, relations, around, label = _near(middle, meant, studies, relations, terms)
        relations = [each for each in relations if each.kind in kinds]
        whose = "studies" if selection.studies is None else f"{caption}, those"
        steps = "" if middle.depth == 1 else f", at most {middle.depth} steps away"
        caption = f"{whose} around {label}{steps}"
    network = network_of(studies, relations, terms, kinds)
    return NetworkPicture(
        network, views_of(network, first), caption, stamp_of(data_version, studies), around
    )


def _check(kinds: Sequence[str]) -> None:
    if set(kinds) <= {OVERLAP}:
        raise UserInputError(
            "Overlaps alone are nothing that studies could be arranged by; give another kind as"
            " well, such as  --kinds condition,overlap.",
            value=",".join(kinds),
        )


def _near(
    middle: Middle,
    meant: set[str],
    studies: Sequence[StudyOverview],
    relations: Sequence[Relation],
    terms: TermIndex,
) -> tuple[tuple[StudyOverview, ...], list[Relation], str, str]:
    """Keep the studies near the middle, with all that relates them; give its IRI and label."""
    network = study_network(studies, relations)
    starts = [
        node
        for node in network
        if node in meant
        or (node in terms and any(above.iri in meant for above in terms.ancestors(terms[node])))
    ]
    if not starts:
        raise UserInputError(
            f"None of the studies is related to '{middle.name}'; choose more of them, or give"
            " another name.",
            value=middle.name,
        )
    near = set(studies_near(network, starts, middle.depth))
    start = next((node for node in starts if node in meant), starts[0])
    known = start in meant or start not in terms
    return (
        tuple(each for each in studies if each.iri in near),
        [each for each in relations if each.study in near],
        start,
        network.nodes[start]["label"] if known else middle.name,
    )


_RELATED = {
    "conditions": ("condition",),
    "cell-types": ("cell-type", "derived-from"),
    "routes": ("route",),
    "adverse-events": ("adverse-event",),
    "tissues": ("tissue",),
    "donors": ("donor",),
    "outcome-measures": ("outcome-measure",),
}


def _kinds_reaching(meant: set[str], terms: TermIndex) -> list[str]:
    """List the kinds of relations that lead from studies to things, drawn or not."""
    found = {kind for iri in meant if iri in terms for kind in _RELATED.get(terms[iri].kind, ())}
    found |= {"institution" for iri in meant if iri in INSTITUTION}
    found |= {"source" for iri in meant if iri in SOURCE}
    return sorted(found)


def _meant(name: str, store: GraphStore, terms: TermIndex) -> set[str]:
    """Find what a name stands for: terms of any kind, a study, an institution or a document."""
    meant = {term.iri for term in terms.named(name)}
    for kind in THINGS:
        try:
            meant.add(find_thing(name, kind, store).value)
        except UserInputError:
            continue  # it may be the name of something else
    if meant:
        return meant
    raise UserInputError(
        f"There is no term, study, institution or source '{name}'; look for it with"
        f"  cellkg terms '{name}'  or  cellkg query studies.",
        value=name,
    )
