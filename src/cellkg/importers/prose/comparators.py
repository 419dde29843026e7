"""Interventions that give no cells, whatever the titles say."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

    from cellkg.importers.prose.texts import GivenText, Passage

_WITHOUT_CELLS: Final = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR"})
_NAMES_ONLY: Final = frozenset({"RADIATION", "DIETARY_SUPPLEMENT", "BEHAVIORAL", "DIAGNOSTIC_TEST"})
_COMPARATOR_NAME: Final = re.compile(
    r"\b(?:placebos?|sham|vehicle|saline|nacl|sodium chloride|plasma-?lyte|ringer'?s?|controls?"
    r"|conventional|standards?(?: of care)?|suspension (?:media|medium|liquid)|hyaluron\w+|hyalgan"
    r"|cryo(?:stor|protective)|no (?:treatment|intervention|cells?|stem)|usual care|best medical"
    r"|routine|supportive|conserved therapy|carrier|control solution|excipient)\b",
    re.IGNORECASE,
)
_BEGINS_AS_COMPARATOR: Final = re.compile(
    r"^\W*(?:placebo|sham|vehicle|saline|normal saline|controls?\b|matching placebo"
    r"|suspension media)"
    r"|^\W*(?:un(?:treated|exposed)|non-\w+)\b"
    r"|^\W*(?:differentiation|generation|derivation|characteri[sz]ation|model+ing) of\b"
    r"|\bnot (?:enriched|combined|mixed|supplemented)\b"
    r"|\bwithout (?:any )?(?:stem |mesenchymal )?(?:cells?|mscs?)",
    re.IGNORECASE,
)
_ENDS_AS_COMPARATOR: Final = re.compile(
    r"(?<!vs )(?<!vs\. )(?<!versus )(?<!or )(?<!and )\bplacebo\W*$(?<!/placebo)", re.IGNORECASE
)
_WITH_OTHERS: Final = re.compile(r"\band\b|\+|\bplus\b|\bwith\b", re.IGNORECASE)
_BY_WHICH: Final = re.compile(
    r"bronchoscopy|bypass|cabg|stent|arthroscop|microfracture|tibial|catheter|device|system|needle"
    r"|syringe|surgery|surgical|operation",
    re.IGNORECASE,
)
"""Procedures and devices by which cells may be given."""

_NOT_GIVING: Final = re.compile(
    r"\b(?:leu[ck]o?[ck]?ytopheresis|leukapheresis|apheresis|harvest(?:ing)?|aspiration|biops(?:y"
    r"|ies)"
    r"|collections?|sampl(?:e|es|ing)|blood draw|questionnaires?|imaging|mri|scan(?:ning)?"
    r"|tomography"
    r"|\w*cytom\w+|dental implants?|everolimus\S*|stents?|stenting|analys[ei]s|assay|assays"
    r"|biomarkers?|deplet(?:ion|ed)|iodine|metaiodo\w+|conditioning|chemotherapy|mapping|liposuction|lipoaspiration"
    r"|mobili[sz]ation|hybridi[sz]ation|flow cytometry|analysis|test(?:s|ing)?|rehabilitation"
    r"|physical therapy|physiotherapy|exercise|bronchoscopy|bypass operation|bypass surgery|cabg"
    r"|arthroscopy|arthroplasty|microfracture|high[ -]tibial|scaffold only"
    r"|catheter|device(?!:)|system|needle|syringe|\w*antibod\w+|prophylaxis|vaccine(?=.*(?:covid"
    r"|influenza|pneumoc))|monitoring|observation)\b",
    re.IGNORECASE,
)
_CONTROL_ARM: Final = re.compile(
    r"^\W*(?:controls?|standard|conventional|placebo|sham|usual|routine)\b|\bcontrols?\W*$",
    re.IGNORECASE,
)
_TAKE: Final = (
    r"(?:leuk)?apheres[ei]s|harvest(?:ing)?|collection|aspiration|biops(?:y|ies)|sampl(?:e|es|ing)"
    r"|mobili[sz]ation|liposuction|lipoaspiration|donation"
)
_TAKEN: Final = re.compile(
    rf"^\W*(?:[\w-]+\s){{0,3}}?(?:{_TAKE})\b|\b(?<!from )(?<!from a )(?<!skin )(?:{_TAKE})\W*$",
    re.IGNORECASE,
)
_ORAL: Final = re.compile(r"\b(?:orally|tablets?|capsules?|\d+ ?mg)\b", re.IGNORECASE)
_IN_VITRO: Final = re.compile(
    r"\b(?:isolation|culturing|reprogramming|blood draw)\b", re.IGNORECASE
)
_TAKING: Final = re.compile(r"harvest|collect|aspiration|liposuction|lipoaspiration", re.IGNORECASE)
_GIVING: Final = re.compile(r"inject|infus|transplant|implant|administ|receiv", re.IGNORECASE)
_DRUG_NAME: Final = re.compile(
    r"(?:\w+(?:mab|nib|mycin|cillin|phosphamide|rabine|sulfan|phalan|tepa|statin|prednis\w*|limus"
    r"|sporine?a?|mofetil|platin|bicin|zolomide|taxel|gliptin|glutide|grastim|rixafor|leukin|azine"
    r"|caine|parin|olone|isone|vir|sartan|pril|olol|dipine|feron|poietin|trexate|citidine|udine"
    r"|domide|zomib|stine|cytarabine|poside|cycline|floxacin|azole|fungin|oxen|profen|coxib|zole)"
    r"|mesna|atg|thymoglobulin|grafalon|anti-?thymocyte globulin|g-?csf|gm-?csf|il-?\d+|interleukin"
    r"[\s-]?\d*|aspirin|insulin|heparin|vitamin\w*|calcium|hormones?|steroids?|\w*corticosteroids?"
    r"|dmards?|glp-?1|edaravone|riluzole|metformin|fibrin glue|prp|platelet\b.*|plasma\b.*"
    r"|antibiotics?"
    r"|oxygen|bmp-?\d|teriparatide|tpo|epo|glucocorticoids?|hydroxyurea|arsenic.*|botulinum.*"
    r"|hormone replacement.*|hydrocortisone|tamoxifen|mepivacaine|albumin|busulfex|cytoxan"
    r"|total[ -]body irradiation|tbi"
    r"|ap1903|rimiducid|cholecalciferol|dexamethason\w*|cyclosporin\w*|methylprednis\w*)",
    re.IGNORECASE,
)
_GENERIC_NAME: Final = re.compile(
    r"\b(?:cells?|cellular|stem|transplant\w*|inject\w*|infus\w*|implant\w*|administ\w*|treatment"
    r"|intervention|groups?|arm|cohort|doses?|levels?|dosage|graft\w*|procedure|product|biological"
    r"|suspension|experimental|delivery|regenerative|autologous|allogen\w+|intra\w+|active|high"
    r"|low|medium|middle|topical|percutaneous|patch|tissue engineer\w*|gene|genetic\w*"
    r"|engineer\w*|repair|reconstruct\w*|immunotherapy|adoptive|atmp|advanced|sheets?|vaccine"
    r"|surgical|surgery|marrow)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"^(?=.{2,40}$)(?:.*[®\N{TRADE MARK SIGN}].*|(?=.*\d)(?=.*[A-Z])[\w() .+/-]+|.*leucel\b.*"
    r"|.*cel\b.*|.*[Ss]tem\b.*"
    r"|[A-Z][\w-]*[A-Z][\w-]*)\W*$"
)
_BRAND: Final = re.compile(r"^[A-Z][a-z]+(?:-[A-Z]+)?\W*$")
_BIOLOGICAL: Final = frozenset({"BIOLOGICAL", "GENETIC", "COMBINATION_PRODUCT"})


def is_description(passage: Passage) -> bool:
    """Tell the description of an intervention from its names."""
    return passage.pointer.endswith("/description")


def gives_no_cells(text: GivenText, *, names_cells: bool, tells_cells: bool) -> bool:
    """Tell whether an intervention is a comparator, a drug or a measurement.

    Args:
        text: The texts of the intervention in one arm.
        names_cells: Whether its name, or another name of it, names cells.
        tells_cells: Whether its description names cells.

    Returns:
        Whether it is certain that it gives no cells.
    """
    name = text.intervention[0].text if text.intervention else ""
    is_comparator = _ENDS_AS_COMPARATOR.search(name) and not (
        tells_cells and _WITH_OTHERS.search(name)
    )
    if text.arm_type == "NO_INTERVENTION" or is_comparator or _BEGINS_AS_COMPARATOR.search(name):
        return True
    if names_cells:
        return _is_taking(name) and not is_given(text)
    if tells_cells and _BY_WHICH.search(name) and is_given(text):
        return False
    return _gives_something_else(text, name, tells_cells=tells_cells)


def _gives_something_else(text: GivenText, name: str, *, tells_cells: bool) -> bool:
    """Tell whether an intervention whose name names no cells is anything but giving cells."""
    if text.arm_type in _WITHOUT_CELLS or text.intervention_type in _NAMES_ONLY:
        return True
    is_pill = not tells_cells and text.intervention_type == "DRUG"
    if is_pill and _says(_ORAL, text.intervention):
        return True
    if _says(_IN_VITRO, text.intervention) and not is_given(text):
        return True
    if _TAKING.search(name) and is_given(text):
        return False  # what is taken is given in the same arm
    is_other = _COMPARATOR_NAME.search(name) or _NOT_GIVING.search(name)
    return bool(is_other) or _is_drug(name, text.intervention_type)


def _is_drug(name: str, kind: str | None) -> bool:
    bare = re.sub(r"\W*\([^)]*\)|\d+(?:[.,]\d+)?\s?(?:m[gl]|g|%|IU)\b.*", "", name).strip()
    words = re.findall(r"[\w-]{5,}", name) if kind == "DRUG" else []
    return any(map(_DRUG_NAME.fullmatch, (bare, *words)))


def is_given(text: GivenText) -> bool:
    """Tell whether the texts of an intervention or its arm say that something is given."""
    return _says(_GIVING, (*text.intervention, *text.arm))


def is_given_itself(text: GivenText) -> bool:
    """Tell whether the texts of an intervention say that something is given."""
    return _says(_GIVING, text.intervention)


def _says(pattern: re.Pattern[str], passages: Iterable[Passage]) -> bool:
    return any(pattern.search(passage.text) for passage in passages)


def is_taking(text: GivenText) -> bool:
    """Tell whether the name of an intervention only says that something is taken from people."""
    return bool(text.intervention) and _is_taking(text.intervention[0].text)


def _is_taking(name: str) -> bool:
    return _TAKEN.search(name) is not None and not _GIVING.search(name)


def is_of_controls(text: GivenText) -> bool:
    """Tell whether the arm of an intervention is called a control."""
    return bool(text.arm) and _CONTROL_ARM.search(text.arm[0].text) is not None


def is_generic(text: GivenText) -> bool:
    """Tell whether a name says nothing of what is given, so that other texts have to say it.

    Args:
        text: The texts of the intervention in one arm.

    Example:
        >>> from cellkg.importers.prose.texts import GivenText, Passage
        >>> names = ("Intravenous infusion", "PLX-100", "bed rest")
        >>> [is_generic(GivenText(intervention=(Passage("/name", name),))) for name in names]
        [True, True, False]
    """
    name = text.intervention[0].text if text.intervention else ""
    if _GENERIC_NAME.search(name) or _CODE.match(name):
        return True
    if text.intervention_type not in _BIOLOGICAL:
        return False
    is_title = any(name.strip().lower() in title.text.lower() for title in text.study)
    return _BRAND.match(name) is not None or is_title
