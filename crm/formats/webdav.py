"""WebDAV and CalDAV XML (RFC 4918, RFC 4791): what a server is asked, and its answers read as from a stranger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from crm.domain.folding import clean
from crm.domain.meeting import Span

DAV = "DAV:}"
CALDAV = "urn:ietf:params:xml:ns:caldav}"
_MOST_DEPTH = 60
_NAMESPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
_OK = " 200"


class NotXml(ValueError):
    """An answer that isn't XML, or that we don't read: entities could make a terabyte of a kilobyte."""


@dataclass(slots=True)
class Node:
    """An element by its full name ("DAV:}href"), with what its `name` attribute says, its text and its children."""

    name: str
    label: str = ""
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def find(self, *path: str) -> "Node | None":
        """Return the first descendant along a path of names."""
        found: Node | None = self
        for name in path:
            found = next((one for one in found.children if one.name == name), None) if found else None
        return found

    def all(self, name: str) -> Iterator["Node"]:
        """Yield the children of a name."""
        return (one for one in self.children if one.name == name)

    def said(self, *path: str) -> str:
        """Return the text along a path, '' where there is none."""
        found = self.find(*path)
        return clean(found.text).strip() if found else ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a multistatus answer: its address as told, and its properties that are there."""

    href: str
    props: Node


def multistatus(data: bytes) -> tuple[Resource, ...]:
    """Return the resources that an answer tells of; those that it says aren't there are left out. Raises `NotXml`."""
    root = _parsed(data)
    if root.name != f"{DAV}multistatus":
        raise NotXml(root.name)
    found = []
    for response in root.all(f"{DAV}response"):
        props = Node("props")
        states = list(response.all(f"{DAV}propstat"))
        for state in states:
            if _OK in f" {state.said(f'{DAV}status')} ":
                inner = state.find(f"{DAV}prop")
                props.children += inner.children if inner else []
        href = response.said(f"{DAV}href")
        if href and states:
            found.append(Resource(href, props))
    return tuple(found)


def propfind(*names: str) -> bytes:
    """Ask for properties by their short names ("d:displayname")."""
    return _document("d:propfind", f"<d:prop>{_props(names)}</d:prop>")


def multiget(hrefs: Iterable[str], *names: str) -> bytes:
    """Ask for properties of these events."""
    listed = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return _document("c:calendar-multiget", f"<d:prop>{_props(names)}</d:prop>{listed}")


def events_between(span: Span) -> bytes:
    """Ask for the events of some days, a day more at both ends for the zones there are."""
    days = f'start="{span.since:%Y%m%d}T000000Z" end="{span.until:%Y%m%d}T235959Z"'
    inner = f'<c:comp-filter name="VEVENT"><c:time-range {days}/></c:comp-filter>'
    wanted = f'<c:filter><c:comp-filter name="VCALENDAR">{inner}</c:comp-filter></c:filter>'
    return _document("c:calendar-query", f"<d:prop>{_props(('c:calendar-data',))}</d:prop>{wanted}")


def new_calendar(name: str) -> bytes:
    """Ask for a new calendar of events."""
    holds = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
    called = f"<d:displayname>{escape(clean(name))}</d:displayname>"
    return _document("c:mkcalendar", f"<d:set><d:prop>{called}{holds}</d:prop></d:set>")


def _document(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><{root} {_NAMESPACES}>{inner}</{root}>'.encode()


def _props(names: Iterable[str]) -> str:
    return "".join(f"<{name}/>" for name in names)


def _parsed(data: bytes) -> Node:
    top = Node("")
    stack = [top]
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _MOST_DEPTH:
            raise NotXml(name)
        node = Node(name, attributes.get("name", ""))
        stack[-1].children.append(node)
        stack.append(node)

    def end(_name: str) -> None:
        stack.pop()

    def text(words: str) -> None:
        stack[-1].text += words

    def refuse(*_: object) -> None:
        raise NotXml("document type")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotXml(str(error)) from error
    return top.children[0]
