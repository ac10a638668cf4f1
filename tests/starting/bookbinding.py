"""A field far from that of the project's own digest: how medieval books were bound. Invented."""

from __future__ import annotations

import json

TOPICS = ("Sewing structures", "Boards & covers", "Parchment and leather", "Conservation")

DESCRIPTION = "How books were sewn, boarded and covered before 1500, and how they are kept."

#: Papers: a title, authors, a DOI or none, an abstract.
_MARCH = """\
Sewing structures of Carolingian bindings from a Lake Constance abbey
Adela Brunnhofer, Tove Lindqvist
10.99999/codex.2026.014
Forty bindings of the ninth century were examined without taking them apart. We describe three
sewing structures, of which one was not known north of the Alps.

Lacing paths in oak boards: a census of 212 volumes
Piers Hollowell
10.99999/codex.2026.015
Boards keep the paths in which sewing supports were laced. This article reports a census of 212
oak boards and dates them by their channels.

Limp parchment covers as working bindings of notaries
Solène Castanier
-
Registers of notaries in Provence were bound in limp parchment. We argue that these covers were
made by stationers and not by binders.

Alum-tawed skin and its look-alikes: telling leather by collagen
Ingeborg Maas, Kofi Adomako
10.99999/skin.2026.3
Parchment, tawed skin and tanned leather are often mistaken for one another. A method of peptide
analysis tells goat from sheep in covers of the twelfth century.

Endbands worked in two colours at Hildesheim
Wiltrud Ackermann
-
The endbands of eleven volumes are worked in two colours over a core of cord. We present
drawings and trace them to one workshop.

Rebacking without regret: conservation of split spines
Una McGarrigle
10.99999/keep.2026.77
We report on thirty years of conservation in which split spines were given a hollow of paper.
Openings improved, and no sewing was lost.
"""

_APRIL = """\
Coptic sewing and its supposed heirs
Nadia Boutros
10.99999/codex.2026.021
It has long been held that unsupported sewing travelled west from Egypt. This paper reviews the
evidence and finds two inventions rather than one.

Chemises, girdle books and other covers that leave no trace
Aurelio Fantini
-
Textile covers are known from paintings. We compile 140 depictions and compare them with the
seven covers that survive.

Beech or oak? Wood of boards under the microscope
Jiřina Vávrová
10.99999/wood.2026.9
Thin sections of boards from Bohemia show beech where catalogues say oak. We examine what this
means for the trade in wood.

Animal glue in raking light: conservation treatments of a choir book
Una McGarrigle, Piers Hollowell
-
A choir book was treated four times between 1890 and 1974. We reconstruct the treatments from
traces of glue, and describe the conservation that followed.

Sewing stations and the economy of thread
Tove Lindqvist
10.99999/codex.2026.022
How much thread did a binder need? We measure sewing stations in 90 gatherings and estimate the
thread and the hours of a psalter.

Hair side, flesh side: parchment makers of Bologna in their accounts
Ginevra Toschi
10.99999/skin.2026.5
Accounts of 1286 to 1311 name makers of parchment, prices and complaints. We offer an edition
with a study of how skins were sorted.
"""


def listing(*, april: bool = False) -> str:
    """A listing of half a dozen papers, as JSON Lines."""
    papers = (_APRIL if april else _MARCH).strip().split("\n\n")
    return "".join(f"{json.dumps(_record(paper), ensure_ascii=False)}\n" for paper in papers)


def _record(paper: str) -> dict[str, object]:
    title, authors, doi, *abstract = paper.split("\n")
    ids = {} if doi == "-" else {"doi": doi}
    return {"title": title, "authors": authors.split(", "), "abstract": " ".join(abstract), **ids}
