"""Show what other programs' libraries read in our vCards: `python -m tests.check_vcards [FOLDER]`.

Every sample file goes into an empty book and out again, as 3.0 and as 4.0, and so do people made here with strange names.
vobject and icalendar are always asked; ical.js (Thunderbird, Nextcloud) and vcf from `node_modules` in FOLDER, else
fetched by npm; ez-vcard where its jar and a JDK are installed (Debian: libez-vcard-java). Each must find as many cards
as were written, of the same names. What was lawfully changed of the properties is counted. Ends with 1 when one objects.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import vobject
from icalendar.parser import Contentlines

from crm.domain.card import CardDraft
from crm.errors import KeepwarmError
from crm.formats import vcard
from crm.formats.vcard.values import unescape
from tests import npm
from tests.builders import a_book, a_person
from tests.cards_compared import CORPUS, OWN, bring_in, compare, write_cards

Names = list[str]
Said = dict[str, Names | str]  # by file: the names of its cards, or what went wrong
Asked = Callable[[Path], Said | None]  # of a folder of files; None: not installed

_JAVA = Path("/usr/share/java")
_STRANGE = (
    "Zoë 日本語 😀 " * 20,
    "C:\\New; comma, “quotes” \\n",
    "END:VCARD",
    "a\\;b\\,c",
    "x" * 300,
    "\u202eright to left\u202c",
)
_OBJECTS_SHOWN = 5
_STUMBLES = {"vcf": b"\nAGENT:"}  # it looks for the end of the card that a text of AGENT quotes


def written(folder: Path) -> tuple[Counter[str], list[str]]:
    """Fill `folder` with exports; return what changed lawfully, by its reason, and what didn't."""
    lawful: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        for number, path in enumerate((*OWN, *CORPUS)):
            book = a_book(Path(place), f"{number}.keepwarm")
            try:
                bring_in(book, path)
            except KeepwarmError:
                continue  # no card in it
            for version in ("3.0", "4.0"):
                out = folder / f"{number}-{path.stem}-{version}.vcf"
                if not write_cards(book, out, version):
                    continue  # nothing in it could be read
                found = compare(path, out)
                lawful += found.lawful
                wrong += [f"{out.name}: {name}:{value[:80]}" for name, value in (*found.lost, *found.made)]
        book = a_book(Path(place), "strange.keepwarm")
        for name in _STRANGE:
            a_person(book, name, company=name[:80], title=name[:80], notes=name)
        for version in ("3.0", "4.0"):
            write_cards(book, folder / f"strange-{version}.vcf", version)
    return lawful, wrong


def expected(path: Path) -> Names:
    """Return the names of the cards in a file, as our own reader has them."""
    with path.open("rb") as stream:
        cards = [one for one in vcard.read(stream, path.name) if isinstance(one, CardDraft)]
    properties = [vcard.properties(card.raw, card.version) for card in cards]
    return [
        next((unescape(one.value, old=False) for one in found if one.name.upper() == "FN"), "")
        for found in properties
    ]


def vobject_says(folder: Path) -> Said:
    """Ask the library of the program."""

    def names(data: str) -> Names:
        return [str(card.fn.value) for card in vobject.readComponents(data)]

    return _each(folder, names)


def icalendar_says(folder: Path) -> Said:
    """Ask icalendar's parser: content lines are the same, values of vCards aren't."""

    def names(data: str) -> Names:
        parts = [line.parts() for line in Contentlines.from_ical(data) if line]
        names = [(name.rpartition(".")[2].upper(), value) for name, _, value in parts]
        cards = sum(one == ("BEGIN", "VCARD") for one in names)
        return [value for name, value in names if name == "FN"][:cards]

    return _each(folder, names)


def _each(folder: Path, names: Callable[[str], Names]) -> Said:
    said: Said = {}
    for path in sorted(folder.glob("*.vcf")):
        try:
            said[path.name] = names(path.read_bytes().decode())
        except Exception as error:  # noqa: BLE001 - whatever a library objects to
            said[path.name] = f"{type(error).__name__}: {error}"[:200]
    return said


_ICAL_JS = """
import ICAL from "ical.js";
const names = text => {
  const found = ICAL.parse(text), cards = typeof found[0] === "string" ? [found] : found;
  return cards.map(card => String(card[1].find(one => one[0] === "fn")[3]));
};"""
_VCF = """
import vCard from "vcf";
const names = text => vCard.parse(text).map(card => { const fn = card.get("fn"); return String((Array.isArray(fn) ? fn[0] : fn).valueOf()); });"""
_READ = """
import fs from "node:fs";
const said = {};
for (const file of fs.readdirSync(process.argv[1]).filter(name => name.endsWith(".vcf"))) {
  try { said[file] = names(fs.readFileSync(process.argv[1] + "/" + file, "utf8")); } catch (error) { said[file] = String(error).slice(0, 200); }
}
console.log(JSON.stringify(said));
"""


def node_in(modules: Path, library: str, script: str) -> Asked:
    """Return how to ask a library whose `node_modules` stands in a folder."""

    def says(folder: Path) -> Said | None:
        node = shutil.which("node")
        if node is None or not (modules / "node_modules" / library).is_dir():
            return None
        return _answer([node, "--input-type=module", "--eval", script + _READ, str(folder)], modules)

    return says


_EZ_VCARD = """
import ezvcard.*; import java.io.*; import java.util.*;
public class Names { public static void main(String[] args) throws Exception {
  StringBuilder all = new StringBuilder("{"); File[] files = new File(args[0]).listFiles(); Arrays.sort(files);
  for (File file : files) { if (!file.getName().endsWith(".vcf")) continue;
    if (all.length() > 1) all.append(","); all.append(quoted(file.getName())).append(":[");
    boolean first = true;
    for (VCard card : Ezvcard.parse(file).all()) { if (!first) all.append(","); first = false;
      all.append(quoted(card.getFormattedName() == null ? "" : card.getFormattedName().getValue())); }
    all.append("]"); }
  new PrintStream(System.out, true, "UTF-8").println(all.append("}")); }
  static String quoted(String text) { StringBuilder out = new StringBuilder("\\"");
    for (char c : text.toCharArray()) out.append(c == '"' || c == '\\\\' ? "\\\\" + c : c < 32 || c > 126 ? String.format("\\\\u%04x", (int) c) : "" + c);
    return out.append('"').toString(); } }
"""


def ez_vcard_says(folder: Path) -> Said | None:
    """Ask ez-vcard, the reference (INTEROP.md 2.5)."""
    java, jar = shutil.which("java"), _JAVA / "ez-vcard.jar"
    if java is None or shutil.which("javac") is None or not jar.exists():
        return None
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "Names.java"
        source.write_text(_EZ_VCARD, "utf-8")
        path = ":".join(str(_JAVA / name) for name in ("ez-vcard.jar", "vinnie.jar", "jsoup.jar"))
        return _answer([java, "-cp", path, str(source), str(folder)], Path(place))


def _answer(asked: list[str], folder: Path) -> Said:
    answer = subprocess.run(asked, capture_output=True, cwd=folder, timeout=300, check=False)
    if answer.returncode:
        return {"": answer.stderr.decode(errors="replace").strip()[:300]}
    said: Said = json.loads(answer.stdout)
    return said


def objections(said: Said, wanted: dict[str, Names]) -> list[str]:
    """Return where a library found other cards. Escapes aside: not each of them resolves those of a name."""
    found = []
    for name, names in wanted.items():
        theirs = said.get(name, said.get("", "not read"))
        if isinstance(theirs, str):
            found.append(f"{name}: {theirs}")
        elif len(theirs) != len(names) or not all(map(_same, theirs, names)):
            found.append(f"{name}: {theirs[:3]} for {names[:3]}")
    return found


def _same(theirs: str, ours: str) -> bool:
    """Compare names. vobject and vcf end a text at a comma that isn't escaped, as it isn't where a card came that way."""
    return _bare(theirs) in (_bare(ours), _bare(ours.partition(",")[0]))


def _bare(name: str) -> str:
    return "".join(name.replace("\\n", "").replace("\\N", "").replace("\\", "").split())


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main(modules: Path | None = None) -> int:
    """Print what each library says; return how many object."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "out"
        folder.mkdir()
        lawful, wrong = written(folder)
        wanted = {path.name: expected(path) for path in sorted(folder.glob("*.vcf"))}
        say(f"{len(wanted)} files, {sum(map(len, wanted.values()))} cards")
        for reason, number in lawful.most_common():
            say(f"  lawful: {number} × {reason}")
        for one in wrong:
            say(f"  not lawful: {one}")
        if modules is None:
            modules = Path(place) / "node"
            modules.mkdir()
            npm.install(modules, ("ical.js@2", "vcf@2"), 120)
        libraries: dict[str, Asked] = {
            "vobject": vobject_says,
            "icalendar": icalendar_says,
            "ical.js": node_in(modules, "ical.js", _ICAL_JS),
            "vcf": node_in(modules, "vcf", _VCF),
            "ez-vcard": ez_vcard_says,
        }
        objecting = bool(wrong)
        for library, says in libraries.items():
            said = says(folder)
            if said is None:
                say(f"{library:<10} skipped: not installed")
                continue
            stumble = _STUMBLES.get(library)
            asked = {
                name: names
                for name, names in wanted.items()
                if stumble is None or stumble not in (folder / name).read_bytes()
            }
            found = objections(said, asked)
            objecting += bool(found)
            left_out = f", {len(wanted) - len(asked)} not asked" if len(asked) < len(wanted) else ""
            say(f"{library:<10} {len(asked) - len(found)} of {len(asked)} files as written{left_out}")
            for one in found[:_OBJECTS_SHOWN]:
                say(f"  {one}")
    return objecting


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None), 1))
