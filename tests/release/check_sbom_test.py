#!/usr/bin/env python3
"""Each check of check_sbom.py is tried with an SBOM of the release that breaks what it looks for."""

import copy
import json
import pathlib
import unittest

import check_sbom

PROGRAM = str(pathlib.Path(__file__).resolve().parents[2] / "build/release/backup-monitor")


class CheckSbom(unittest.TestCase):
    def setUp(self):
        self.document = json.loads(pathlib.Path(f"{PROGRAM}.spdx.json").read_text(encoding="utf-8"))
        self.library = self.document["packages"][1]
        self.said = "backup-monitor 1.2.3\n" + "".join(
            f"  {one['name']} {one['versionInfo']} ({one['sourceInfo']})\n" for one in self.document["packages"][1:])
        self.document["packages"][0]["versionInfo"] = "1.2.3"

    def assert_fault(self, words, found):
        found = list(found)
        self.assertTrue(any(words in one for one in found), (words, found))

    def test_the_release_has_none(self):
        self.assertEqual([], check_sbom.check(PROGRAM))

    def test_the_form_of_the_document(self):
        self.assertEqual([], list(check_sbom.document_faults(self.document)))
        for field, value in (("spdxVersion", "SPDX-2.2"), ("dataLicense", "MIT"), ("SPDXID", "SPDXRef-Document"),
                             ("documentNamespace", "https://x/#y"),
                             ("creationInfo", {"created": "2026-11-26", "creators": ["Tool: x"]}),
                             ("creationInfo", {"created": "2026-11-26T01:02:03Z", "creators": ["x"]}),
                             ("creationInfo", {"created": "2026-11-26T01:02:03Z", "creators": []})):
            with self.subTest(field=field, value=value):
                self.assertTrue(list(check_sbom.document_faults({**self.document, field: value})))
        del self.document["relationships"]
        self.assert_fault("members", check_sbom.document_faults(self.document))

    def test_the_form_of_a_package(self):
        purl = self.library["externalRefs"][0]
        self.assertEqual([], list(check_sbom.package_faults(self.library, check_sbom.LIBRARY_FIELDS)))
        for field, value in (("SPDXID", "SPDXRef-lib+"), ("filesAnalyzed", True), ("licenseConcluded", "MIT or so"),
                             ("licenseDeclared", ""), ("sourceInfo", "libssl-dev 1"),
                             ("externalRefs", [{**purl, "referenceType": "cpe23Type"}]),
                             ("externalRefs", [{**purl, "referenceLocator": "pkg:deb/libssl-dev"}])):
            with self.subTest(field=field, value=value):
                self.assertTrue(list(check_sbom.package_faults({**self.library, field: value},
                                                               check_sbom.LIBRARY_FIELDS)))
        del self.library["licenseConcluded"]
        self.assertTrue(list(check_sbom.package_faults(self.library, check_sbom.LIBRARY_FIELDS)))

    def test_each_library_is_linked_to_the_program_once(self):
        self.assertEqual([], list(check_sbom.relationship_faults(self.document)))
        lacking = copy.deepcopy(self.document)
        lacking["relationships"].pop()
        self.assert_fault("relationship", check_sbom.relationship_faults(lacking))
        self.document["packages"][2]["SPDXID"] = self.library["SPDXID"]
        self.assert_fault("one SPDXID", check_sbom.relationship_faults(self.document))

    def test_names_and_versions_are_those_of_the_program(self):
        self.assertEqual([], list(check_sbom.version_faults(self.document, self.said)))
        self.assert_fault("lacks", check_sbom.version_faults(self.document, self.said + "  zlib 1.2 (zlib1g-dev 1.2)\n"))
        self.assert_fault("the program is 1.2.4", check_sbom.version_faults(
            self.document, self.said.replace("1.2.3", "1.2.4")))
        self.library["versionInfo"] += ".1"
        found = list(check_sbom.version_faults(self.document, self.said))
        self.assertEqual(2, len(found), found)  # one is lacking on each side

    def test_what_is_linked_is_named(self):
        linked = check_sbom.linked_files(PROGRAM)
        self.assertTrue(any(path.endswith("libc.a") for path in linked), linked)
        self.assertEqual([], list(check_sbom.link_faults(self.document, linked)))
        zlib = next(str(path) for path in pathlib.Path("/usr/lib").glob("*/libz.a"))
        self.assert_fault("(zlib) was linked", check_sbom.link_faults(self.document, [zlib]))
        self.assert_fault("/usr/lib/nowhere.a", check_sbom.link_faults(self.document, ["/usr/lib/nowhere.a"]))
        without = [one for one in self.document["packages"] if one["name"] != "OpenSSL"]
        self.assert_fault("(openssl) was linked", check_sbom.link_faults({"packages": without}, linked))


if __name__ == "__main__":
    unittest.main()
