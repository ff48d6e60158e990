"""Old facts → facts with studies. Run: python migrate_studies.py DOCS/DATA   (docs/data, in place; run it once on the old shape)

Reads treatments.yml, findings.yml and references.yml; writes treatments.yml and findings.yml. Everything but the
three lists of results (benefits, further_treatment, harms) and findings.yml's records stays byte for byte.
Prints every place where the words that readers see become others ("DIFFERS"), and comments it had to move.
"""

import collections
import json
import re
import sys
from pathlib import Path

import yaml

GROUPS = ("benefits", "further_treatment", "harms")
COUNT = re.compile(r"^[\d,]+ of [\d,]+( \([\d,]+ of [\d,]+\))?$")
STOP = set("a an the of in on to or and with after before from for by at into no as is it that this when who had has up than more less up one two years year within while was were been its any".split())
STUDY, RESULT, OPTION = 0, 1, 2

# References that report the study; the others of the list stand with the result.
REFS = {("R92", "R221"): ["R92"], ("R92", "R224"): ["R92"], ("R70", "R73"): ["R70"], ("R18", "R231"): ["R18", "R231"]}
# Old design → (design of the study, note of the result, note of the option). Only by hand can words be told apart.
SUMMARY = "randomised trial; the figures come from the makers’ own summary"
HERN = "two men, after cells in a disc and after a dye test; both had surgery"
SICK = "randomised trial in people with severe sciatica"
LASER = "case series of one of the inventors, who writes that all of them got well"
BURN = "one man with worse sciatica and bowel and bladder trouble afterwards; surgeons found burn marks at the nerve"
WHO = "review of 13 randomised trials for the World Health Organization"
EPI = "review of 25 randomised trials (2,470 people in all)"
POOR = "review of 9 studies that it calls poor"
OPS = "review of 17 randomised trials of several operations"
DESIGNS = {
    SUMMARY + ". After 52 weeks the gap was not clear, a news page reports": (SUMMARY, "after 52 weeks the gap was not clear, a news page reports", None),
    "randomised trial; from the makers’ own summary, which calls none of them serious": (SUMMARY, "it calls none of them serious", None),
    **{f"{HERN}; {own}": (HERN, None, own) for own in (
        "one report warns of fibrin glue, too", "neither had ozone", "neither had laser or ozone", "we found none after thickened alcohol")},
    "one man after a dye test of a disc; we found none after laser": ("one man after a dye test of a disc", None, "we found none after laser"),
    "randomised trial; the chance of having reported recovery within the year, which came faster with early surgery. After two years 20 of 100 of both groups together called the result unsatisfactory": (
        SICK, None, "the chance of having reported recovery within the year, which came faster with early surgery. After two years 20 of 100 of both groups together called the result unsatisfactory"),
    SICK + "; the 95 of 100 count 39 of 100 who had surgery within the year": (SICK, None, "the 95 of 100 count 39 of 100 who had surgery within the year"),
    SICK + " (142 waited, 141 had early surgery)": (SICK, "142 waited, 141 had early surgery", None),
    "case series of laser alone by one of its inventors; nothing was found on both together": (LASER, None, "nothing was found on both together"),
    "one report after laser alone; nothing was found on both together": (BURN, None, "nothing was found on both together"),
    "single reports after ozone alone; nothing was found on both together": ("single reports after ozone alone", None, "nothing was found on both together"),
    "review of randomised trials for the World Health Organization, 8 of them on this question (0.33 standard units, 0.08 to 0.58)": (WHO, "8 of them on this question (0.33 standard units, 0.08 to 0.58)", None),
    EPI[:-1] + ", not all of them in this figure); the size of the gain comes from a summary of it, which calls it too small to matter to most people": (
        EPI, "not all of them in this figure; the size of the gain comes from a summary of it, which calls it too small to matter to most people", None),
    EPI + ", which reported side effects poorly": (EPI, "it reported side effects poorly", None),
    "review of 9 studies (487 of 598 people; single studies range from 36 to 91 of 100); it calls their quality poor": (POOR, "single studies range from 36 to 91 of 100", None),
    POOR + "; too few people to find rare harms": (POOR, "too few people to find rare harms", None),
    "review of 17 randomised trials": (OPS, None, None),
    OPS + "; how many were of laser, we do not know; the two rates come from different trials": (OPS, None, "how many were of laser, we do not know; the two rates come from different trials"),
    "two groups already treated, not made by chance": ("people picked from two groups already treated; chance did not decide who got which", None, None),
    "randomised trial; 25 people had ozone; one author works for a maker of ozone devices": ("randomised trial; one author works for a maker of ozone devices", "25 people had ozone", None),
    "case series of an earlier product": ("case series of an earlier product at three American centres", None, None),
    "randomised trial; the counts are our sum from 19 and 31 in 100; the gap may be chance": ("randomised trial at one hospital in Iran", "the counts are our sum from 19 and 31 in 100; the gap may be chance", None),
    "randomised trial; the counts are our sum from 31 and 19 in 100; the gap may be chance": ("randomised trial at one hospital in Iran", "the counts are our sum from 19 and 31 in 100; the gap may be chance", None),
    "randomised trial, not blinded; shares of 55 people with laser and 57 with surgery": ("randomised trial, not blinded", "shares of 57 people with surgery and 55 with laser", None),
    "comparison of two groups in Japan, not made by chance (23 of 233 people after the enzyme, 5 of 112 after surgery)": ("comparison of two groups in Japan, not made by chance", None, None),
    "follow-up of people who had a first discectomy in an American study (74 of 810); only operations for a new herniation are counted": ("follow-up of people who had a first discectomy in an American study; only operations for a new herniation are counted", None, None),
    "people with leg pain from the back who saw a family doctor in the United Kingdom; they had many kinds of care": ("people with leg pain from the back who saw a family doctor in the United Kingdom", None, "they had many kinds of care"),
    "people who saw a family doctor in the United Kingdom": ("people with leg pain from the back who saw a family doctor in the United Kingdom", None, None),
}
# The people behind a share that the words gave in brackets: (first reference, share) → people.
EXACT = {("R118", "10 of 100"): "23 of 233", ("R118", "4 of 100"): "5 of 112", ("R83", "9 of 100"): "74 of 810", ("R27", "81 of 100"): "487 of 598"}
# Short names where the reference names no person: first reference, or all of them → id of the study.
NAMES = {
    ("R104",): "spine-safety-england-2026", ("R105", "R106"): "ozone-infections", ("R105",): "ozone-sepsis-2007", ("R106",): "ozone-infections-romania-2017",
    ("R108",): "us-regulator-2014", ("R126",): "ozone-and-steroid-2015", ("R131",): "royal-orthopaedic-2026", ("R133",): "choy-2026",
    ("R146",): "norway-register-2019", ("R147",): "sweden-register-2004", ("R150",): "nhs-older-page", ("R174",): "private-clinic-page",
    ("R200", "R201", "R202"): "ozone-gas-three-reports", ("R200", "R201", "R202", "R203"): "ozone-gas-reports", ("R204",): "laser-burn-2007",
    ("R206", "R207"): "disc-abscess-reports", ("R207",): "disc-abscess-1997", ("R209", "R115"): "us-advisers-2025", ("R21",): "fibrin-trial-2014",
    ("R210", "R50"): "makers-sum-2024", ("R222",): "condoliase-japan-2018", ("R223", "R175"): "seikagaku-2018", ("R23",): "fibrin-glue-label-2009",
    ("R27",): "bayon-yusta-2018",
}
# Old words of an arm → (its id, its words, a note that keeps what they said beside it).
ARMS = {
    "early surgery planned at once (so nearly all had it)": ("discectomy", "early surgery", "early surgery was planned at once, so nearly all of those had it"),
    "waiting, with surgery later if needed": ("time-and-activity", "waiting, with surgery later if needed", None),
    "early surgery": ("discectomy", "early surgery", None),
    "waiting": ("time-and-activity", "waiting", None),
    "usual surgery": ("discectomy", "usual surgery", None),
}
SAME_ARM = {("R92", "a pretend injection"): "a pretend injection that did not enter the disc"}
OWN = {("R112", "discectomy"): "open surgery", ("R111", "discectomy"): "usual surgery", ("R70", "discectomy"): "early surgery",
       ("R70", "time-and-activity"): "waiting, with surgery later if needed", ("R11", "pldd"): "laser (PLDD)", ("R28", "pidd"): "thickened alcohol",
       ("R86", "time-and-activity"): "waiting", ("R111", "pldd"): "laser (PLDD)"}
# A result of another option, seen from here: (option, first reference, words of how often) → (result it is, words).
BORROWED = {
    ("hybrid-laser", "R133", "Unknown for both together; 3 of 309 after laser alone"): ("3 of 309", "Unknown for both together; {found} after laser alone"),
    ("hybrid-laser", "R204", "Unknown"): ("Unknown; one report", "Unknown"),
}


def main(folder: Path) -> None:
    text = (folder / "treatments.yml").read_text(encoding="utf-8")
    facts, refs = yaml.safe_load(text), yaml.safe_load((folder / "references.yml").read_text(encoding="utf-8"))
    old_findings = (folder / "findings.yml").read_text(encoding="utf-8")
    findings = yaml.safe_load(old_findings)
    if "studies" in facts:
        sys.exit("already in the new shape")
    items = [
        {**item, "option": key, "group": group, "place": (key, group, index)}
        for key, option in facts.items() for group in GROUPS for index, item in enumerate(option[group])
    ]
    pictures = {}
    for key, finding in findings.items():
        pictures[key] = {**{n: finding[n] for n in ("follow_up", "people", "design", "run_by", "refs")}, "option": None, "finding": finding, "place": key}
    studies = Studies(facts, refs)
    for item in [*items, *pictures.values()]:
        studies.prepare(item)
    # Those with a comparison name the arms; what is borrowed comes last, so that its own option names the result.
    for item in sorted(items, key=lambda i: (borrowed(i) is not None, i["comparison"] == "nobody")):
        studies.add(item)
    for picture in pictures.values():
        studies.draw(picture)
    (folder / "treatments.yml").write_text(rewrite(text, facts, items) + studies.text(), encoding="utf-8")
    (folder / "findings.yml").write_text(findings_text(old_findings, findings, pictures), encoding="utf-8")


def borrowed(item):
    return BORROWED.get((item["option"], item["main"][0], item["how_often"] if item["group"] == "harms" else item["here"]))


class Studies:
    def __init__(self, facts, refs):
        self.facts, self.refs, self.made, self.ids = facts, refs, {}, {}
        self.designs = collections.defaultdict(list)

    def prepare(self, item):
        """Tell the study's words from the result's and the option's; gather each study's designs."""
        main = REFS.get(tuple(item["refs"]), item["refs"])
        design, note, own = DESIGNS.get(item["design"], (item["design"], None, None))
        more = [r for r in item["refs"] if r not in main]
        item["main"], item["more"], item["own_refs"] = tuple(main), [] if own else more, more if own else []
        item.update(study=design, note=note, own=own)
        self.designs[item["main"]].append(item)

    def study(self, item):
        key = item["main"]
        if key in self.made:
            return self.made[key]
        group = self.designs[key]
        names = list(dict.fromkeys(i["study"] for i in group))
        if len(names) > 1:
            common = shared(names)
            if len(common.split()) > 1:
                for i in group:
                    rest = i["study"][len(common):].strip(" ;,.")
                    i["note"] = "; ".join(x for x in (rest, i["note"]) if x) or None
                    i["study"] = common
                print(f"NOTE {key}: told in {len(names)} ways; now once as '{common}', the rest as notes")
            else:
                print(f"DECIDE {key}: told in {len(names)} ways without common words; '{names[0]}' is kept, the others are lost: {names[1:]}")
                for i in group:
                    i["study"] = names[0]
        people = {i["people"] for i in group}
        follow = collections.Counter(i["follow_up"] for i in group)
        known = [f for f in follow if f != "Unknown"] or ["Unknown"]
        most = max(follow, key=lambda f: (follow[f], f in known))
        said = {self.refs[r]["run_by"] for r in key if r in self.refs}
        told = {i["run_by"] for i in group}
        if len(told) > 1:
            print(f"DECIDE {key}: run_by is told as {told}")
        run_by = group[0]["run_by"]
        self.made[key] = {
            "id": self.name(key), "design": group[0]["study"], "people": people.pop() if len(people) == 1 else "unknown",
            "arms": {}, "follow_up": most, "run_by": None if said == {run_by} else run_by, "refs": list(key), "results": {},
        }
        return self.made[key]

    def name(self, key):
        first = self.refs[key[0]]
        words = re.split(r"[,;]| et al", first["authors"])[0]
        parts = slug(words).split("-")
        while len(parts) > 1 and len(parts[-1]) <= 2:
            parts.pop()  # initials
        base = NAMES.get(key) or "-".join(parts[:3]) + f"-{first['year']}"
        count = self.ids[base] = self.ids.get(base, 0) + 1
        return base if count == 1 else f"{base}-{count}"

    def arm(self, study, words, own):
        """The id of an arm by its words; the same words are the same arm."""
        if words in ARMS:
            name, words, _note = ARMS[words]
        else:
            name = next((n for n, w in study["arms"].items() if w == words and n != own), None) or arm_name(words, self.facts)
            name = slug(words) if name == own else name  # another way of doing the same
        if study["arms"].setdefault(name, words) != words:
            if name in self.facts:
                print(f"DIFFERS {study['refs']}: arm {name} is '{study['arms'][name]}', no longer '{words}'")
            else:
                name = slug(words)
                study["arms"][name] = words
        return name

    def own(self, item, key):
        """An option's own arm in the words by which others of the study call it."""
        called = [i["comparison_with"] for i in self.designs[item["main"]] if i.get("comparison_with") and i["option"] != key and arm_name(i["comparison_with"], self.facts) == key]
        return OWN.get((item["main"][0], key)) or next(iter(called), None) or first_lower(self.facts[key]["names"]["plain"])

    def add(self, item):
        study, key = self.study(item), item["option"]
        harm = item["group"] == "harms"
        what, here = item["text" if harm else "outcome"], item["how_often" if harm else "here"]
        measure = "words" if harm else item["measure"]
        said, words = borrowed(item) or (here, None)
        pointer = {"what": what, "words": words, "own": item["own"], "refs": item["own_refs"]}
        values, other = {}, None
        if item["comparison"] != "nobody":
            study["arms"].setdefault(key, self.own(item, key))
            beside = SAME_ARM.get((item["main"][0], item["comparison_with"]))
            if beside:
                print(f"DIFFERS {study['refs']}: arm '{item['comparison_with']}' becomes '{beside}'")
            other = self.arm(study, beside or item["comparison_with"], key)
            extra = ARMS.get(item["comparison_with"], (0, 0, None))[2]
            item["note"] = "; ".join(x for x in (item["note"], extra) if x) or None
            values = {key: exact(item, said)} if measure == "difference" else {key: exact(item, said), other: exact(item, item["comparison"])}
        elif study["arms"]:
            study["arms"].setdefault(key, self.own(item, key))
            values = {key: exact(item, said)}
        else:
            values = {"": exact(item, said)}
        assert item["comparison"] == "nobody" or measure == "difference" or len(values) == 2, item
        result = {
            "what": what, "values": values, "difference": measure == "difference", "scale": item.get("scale"), "interval": item.get("interval"),
            "follow_up": None if item["follow_up"] == study["follow_up"] else item["follow_up"],
            "people": None if item["people"] == study["people"] else item["people"], "note": item["note"], "more": item["more"],
        }
        name = self.same(study, result, pointer, key) or self.new(study, result)
        found = study["results"][name]
        pointer["result"] = f"{study['id']}.{name}"
        pointer["text"] = what if what != found["what"] else None
        if found["more"] != item["more"]:
            pointer["refs"] = [r for r in item["more"] if r not in found["more"]]
        with_result = [a for a in (study["arms"] if found["difference"] else found["values"]) if a != key]
        pointer["against"] = "nobody" if other is None and len(with_result) and found["values"].keys() != {key} and study["arms"] else None
        if other and found["difference"]:
            pointer["other"] = other, study  # named when the study has more arms in the end
        item["pointer"], item["controlled"] = pointer, item["comparison"] != "nobody"

    def same(self, study, result, pointer, key):
        """Find the result that is told already, from this arm or another."""
        for name, other in study["results"].items():
            alike = all(other[f] == result[f] for f in ("difference", "scale", "interval", "follow_up", "people"))
            mapped = other["values"] == result["values"] or (
                len(result["values"]) == 1 and result["values"].items() <= other["values"].items() and not result["difference"])
            counted = any(re.match(r"\d", v) for v in result["values"].values())
            if alike and mapped and (other["what"] == result["what"] or pointer["words"] or counted and len(other["values"]) > 1):
                if result["note"] and result["note"] != other["note"]:
                    if other["note"]:
                        print(f"DIFFERS {study['refs']}: '{result['note']}' becomes '{other['note']}' ({key})")
                    else:
                        pointer["own"] = "; ".join(x for x in (result["note"], pointer["own"]) if x)
                return name
        return None

    def new(self, study, result):
        words = [w for w in slug(result["what"].split(":")[0] if len(result["what"].split(":")[0]) > 8 else result["what"]).split("-") if w not in STOP]
        base = "-".join(words[:3]) or "result"
        name, count = base, 2
        while name in study["results"]:
            name, count = f"{base}-{count}", count + 1
        study["results"][name] = result
        return name

    def draw(self, picture):
        finding, study = picture["finding"], self.study(picture)
        rows = finding["rows"]
        if len(rows) == 1:
            for name, result in study["results"].items():
                if list(result["values"].values()) == [rows[0]["count"]]:
                    break
            else:
                name = self.new(study, self.plain(rows[0]["label"], {"": rows[0]["count"]}))
            picture["label"] = rows[0]["label"]
        else:
            for row in rows:
                study["arms"]["-".join(slug(row["label"]).split("-")[:1] if not re.match("at age", row["label"].lower()) else slug(row["label"]).split("-")[1:])] = row["label"]
            name = self.new(study, self.plain(finding["title"], dict(zip(study["arms"], (r["count"] for r in rows)))))
            picture["label"] = None
        picture["result"] = f"{study['id']}.{name}"

    def plain(self, what, values):
        return {"what": what, "values": values, "difference": False, "scale": None, "interval": None, "follow_up": None, "people": None, "note": None, "more": []}

    def text(self):
        lines = ["", "# Every study, once: the options above and the pictures of findings.yml point to its results.",
                 "# Correct a number here, and both sides of a comparison have it. The editing guide has a study to copy.", "studies:"]
        for study in sorted(self.made.values(), key=lambda s: s["id"]):
            lines += [f"  {study['id']}:", f"    design: {quoted(study['design'])}", f"    people: {study['people']}"]
            if study["arms"]:
                lines += ["    arms:", *(f"      {name}: {quoted(words)}" for name, words in study["arms"].items())]
            lines.append(f"    follow_up: {quoted(study['follow_up'])}")
            if study["run_by"]:
                lines.append(f"    run_by: {study['run_by']}")
            lines += [f"    refs: [{', '.join(study['refs'])}]", "    results:"]
            for name, result in study["results"].items():
                lines += [f"      {name}:", f"        what: {quoted(result['what'])}", *found_lines(result, study)]
                lines += [f"        {field}: {quoted(result[field])}" for field in ("scale", "interval", "follow_up") if result[field]]
                if result["people"]:
                    lines.append(f"        people: {result['people']}")
                if result["note"]:
                    lines.append(f"        note: {quoted(result['note'])}")
                if result["more"]:
                    lines.append(f"        refs: [{', '.join(result['more'])}]")
        return "\n".join(lines) + "\n"


def found_lines(result, study):
    field, values = "difference" if result["difference"] else "found", result["values"]
    if list(values) == [""]:
        return [f"        {field}: {value(values[''])}"]
    if field == "found" and len(study["arms"]) == 2 == len(values) and len(set(values.values())) == 1 and not COUNT.match(next(iter(values.values()))):
        return [f"        {field}: {value(next(iter(values.values())))}"]
    line = f"        {field}: {{{', '.join(f'{a}: {value(v, True)}' for a, v in values.items())}}}"
    return [line] if len(line) < 120 else [f"        {field}:", *(f"          {a}: {value(v)}" for a, v in values.items())]


def value(text, flow=False):
    return text if COUNT.match(text) and not (flow and "," in text) else quoted(text)


def exact(item, text):
    people = EXACT.get((item["main"][0], text))
    return f"{text} ({people})" if people else text


def arm_name(words, facts):
    if "PLDD" in words:
        return "pldd"
    if re.match(r"(early |open |usual )?surgery|discectomy", words) and "microscope" not in words:
        return "discectomy"
    core = [w for w in slug(re.sub(r"\(.*?\)", "", words)).split("-") if w not in STOP - {"no"}]
    name = "-".join(core[:2])
    return f"{name}-arm" if name in facts else name


def shared(names):
    """The words that all wordings begin with, cut where a part ends if that leaves enough."""
    words = [n.split(" ") for n in names]
    same = 0
    while all(len(w) > same and w[same].strip(";,.") == words[0][same].strip(";,.") for w in words):
        same += 1
    return " ".join(words[0][:same]).strip(" ;,.")


def rewrite(text, facts, items):
    """Replace the three lists of each option, and nothing else."""
    lines, out, option, at = text.rstrip("\n").split("\n"), [], None, 0
    while at < len(lines):
        line = lines[at]
        if found := re.match(r"^([a-z0-9-]+):", line):
            option = found[1]
        found = re.match(r"^  (benefits|further_treatment|harms):(.*)$", line)
        if not found:
            out.append(line)
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (lines[end].startswith("    ") or lines[end].lstrip().startswith("#") and lines[end].startswith("  ")):
            end += 1
        block = lines[at:end]
        kept = [b for b in block[1:] if b.lstrip().startswith("#")]
        kept += [f"    # {m[1]}" for b in block if (m := re.search(r'(?:"|\]|\w)\s+# (.*)$', b)) and not b.lstrip().startswith("#")]
        if kept:
            print(f"COMMENT moved to the head of {option}.{found[1]}: {kept}")
        mine = [i for i in items if i["option"] == option and i["group"] == found[1]]
        out += ([f"  {found[1]}:", *kept] if mine else [line])
        # Harms keep their editor's order: the gravest are known from single reports.
        ordered = mine if found[1] == "harms" else sorted(mine, key=lambda i: not i["controlled"])
        if ordered != mine:
            print(f"DIFFERS {option}.{found[1]}: those with a comparison group now stand first")
        for item in ordered:
            out += pointer_lines(item["pointer"])
        at = end
    return "\n".join(out) + "\n"


def pointer_lines(p):
    lines = [f"    - result: {p['result']}"]
    if "other" in p and len(p["other"][1]["arms"]) > 2:
        p["against"] = p["other"][0]
    if p["against"]:
        lines.append(f"      against: {p['against']}")
    for field, name in (("text", "text"), ("words", "words"), ("own", "note")):
        if p[field]:
            lines.append(f"      {name}: {quoted(p[field])}")
    if p["refs"]:
        lines.append(f"      refs: [{', '.join(p['refs'])}]")
    return lines


def findings_text(old, findings, pictures):
    head = """# Findings that are shown as pictures of people, once.
# Made from this file: the "out of 100" pictures on the pages, printed by {{ people_picture("leg-pain-after-a-year") }}.
# The numbers, and the study with its references, stand in the studies of treatments.yml.
#
# One record a picture:
#   title      what the picture shows, and of whom
#   unit       what is counted: people, or herniations on scans
#   result     the study and its result, with a dot between; a row for each arm
#   label      the row's name, where there is one row
#   compared   with whom; leave out for nobody
"""
    lines = []
    for key, finding in findings.items():
        picture = pictures[key]
        lines += ["", f"{key}:", f"  title: {quoted(finding['title'])}", f"  unit: {finding['unit']}", f"  result: {picture['result']}"]
        if picture["label"]:
            lines.append(f"  label: {quoted(picture['label'])}")
        if finding["compared"] != "nobody":
            lines.append(f"  compared: {quoted(finding['compared'])}")
    return (head if old.startswith("#") else "") + "\n".join(lines if old.startswith("#") else lines[1:]) + "\n"


def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def first_lower(text):
    return text[:1].lower() + text[1:]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
