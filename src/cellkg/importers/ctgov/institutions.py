"""Sponsors, collaborators and sites, as institutions that are one under all spellings."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from cellkg.importers.ctgov import registry_words
from cellkg.records import InstitutionRole
from cellkg.vocabulary import CKG, INSTITUTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from cellkg.importers.ctgov.item import Item
    from cellkg.importers.ctgov.recorder import Recorder

_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_WORD: Final = re.compile(r"[a-z0-9]+")
_LONGEST_NAME: Final = 120
_LEGAL_FORMS: Final = {
    *("inc", "incorporated", "ltd", "limited", "llc", "plc", "corp", "corporation", "company"),
    *("co", "gmbh", "ag", "sa", "bv", "ab", "oy", "pty", "srl", "spa"),
}
_NO_PART_OF_A_NAME: Final = {"the", *_LEGAL_FORMS}


def institution_of(name: str) -> NamedNode:
    """Name the institution that a printed name stands for.

    Case, accents, punctuation, articles, legal forms and what stands in brackets make no
    difference. Nothing else is put together: a department is not its hospital.

    Args:
        name: The name as printed.

    Returns:
        The IRI, the same for every spelling.

    Example:
        >>> institution_of("The Hospital Clínic, Barcelona (HCB)").value
        'https://w3id.org/cellkg/institution/hospital-clinic-barcelona'
        >>> institution_of("Athersys, Inc") == institution_of("ATHERSYS")
        True
    """
    words = _words(_IN_BRACKETS.sub(" ", name)) or _words(name)
    kept = [word for word in words if word not in _NO_PART_OF_A_NAME] or words
    slug = "-".join(kept)
    if not slug or len(slug) > _LONGEST_NAME:
        # A name in another script, or a whole address: told apart by its letters.
        folded = unicodedata.normalize("NFKC", name).casefold()
        slug = (
            f"{slug[:_LONGEST_NAME].rpartition('-')[0] or 'named'}-"
            + (sha256(" ".join(folded.split()).encode("utf-8")).hexdigest()[:12])
        )
    return INSTITUTION[slug]


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    if not letters.isascii() and len(_WORD.findall(letters)) * 2 < len(letters.split()):
        return []
    return _WORD.findall(letters.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))


def roles_of(protocol: Item, recorder: Recorder) -> tuple[InstitutionRole, ...]:
    """Take in who is responsible for a study, who supports it, and where it is done.

    Args:
        protocol: The section ``protocolSection``.
        recorder: Names and evidence of this record.

    Returns:
        The roles: sponsor, collaborators, sites, in the order of the record.
    """
    return (*_bodies(protocol["sponsorCollaboratorsModule"], recorder), *_sites(protocol, recorder))


def _bodies(module: Item, recorder: Recorder) -> Iterator[InstitutionRole]:
    """Give the sponsor and the collaborators."""
    sponsor = module["leadSponsor"]
    bodies = [("sponsor", CKG["Sponsor"], sponsor)] if sponsor else []
    bodies += [
        (f"collaborator-{place}", CKG["Collaborator"], item)
        for place, item in enumerate(module["collaborators"].items())
    ]
    for label, part, item in bodies:
        name = item["name"].text()
        if name is None:
            recorder.not_taken["a sponsor without a name"] += 1
            continue
        kind = item["class"].text()
        values: dict[str, Any] = {
            "institution_part": part,
            "institution": institution_of(name),
            "sponsor_class": None if kind is None else registry_words.words_of(kind),
            "printed_terms": (name,),
        }
        yield _role(label, values, item, recorder)


def _sites(protocol: Item, recorder: Recorder) -> Iterator[InstitutionRole]:
    for number, item in enumerate(protocol["contactsLocationsModule"]["locations"].items()):
        name, country = item["facility"].text(), item["country"].text()
        place = ", ".join(filter(None, (item["city"].text(), item["state"].text()))) or None
        if name is None and country is None and place is None:
            recorder.not_taken["a site without a name and a place"] += 1
            continue
        values: dict[str, Any] = {
            "institution_part": CKG["Site"],
            "institution": None if name is None else institution_of(name),
            "country": country,
            "place": place,
            "recruitment_status": recorder.listed(item["status"], registry_words.STATUSES),
            "printed_terms": () if name is None else (name,),
        }
        yield _role(f"site-{number}", values, item, recorder)


def _role(label: str, values: dict[str, Any], item: Item, recorder: Recorder) -> InstitutionRole:
    name = recorder.name(label, "record")
    evidence = recorder.stated(name, InstitutionRole, values, item)
    return InstitutionRole(
        iri=recorder.name(label), evidence=(evidence,), principal_evidence=name, **values
    )
