from __future__ import annotations

import pytest

from generator import content
from generator.check import Report, check
from generator.folder import Folder
from generator.topics import usage
from generator.views.assemble import digest_of
from tests.builders import prose
from tests.conftest import TOPICS_YML
from tests.storage.test_library import LEDGER, write


def record(title: str, abstract: str = "", more: str = "") -> str:
    return (
        f"title: {title}\nabstract: {abstract or prose(title)}\n"
        f"appearances:\n- {{source: s, date: 2026-01-01, file: f}}\n{more}"
    )


def report(folder: Folder) -> Report:
    return check(content.read(folder))


def papers_settings(folder: Folder, settings: str, more: str = "") -> None:
    folder.topics_yml.write_text(f"{TOPICS_YML}{more}settings: {{{settings}}}\n", encoding="utf-8")


@pytest.fixture
def papers(folder: Folder) -> Folder:
    """A digest of two papers about which there is nothing to say."""
    papers_settings(folder, "threshold: 5")
    write(folder, "papers/2026/p.yml", record("Information Retrieval", "Nothing else."))
    write(folder, "papers/2026/q.yml", record("Audio of Birds", "Twitter."))
    write(folder, "ledger/x.yml", LEDGER.replace("[p]", "[p, q]"))
    return folder


def test_nothing_to_say(papers: Folder) -> None:
    assert report(papers) == Report(notices=(), papers=2, editions=1, topics=2, listings=1)


def test_possible_duplicates_until_the_curator_decides(papers: Folder) -> None:
    write(papers, "papers/2026/r.yml", record("Audio of a Bird"))
    (notice,) = report(papers).notices
    assert notice.startswith("possible duplicate: q and r (titles 9")
    assert notice.endswith(
        "say `same_as` or `distinct_from` under `curation` in one of the records"
    )
    for decision in ("same_as: q", "distinct_from: [q]"):
        write(
            papers, "papers/2026/r.yml", record("Audio of a Bird", "", f"curation: {{{decision}}}")
        )
        assert report(papers).notices == ()


def test_papers_without_a_topic_and_topics_without_a_paper(papers: Folder) -> None:
    write(papers, "papers/2026/q.yml", record("Birds", "They sing."))
    assert report(papers).notices == (
        "no topic: q: say `topics` under `curation` (`[]` if none fits), or extend a rule",
        "topic without papers: speech",
    )


def test_a_paper_that_is_to_have_no_topic_is_settled(papers: Folder) -> None:
    for decision in ("topics: []", "drop_topics: [speech]"):
        decided = record("Audio of Birds", "Twitter.", f"curation: {{{decision}}}")
        write(papers, "papers/2026/q.yml", decided)
        assert report(papers).notices == ("topic without papers: speech",)


def test_decisions_that_contradict_each_other(papers: Folder) -> None:
    for field in ("topics", "add_topics"):
        both = f"curation: {{{field}: [speech, retrieval], drop_topics: [retrieval]}}"
        write(papers, "papers/2026/q.yml", record("Audio of Birds", "Twitter.", both))
        (notice,) = report(papers).notices
        assert notice == (
            f"contradiction: q: retrieval is in `{field}` and in `drop_topics`, which wins: "
            "keep it in one of the two"
        )


def test_words_in_a_record_that_only_leads_on(papers: Folder) -> None:
    text = record("Birds", "Twitter, too.", "curation: {same_as: q, pick: true}")
    write(papers, "papers/2026/r.yml", text)
    assert report(papers).notices == (
        "decision that nobody sees: r: only leads to q: write its `pick` and `note` there",
    )


@pytest.mark.parametrize(
    "note, sign",
    [
        ("Some <b>bold</b> words", "'<b>'"),
        ("![a](https://a.org/p.png)", "'!['"),
        ("[js](javascript:alert(1))", "'[js]('"),
        ("*fine*, a < b, [x](https://a.org) and `<b>`", None),
    ],
)
def test_signs_in_a_note_that_do_nothing(papers: Folder, note: str, sign: str | None) -> None:
    said = f"curation:\n  note: '{note}'\n"
    write(papers, "papers/2026/q.yml", record("Audio of Birds", "Twitter.", said))
    write(papers, "editions/2026-01-01.yml", f"introduction: '{note}'\n")
    told = f"{sign} is shown as it is written: Markdown without HTML and pictures, and links to the"
    found = report(papers).notices
    if sign is None:
        assert found == ()
    else:
        assert [each.partition(" web")[0] for each in found] == [
            f"note: q: {told}",
            f"introduction: 2026-01-01: {told}",
        ]


def test_topics_that_readers_cannot_tell_apart(papers: Folder) -> None:
    text = papers.topics_yml.read_text(encoding="utf-8")
    write(
        papers, "topics.yml", text.replace("title: Speech & audio", "title: information Retrieval")
    )
    assert report(papers).notices == (
        "topics of one name: retrieval and speech: give them titles of their own",
    )


def test_topics_of_which_the_rules_are_not_sure(papers: Folder) -> None:
    papers_settings(papers, "threshold: 8")
    settle = "say `topics` under `curation`, which settles it"
    assert report(papers).notices == (
        f"weak topic: p: retrieval alone, on little evidence: {settle}",
        f"weak topic: q: speech alone, on little evidence: {settle}",
    )
    decided = record("Audio of Birds", "Twitter.", "curation: {topics: [speech]}")
    write(papers, "papers/2026/q.yml", decided)
    (only,) = report(papers).notices
    assert only.startswith("weak topic: p: ")
    papers_settings(papers, "threshold: 5, most_topics: 1")
    write(papers, "papers/2026/q.yml", record("Audio, search, speech", "Twitter."))
    assert report(papers).notices == (
        f"many topics: q: retrieval, or more that the rules found: {settle}",
        "topic without papers: speech",
    )


def test_guards_that_nothing_needed_yet_are_one_line(
    papers: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_ENOUGH", 2)
    against = "    against:\n" + 2 * "      - {phrases: [nowhere], weight: 1}\n"
    papers_settings(papers, "threshold: 5", against)
    (notice,) = (each for each in report(papers).notices if "match nothing" in each)
    assert notice == (
        "rules against a topic that match nothing: topics[1].against[0] (speech), "
        "topics[1].against[1] (speech): keep those that are for papers to come"
    )


def test_rules_that_say_nothing_of_the_library(
    papers: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_ENOUGH", 2)
    rules = "      - {phrases: [nowhere], weight: 1}\n"
    papers_settings(papers, "threshold: 5", rules)
    assert report(papers).notices == (
        (
            "rule that matches nothing: topics[1].rules[1] (speech: nowhere): is it written as "
            "papers write it?"
        ),
        *(
            f"rule that matches half the library: topics[{number}].rules[0] ({phrases}): 1 paper: "
            "ask for more words, for `places`, or for `only_with`"
            for number, phrases in enumerate(
                ("retrieval: retrieval, search", "speech: speech, audio")
            )
        ),
    )


@pytest.mark.parametrize(
    "title, abstract, curation, notice",
    [
        (
            '"Audio\\u202e of Birds"',
            "Twitter.",
            "",
            "q: title: characters that nobody sees: '\\u202e': take them out",
        ),
        (
            "Audio of Birds",
            '"Two  spaces."',
            "",
            "q: abstract: odd white space: '  ': write one plain space",
        ),
        (
            "Audio of Birds",
            "Twitter.",
            'curation: {title: "Audio\\tof Birds"}',
            "q: title: odd white space: '\\t': write one plain space",
        ),
        (
            "Audio of Birds",
            "Twitter.",
            'curation: {abstract: "Twit\\u200bter."}',
            "q: abstract: characters that nobody sees: '\\u200b': take them out",
        ),
        (
            "Audio of Birds",
            r"At 4\% of birds.",
            "",
            "q: abstract: LaTeX: '\\\\%': write what it stands for",
        ),
        (
            "Audio of Birds",
            r"As \cite{smith2020} said, $x$.",
            "",
            (
                r"q: abstract: LaTeX that is shown as it is written: '\\cite{smith2020}': "
                "say `abstract` under `curation` if it should read otherwise"
            ),
        ),
        (
            r"Audio of $\birds$",
            "Twitter.",
            "",
            (
                r"q: title: LaTeX that is shown as it is written: '$\\birds$': "
                "say `title` under `curation` if it should read otherwise"
            ),
        ),
        (
            "Audio of Birds",
            "Twit\ufffder.",
            "",
            "q: abstract: a character was lost before the text came here (U+FFFD): mend it",
        ),
    ],
)
def test_text_that_is_not_what_it_seems(
    papers: Folder, title: str, abstract: str, curation: str, notice: str
) -> None:
    write(papers, "papers/2026/q.yml", record(title, abstract, curation))
    assert report(papers).notices == (notice,)


def test_an_edition_that_no_page_shows(papers: Folder) -> None:
    write(papers, "editions/2026-01-02.yml", "title: Misdated\n")
    assert report(papers).notices == (
        (
            "edition without papers: 2026-01-02: no listing showed a paper on that day: name the "
            "file after the day that is meant (the nearest edition is 2026-01-01)"
        ),
    )


def test_a_pick_that_its_edition_does_not_show(papers: Folder) -> None:
    later = record("Audio in Search").replace("2026-01-01", "2026-01-02")
    write(papers, "papers/2026/later.yml", later)
    write(papers, "editions/2026-01-01.yml", "picks: [p, later]\n")
    assert report(papers).notices[0] == (
        "pick that is not shown: later, in the edition 2026-01-01: no listing of that day showed "
        "it: name it in an edition that has it (2026-01-02)"
    )


def test_a_pick_that_is_given_twice(papers: Folder) -> None:
    twin = record("Audio of Birds", "Twitter.", "curation: {same_as: q}\n")
    write(papers, "papers/2026/twin.yml", twin)
    write(papers, "editions/2026-01-01.yml", "picks: [p, q, twin]\n")
    said = [each for each in report(papers).notices if each.startswith("pick")]
    assert said == [
        (
            "pick given twice: q, in the edition 2026-01-01: keep it once (a paper that leads to "
            "another one counts as that one)"
        )
    ]
    (edition,) = digest_of(content.read(papers)).editions
    assert [entry.slug for entry in edition.picks] == ["p", "q"]


@pytest.mark.parametrize("said", ["hidden: true", "status: declined"])
def test_a_pick_that_is_hidden(papers: Folder, said: str) -> None:
    write(papers, "papers/2026/p.yml", record("Audio in Search") + f"curation: {{{said}}}\n")
    write(papers, "editions/2026-01-01.yml", "picks: [p]\n")
    assert (
        f"pick that is not shown: p, in the edition 2026-01-01: its record says `{said}`: "
        "take that back, or take the pick out"
    ) in report(papers).notices


def test_a_link_of_an_introduction_that_leads_nowhere(papers: Folder) -> None:
    write(papers, "editions/2026-01-01.yml", 'introduction: "[it](paper/p/)"\n')
    assert report(papers).notices == (
        (
            "link that leads nowhere: the introduction of the edition 2026-01-01: 'paper/p/': "
            "write it from the site's root, such as papers/SLUG/ or topics/ID/"
        ),
    )


def test_an_appearance_of_which_the_ledger_knows_nothing(papers: Folder) -> None:
    write(
        papers, "papers/2026/r.yml", record("Audio in Search").replace("2026-01-01", "2026-02-02")
    )
    (notice,) = report(papers).notices
    assert notice.startswith(
        "appearance without a listing: r: f of 2026-02-02 is not in the ledger"
    )


def test_appearances_that_came_with_an_export_are_accounted_for(papers: Folder) -> None:
    write(papers, "papers/2026/r.yml", record("Audio in Search").replace("file: f", "file: other"))
    export = LEDGER.replace("[p]", "[r]").replace("fingerprint: ab", "fingerprint: cd")
    write(papers, "ledger/y.yml", export + "export: true\n")
    assert report(papers).notices == ()


def test_days_that_did_not_go_well_of_late(papers: Folder) -> None:
    def listing(date: str, more: str) -> None:
        write(
            papers,
            f"ledger/{date}.yml",
            f"source: s\ndate: {date}\ndated_by: option\nfile: g\nfingerprint: of {date}\n"
            f"papers: []\n{more}",
        )

    listing("2026-01-02", "failure: no answer\n")
    listing("2026-01-03", "total: 7\n")
    assert report(papers).notices == (
        (
            "perhaps truncated: s of 2026-01-03: look whether it has more papers of that day, and "
            "bring them in: `digest ingest FILE --source s --date 2026-01-03`"
        ),
        (
            "failed: s of 2026-01-02 (no answer): ask again: "
            "`digest ingest FILE --source s --date 2026-01-02`"
        ),
    )
    # A month later nobody asks any more.
    listing("2026-02-01", "")
    late = report(papers).notices
    assert [each.split(":")[0] for each in late] == ["empty and unexpected", "perhaps truncated"]


def test_links_of_notes_lead_somewhere(papers: Folder) -> None:
    note = "[a](papers/p/) [b](/topics/speech/#x) [c](https://c.org) [d](papers/none/)"
    write(
        papers, "papers/2026/p.yml", record("Audio in Search") + f"curation: {{note: '{note}'}}\n"
    )
    broken = [each for each in report(papers).notices if "leads nowhere" in each]
    (only,) = broken
    assert only.startswith(
        "link that leads nowhere: p: 'papers/none/': write it from the site's root"
    )
