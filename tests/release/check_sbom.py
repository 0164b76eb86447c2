#!/usr/bin/env python3
"""The SBOM of the release says what the program says, and names everything that was linked. Says what is wrong.

    check_sbom.py PROGRAM     PROGRAM.spdx.json, PROGRAM.link.d and third-party-notices.txt are beside it

Form by SPDX 2.3, sections 6, 7 and 11 and its JSON schema; package URLs by purl-spec, type deb.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

DOCUMENT_FIELDS = {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo", "packages",
                   "relationships"}
PACKAGE_FIELDS = {"SPDXID", "name", "versionInfo", "supplier", "downloadLocation", "filesAnalyzed", "licenseConcluded",
                  "licenseDeclared", "copyrightText", "primaryPackagePurpose"}
LIBRARY_FIELDS = PACKAGE_FIELDS | {"sourceInfo", "externalRefs"}
PROGRAM_FIELDS = PACKAGE_FIELDS | {"checksums"}
ID = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
LICENCE = re.compile(r"[A-Za-z0-9.-]+\+?( WITH [A-Za-z0-9.-]+)?")
PURL = re.compile(r"pkg:deb/[a-z]+/([a-z0-9.%+-]+)@([A-Za-z0-9.%~_-]+)\?arch=[a-z0-9]+&distro=[a-z]+-[0-9.]+",
                  re.IGNORECASE)
LINE = re.compile(r"^  (\S+) (\S+) \((\S+) (\S+)\)$", re.M)


def document_faults(document):
    """What breaks the form of a document as a whole."""
    if set(document) != DOCUMENT_FIELDS:
        yield f"the document's members are {sorted(document)}"
        return
    for field, wanted in (("spdxVersion", "SPDX-2.3"), ("dataLicense", "CC0-1.0"), ("SPDXID", "SPDXRef-DOCUMENT")):
        if document[field] != wanted:
            yield f"{field} is {document[field]}"
    if not re.fullmatch(r"https://[^#\s]+", document["documentNamespace"]):
        yield f"documentNamespace is {document['documentNamespace']}"
    try:
        datetime.datetime.strptime(document["creationInfo"]["created"], "%Y-%m-%dT%H:%M:%SZ")
    except ValueError as fault:
        yield f"created: {fault}"
    for creator in document["creationInfo"]["creators"] or ["nobody"]:
        if not re.match(r"(Person|Organization|Tool): \S", creator):
            yield f"creator {creator}"


def package_faults(package, fields):
    if set(package) != fields:
        yield f"{package.get('name')} has {sorted(package)}"
        return
    if not ID.fullmatch(package["SPDXID"]):
        yield f"SPDXID {package['SPDXID']}"
    if package["filesAnalyzed"] is not False:
        yield f"{package['name']}: files were not analysed"
    for field in ("licenseConcluded", "licenseDeclared"):
        for licence in package[field].split(" AND "):
            if not LICENCE.fullmatch(licence):
                yield f"{package['name']}: {field} {package[field]}"
    for reference in package.get("externalRefs", ()):
        found = PURL.fullmatch(reference["referenceLocator"])
        if (reference["referenceCategory"], reference["referenceType"]) != ("PACKAGE-MANAGER", "purl") or not found:
            yield f"{package['name']}: {reference}"
            continue
        written = " ".join(found.groups()).replace("%2B", "+").replace("%3A", ":")
        if written != package["sourceInfo"]:
            yield f"{package['name']}: {reference['referenceLocator']} is not {package['sourceInfo']}"


def relationship_faults(document):
    program, *libraries = (package["SPDXID"] for package in document["packages"])
    wanted = {("SPDXRef-DOCUMENT", "DESCRIBES", program)}
    wanted |= {(program, "STATIC_LINK", library) for library in libraries}
    found = {(one["spdxElementId"], one["relationshipType"], one["relatedSpdxElement"])
             for one in document["relationships"]}
    yield from (f"relationship {one}" for one in sorted(found ^ wanted))
    if len(set(libraries) | {program}) != len(document["packages"]):
        yield "two packages have one SPDXID"


def version_faults(document, said):
    """`said` is what the program answers to --version."""
    program, *libraries = document["packages"]
    first = said.splitlines()[0].split()[-1]
    if program["versionInfo"] != first:
        yield f"the program is {first}, the SBOM says {program['versionInfo']}"
    listed = {(one["name"], one["versionInfo"], one["sourceInfo"]) for one in libraries}
    linked = {(name, version, f"{package} {packaged}") for name, version, package, packaged in LINE.findall(said)}
    yield from (f"of what the program names the SBOM lacks {one}" for one in sorted(linked - listed))
    yield from (f"of what the SBOM names the program lacks {one}" for one in sorted(listed - linked))


def sources_of(paths):
    """Debian's source package of each of these files; of a file that no package has, the file itself."""
    said = subprocess.run(["dpkg-query", "-S", *paths], text=True, capture_output=True, check=False).stdout
    owners = {path: owner.partition(":")[0] for owner, path in re.findall(r"^(.+?): (/.+)$", said, re.M)}
    sources = source_packages(set(owners.values()))
    return {path: sources[owners[path]] if path in owners else path for path in paths}


def source_packages(packages):
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${source:Package}\\n", *packages], text=True,
                          capture_output=True, check=True).stdout
    return dict(line.split() for line in said.splitlines())


def link_faults(document, linked):
    """`linked` are the files that the linker read and that were not built here."""
    named = {one["sourceInfo"].split()[0] for one in document["packages"][1:]}
    sources = set(source_packages(named - {"curl"}).values())
    for path, source in sources_of(linked).items():
        if source not in sources:
            yield f"{path} ({source}) was linked, and the SBOM does not name it"


def linked_files(program):
    """Libraries and start files of the machine. What lies elsewhere was built here: our code and curl."""
    text = pathlib.Path(f"{program}.link.d").read_text(encoding="utf-8").replace("\\\n", " ")
    inputs = text.partition(":")[2].split("\n")[0].split()
    paths = dict.fromkeys(os.path.normpath(one) for one in inputs)
    return [path for path in paths if path.startswith(("/usr/", "/lib"))]


def check(program):
    """Every fault, a line each."""
    document = json.loads(pathlib.Path(f"{program}.spdx.json").read_text(encoding="utf-8"))
    found = list(document_faults(document))
    if found:
        return found
    for number, package in enumerate(document["packages"]):
        found += package_faults(package, LIBRARY_FIELDS if number else PROGRAM_FIELDS)
    if found:
        return found
    said = subprocess.run([program, "--version"], text=True, capture_output=True, check=True).stdout
    found += [*relationship_faults(document), *version_faults(document, said)]
    digest = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    if document["packages"][0]["checksums"] != [{"algorithm": "SHA256", "checksumValue": digest}]:
        found.append("the SBOM is that of another program")
    linked = linked_files(program)
    if not any(path.endswith("libssl.a") for path in linked):
        found.append(f"{program}.link.d does not say what was linked")
    found += link_faults(document, linked)
    notices = (pathlib.Path(program).parent / "third-party-notices.txt").read_text(encoding="utf-8")
    for part in document["packages"][1:]:
        if f"\n{part['name']} {part['versionInfo']} ({part['sourceInfo']}): {part['licenseConcluded']}\n" not in notices:
            found.append(f"third-party-notices.txt has nothing of {part['name']}")
    return found


if __name__ == "__main__":
    faults = check(sys.argv[1])
    print("\n".join(faults) or f"{sys.argv[1]}.spdx.json names what is linked", file=sys.stderr if faults else sys.stdout)
    sys.exit(bool(faults))
