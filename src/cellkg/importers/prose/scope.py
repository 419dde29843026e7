"""Whether a mention of cells tells what is given, or something else."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from cellkg.importers.prose.mentions import Mention

_WORDS_BETWEEN: Final = r"(?:[\w'+/-]+\s+){0,3}"
_ADJECTIVES_BETWEEN: Final = (
    r"(?:(?:the|a|an|any|their|be|been|given|administered|infused|injected|autologous|allogen\w+"
    r"|infusion of|injection of|umbilical|cord|bone"
    r"|marrow|adipose|derived|human|cultured|mesenchymal|hematopoietic|stem|cell|donor)[\s-]+)*"
)

_DENIED_BEFORE: Final = re.compile(
    rf"\b(?:(?<!with or )without|not|no|never|lack of|absence of|instead of|excluding"
    rf"|except|unlike|rather than"
    rf"|depleted (?:of|for)|depletion of|free (?:of|from)|removal of|do(?:es)? not (?:receive|get)"
    rf"|devoid of)\s+{_ADJECTIVES_BETWEEN}$",
    re.IGNORECASE,
)
_BACKGROUND_BEFORE: Final = re.compile(
    rf"(?:\b(?:after|following|post|prior|previous|before|history of|failed|candidates? for"
    rf"|awaiting|(?:have|has|who|ever) had(?: an?)?|undergoing|undergone|underwent|recipients? of"
    rf"|eligible for|relapsed? (?:after"
    rf"|following)|refractory to|complications? of|rejection of|failure of|received|status post"
    rf"|since|persistent after|for)[\s-]+{_WORDS_BETWEEN}"
    rf"|\b(?:anti|post|pre|against|targeting|expressed (?:on|by)|expression (?:on|in|of)|number of"
    rf"|levels? of|inhibit\w*|activat\w+ of|proliferation of|count of|antibod\w+ to)[\s-]+)$",
    re.IGNORECASE,
)
_TARGET_BEFORE: Final = re.compile(
    r"\b(?:anti|against|targeting|targets|surface of|expressed (?:on|by|in)|levels? of|counts? of"
    r"|monitoring of|percentage of|releas(?:e|es|ing)|recruit(?:s|ing)?|endogenous"
    r"|attract(?:s|ing)?"
    r"|inhibit\w*|proliferation of|count of|effects? on|secreted by|survival of|squamous|basal"
    r"|sickle|giant|renal|small|large|plasma|mast|germ|granulosa|merkel|clear|hairy|mantle)[\s-]+"
    r"(?:\w+[\s-]+)?$",
    re.IGNORECASE,
)
_SOMETHING_ELSE_AFTER: Final = re.compile(
    r"^(?:[\s-]*\([^)]{1,12}\))?[\s/-]*(?:deplet|deficien|carcinoma|lymphoma|leuk[a]?emia|disease"
    r"|disorder|an[a]?emia|tumou?r|dysplasia|malignan|neoplas|cancer|function\b|counts?\b|levels?\b"
    r"|infiltrat|antibod|antigens?\b|autoantibod|mediated|growth factor|colony|csf|macrophage"
    r"|stimulating|receptor"
    r"(?! (?:t|engineered|nk|gene))|proliferat|subset|(?:blood )?lineage|aplasia|dysfunction"
    r"|failure"
    r"|apoptosis|activation|biopsy|biops|based on the|injury|loss|rejection|globulin|immunity"
    r"|responses?\b|defect|damage|marker|phenotype|attachment|adhesion|suppressive|engraftment syn"
    r"|mobili[sz]ation|collection\b|harvest(?:ing)?\b|precursor lymphoblastic|lymphoblastic|acute"
    r"|checkpoint"
    r"|directed antib|replete|and b cell depletion|prolymphocytic|non[- ]hodgkin|exhaustion|type"
    r"|free\b|line\b(?! deriv)|lines\b(?! deriv))",
    re.IGNORECASE,
)
_ENGINEERED: Final = re.compile(r"\b(?:car\b|chimeric|tcr\b|engineered)", re.IGNORECASE)
"""Cells whose target stands before their name, as in "anti-CD19 CAR T cells"."""

_RECIPIENTS_AFTER: Final = re.compile(
    r"^(?:[\s-]*transplant(?:ation)?)?s?\s(?:\([^)]{1,12}\)\s)?recipients?\b", re.IGNORECASE
)
_TRANSPLANTED: Final = re.compile(r"transplant|\bh?sct\b|\bhct\b|bmt|\bdli\b|rescue", re.IGNORECASE)


def is_transplanted(words: str) -> bool:
    """Tell whether words name cells as a transplant.

    Args:
        words: A mention of cells.
    """
    return _TRANSPLANTED.search(words) is not None


def is_denied(mention: Mention) -> bool:
    """Tell whether the words before a mention say that it is not given.

    Args:
        mention: A mention of cells, a tissue or a route.
    """
    return bool(_DENIED_BEFORE.search(mention.before))


def is_out(mention: Mention) -> bool:
    """Tell whether a mention of cells tells of something else than what is given.

    Args:
        mention: A mention of cells: denied, a target, a disease, a measurement, or a transplant
            that people had before.
    """
    if is_denied(mention):
        return True
    if _TARGET_BEFORE.search(mention.before) and not _ENGINEERED.match(mention.text):
        return True
    if _SOMETHING_ELSE_AFTER.match(mention.after):
        return True
    around = mention.text + mention.after[:22]
    is_background = _BACKGROUND_BEFORE.search(mention.before) or _RECIPIENTS_AFTER.match(
        mention.after
    )
    return bool(is_background and _TRANSPLANTED.search(around))
