#!/usr/bin/python3
"""Render every sample mail and read it with Python's own e-mail and HTML parsers.

    check_mails.py RENDER_SAMPLES
"""

import email
import email.policy
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

VOID = {"meta", "br", "hr", "img", "link", "input"}
FORBIDDEN = {"script", "img", "link", "iframe", "object", "form", "svg", "base"}
# What may not reach a reader: controls, and what turns or hides text (the emoji selector U+FE0F may).
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
GMAIL_CUTS_AT = 102_000
LARGEST_MAIL = 300_000


class Page(html.parser.HTMLParser):
    """Fails on anything that is not well nested, and keeps what the checks ask for."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.seen = []
        self.faults = []
        self.words = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen.append((tag, attrs))
        if tag in FORBIDDEN:
            self.faults.append(f"<{tag}> in the page")
        for name, value in attrs.items():
            if name.startswith("on") or name in ("src", "href", "background"):
                self.faults.append(f"attribute {name} in the page")
            if value and "url(" in value:
                self.faults.append("remote content in a style")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


def check_page(text, language):
    page = Page()
    page.feed(text)
    page.close()
    yield from page.faults
    if page.open:
        yield f"never closed: {page.open}"
    tags = [tag for tag, _ in page.seen]
    if dict(page.seen).get("html", {}).get("lang") != language:
        yield "the page does not say its language"
    if tags.count("h1") != 1:
        yield "the page has not exactly one h1"
    levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3")]
    if any(after > before + 1 for before, after in zip(levels, levels[1:])):
        yield f"a heading level is skipped: {levels}"
    if any("scope" not in attrs for tag, attrs in page.seen if tag == "th"):
        yield "a table header without scope"
    # The last: headings of our own are not broken within a word, however narrow the page is.
    for wanted in ("prefers-color-scheme: dark", "max-width", 'name="color-scheme"', "th.m { overflow-wrap: normal; }"):
        if wanted not in text:
            yield f"no {wanted} in the page"
    if UNFIT.search("".join(page.words)):
        yield "an unfit character in the page"


def check_mail(raw, language):
    if re.search(rb"[^\x00-\x7f]", raw):
        yield "not ASCII"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        yield "a line end that is not CRLF"
    if max(map(len, raw.split(b"\r\n"))) > 78:
        yield "a line over 78 bytes"
    if len(raw) > LARGEST_MAIL:
        yield f"{len(raw)} bytes"
    for word in re.findall(rb"=\?[^ \r\n]*\?=", raw.split(b"\r\n\r\n")[0]):
        if len(word) > 75:
            yield "an encoded word over 75 bytes"

    mail = email.message_from_bytes(raw, policy=email.policy.default)
    for part in mail.walk():
        if part.defects:
            yield f"defects: {part.defects}"
    names = [name.lower() for name in mail.keys()]
    expected = ["date", "from", "subject", "message-id", "in-reply-to", "references",
                "auto-submitted", "x-auto-response-suppress", "mime-version", "content-type"]
    if names != expected:
        yield f"headers: {names}"
    for name in ("subject", "from", "date", "content-type"):
        if mail[name].defects:
            yield f"{name}: {mail[name].defects}"
    if [address.addr_spec for address in mail["from"].addresses] != ["backup@example.org"]:
        yield f"from: {mail['from']}"
    if mail["date"].datetime.utcoffset() is None:
        yield "a date without zone"
    if mail["references"].split() != ["<first@example.org>", "<before@example.org>"]:
        yield f"references: {mail['references']}"
    if mail.get_content_type() != "multipart/alternative":
        yield mail.get_content_type()
    if [part.get_content_type() for part in mail.iter_parts()] != ["text/plain", "text/html"]:
        yield "not text first, HTML second"
        return
    text, page = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    subject = mail["subject"]
    if not subject.startswith("[NS8 Backup] ") or len(subject.encode()) > 200:
        yield f"subject: {subject}"
    if UNFIT.search(subject) or UNFIT.search(text.replace("\n", "")):
        yield "an unfit character in subject or text"
    if "⟦" in subject + text + page:
        yield "a sentence is missing"
    if "\n\n\n" in text:
        yield "several empty lines in a row"
    yield from check_page(page, language)


def check_folder(folder):
    mails = sorted(folder.glob("*.eml"))
    if len(mails) < 90:
        yield f"only {len(mails)} mails"
    for path in mails:
        language = path.stem.rsplit(".", 1)[1]
        for fault in check_mail(path.read_bytes(), language):
            yield f"{path.name}: {fault}"
        page = path.with_suffix(".html").read_bytes()
        if len(page) > GMAIL_CUTS_AT:
            yield f"{path.name}: {len(page)} bytes of HTML"
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        # The last line end belongs to the boundary (RFC 2046, 5.1.1).
        if mail.get_body(("html",)).get_content().replace("\r\n", "\n").encode() != page.rstrip():
            yield f"{path.name}: the page does not survive its encoding"
        json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True, timeout=120)
        found = list(check_folder(pathlib.Path(folder)))
    print("\n".join(found) or "all sample mails are sound")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
