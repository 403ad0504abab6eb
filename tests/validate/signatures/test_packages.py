"""Signatures of workbooks: what they cover, what was changed or added after them, hostile packages."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from lxml import etree

from lienvung.domain.signatures import INVALID, UNREADABLE, VALID_TRUSTED, VALID_UNTRUSTED, Signature
from lienvung.validate.signatures.apart import Limits
from tests.validate.signatures.authority import DAY, NOW, Holder, issue, look, middle, officer
from tests.validate.signatures.markup_maker import (
    C14N,
    DOC,
    WORKBOOK,
    c14n,
    enveloped,
    office_signature,
    reference,
    signature,
    signed_workbook,
    transform,
    zipped,
)  # fmt: skip


def one(parts: dict[str, bytes] | list[tuple[str, bytes]], trust: Path) -> Signature:
    report = look(zipped(parts), trust)
    assert report.problem is None
    (found,) = report.signatures
    return found


def test_a_signed_workbook(trust: Path) -> None:
    found = one(signed_workbook(officer()), trust)
    assert (found.form, found.state, found.reason) == ("ooxml", VALID_TRUSTED, None)
    assert (found.signer, found.signed_at, found.covers_whole) == ("Nguyễn Văn A", NOW, True)


def test_a_workbook_without_a_signature(trust: Path) -> None:
    assert look(zipped(WORKBOOK), trust).is_unsigned


def test_a_signer_of_an_unknown_authority(no_trust: Path) -> None:
    assert one(signed_workbook(officer()), no_trust).state == VALID_UNTRUSTED


def test_one_changed_figure(trust: Path) -> None:
    parts = signed_workbook(officer())
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"1234.5", b"1234.6")
    found = one(parts, trust)
    assert (found.state, found.covers_whole) == (INVALID, False)
    assert found.reason and "/xl/worksheets/sheet1.xml" in found.reason.vi


def test_a_part_taken_away(trust: Path) -> None:
    parts = signed_workbook(officer())
    del parts["xl/worksheets/sheet1.xml"]
    found = one(parts, trust)
    assert found.state == INVALID
    assert found.reason and "không còn trong tệp" in found.reason.vi


def test_properties_may_change(trust: Path) -> None:
    parts = signed_workbook(officer())
    parts["docProps/app.xml"] = b"<Properties><Company>X</Company></Properties>"
    assert one(parts, trust).covers_whole


def test_a_part_added_after_signing_is_named(trust: Path) -> None:
    parts = signed_workbook(officer())
    parts["xl/worksheets/sheet2.xml"] = b"<worksheet/>"
    found = one(parts, trust)
    assert (found.state, found.covers_whole) == (VALID_TRUSTED, False)
    assert any("sheet2.xml" in r.vi for r in found.remarks)


def test_a_relationship_turned_elsewhere(trust: Path) -> None:
    parts = signed_workbook(officer())
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"sheet1.xml", b"sheet9.xml")
    assert one(parts, trust).state == INVALID


def test_a_relationship_added_after_signing_is_named(trust: Path) -> None:
    parts = signed_workbook(officer())
    name = "xl/_rels/workbook.xml.rels"
    added = f'<Relationship Id="rId7" Type="{DOC}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode()
    parts[name] = parts[name].replace(b"</Relationships>", added)
    found = one(parts, trust)
    assert found.covers_whole is False
    assert any("rId7" in r.vi for r in found.remarks)


def test_a_second_main_part_is_named(trust: Path) -> None:
    parts = signed_workbook(officer(), skip=("_rels/.rels",))
    assert one(parts, trust).covers_whole
    added = f'<Relationship Id="rId9" Type="{DOC}/officeDocument" Target="xl/other.xml"/></Relationships>'.encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", added)
    assert one(parts, trust).covers_whole is False


def test_a_part_given_another_type(trust: Path) -> None:
    parts = signed_workbook(officer())
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(b"worksheet+xml", b"macrosheet+xml")
    assert one(parts, trust).state == INVALID


def test_two_parts_of_one_name(trust: Path) -> None:
    parts = [*signed_workbook(officer()).items(), ("XL/worksheets/sheet1.xml", b"<worksheet>9</worksheet>")]
    found = one(parts, trust)
    assert found.state == INVALID
    assert found.reason and "trùng tên" in found.reason.vi


def test_a_signature_that_covers_nothing(trust: Path) -> None:
    made = signature(officer(), "", ('<Object Id="idPackageObject"><Manifest/></Object>',))
    parts = {**WORKBOOK, "_xmlsignatures/sig1.xml": etree.tostring(made)}
    found = one(parts, trust)
    assert found.state == INVALID
    assert found.reason and "không bao gồm phần nào" in found.reason.vi


def test_a_manifest_outside_what_was_signed_counts_for_nothing(trust: Path) -> None:
    parts = signed_workbook(officer())
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>9</worksheet>"
    manifest = f"<Manifest>{reference('/xl/worksheets/sheet1.xml', b'<worksheet>9</worksheet>')}</Manifest>"
    name = "_xmlsignatures/sig1.xml"
    parts[name] = parts[name].replace(b"</Signature>", f"<Object>{manifest}</Object></Signature>".encode())
    assert one(parts, trust).state == INVALID


def test_a_changed_manifest(trust: Path) -> None:
    parts = signed_workbook(officer())
    name = "_xmlsignatures/sig1.xml"
    parts[name] = parts[name].replace(b"/xl/workbook.xml?", b"/docProps/app.xml?")
    assert one(parts, trust).state == INVALID


def test_a_weak_digest(trust: Path) -> None:
    found = one(signed_workbook(officer(), digest="sha1"), trust)
    assert (found.state, found.has_weak_algorithm) == (VALID_UNTRUSTED, True)


def test_a_certificate_that_had_ended(trust: Path) -> None:
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    assert one(signed_workbook(ended), trust).state == VALID_UNTRUSTED
    assert one(signed_workbook(ended, at=NOW - 20 * DAY), trust).state == VALID_TRUSTED


def test_several_signatures(trust: Path) -> None:
    parts = signed_workbook(officer())
    stranger = issue("Người lạ", issue("CA lạ", is_authority=True))
    parts["_xmlsignatures/sig2.xml"] = office_signature(stranger)
    found = look(zipped(parts), trust).signatures
    assert [s.state for s in found] == [VALID_TRUSTED, VALID_UNTRUSTED]


@pytest.mark.parametrize("data", [b"", b"<a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff" * 100])
def test_a_broken_signature_part(trust: Path, data: bytes) -> None:
    assert one({**WORKBOOK, "_xmlsignatures/sig1.xml": data}, trust).state == UNREADABLE


def test_a_package_that_unpacks_without_end(trust: Path) -> None:
    parts = signed_workbook(officer())
    parts["xl/worksheets/sheet1.xml"] = bytes(5_000_000)
    report = look(zipped(parts), trust, limits=Limits(unpacked_bytes=1_000_000))
    assert [s.state for s in report.signatures] == [UNREADABLE]


def test_a_package_of_too_many_parts(trust: Path) -> None:
    report = look(zipped({f"a{i}": b"" for i in range(50)}), trust, limits=Limits(parts=20))
    assert report.problem and not report.signatures


@pytest.mark.parametrize("name", ["_xmlsignatures/sig1.xml", "_xmlsignatures/origin.sigs"])
def test_traces_of_a_signature_are_told(trust: Path, name: str) -> None:
    parts = {k: v for k, v in signed_workbook(officer()).items() if not k.endswith("sig1.xml")}
    parts[name.replace("sig1.xml", "sig1.bin")] = b"?"
    assert one(parts, trust).state == UNREADABLE


def test_a_signature_part_without_a_signature(trust: Path) -> None:
    assert one({**WORKBOOK, "_xmlsignatures/sig1.xml": b"<a/>"}, trust).state == UNREADABLE
    assert look(zipped({**ODS, "META-INF/documentsignatures.xml": b"<document-signatures/>"}), trust).is_unsigned


@pytest.mark.parametrize("cut", [30, 300, -30])
def test_a_package_cut_off(trust: Path, cut: int) -> None:
    report = look(zipped(signed_workbook(officer()))[:cut], trust)
    assert report.problem and not report.signatures


ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"<content><v>1234</v></content>",
    "Pictures/a b.png": b"\x89PNG",
    "META-INF/manifest.xml": b"<manifest/>",
}


def ods(holder: Holder, skip: tuple[str, ...] = ()) -> dict[str, bytes]:
    references = "".join(
        reference(name.replace(" ", "%20"), c14n(etree.fromstring(data)), transform(C14N))
        if name.endswith(".xml")
        else reference(name.replace(" ", "%20"), data)
        for name, data in ODS.items()
        if name not in skip
    )
    date = '<Object Id="d"><date xmlns="http://purl.org/dc/elements/1.1/">2026-11-23T03:00:00.123456789</date></Object>'
    made = etree.tostring(signature(holder, references, (date,))).decode()
    namespace = "urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0"
    whole = f'<document-signatures xmlns="{namespace}">{made}</document-signatures>'
    return {**ODS, "META-INF/documentsignatures.xml": whole.encode()}


def test_a_signed_opendocument(trust: Path) -> None:
    found = one(ods(officer()), trust)
    assert (found.form, found.state, found.covers_whole) == ("odf", VALID_TRUSTED, True)
    assert found.signed_at == NOW.replace(microsecond=123456)
    assert any("múi giờ" in r.vi for r in found.remarks)


@pytest.mark.parametrize("name", ["content.xml", "Pictures/a b.png", "mimetype"])
def test_a_changed_opendocument(trust: Path, name: str) -> None:
    parts = ods(officer())
    parts[name] = parts[name].replace(b"1234", b"1235").replace(b"PNG", b"PNH").replace(b"oasis", b"oazis")
    assert one(parts, trust).state == INVALID
    del parts[name]
    assert one(parts, trust).state == INVALID


def test_an_opendocument_with_a_part_that_is_not_signed(trust: Path) -> None:
    found = one({**ods(officer()), "Basic/x.xml": b"<x/>"}, trust)
    assert found.covers_whole is False
    assert any("basic/x.xml" in r.vi.lower() for r in found.remarks)


def test_an_opendocument_without_a_signature(trust: Path) -> None:
    assert look(zipped(ODS), trust).is_unsigned


def test_certificates_of_two_people_one_key(trust: Path) -> None:
    """The certificate that is named is one whose key made the signature."""
    data = enveloped(officer(), "<a/>").decode()
    other = base64.b64encode(issue("Người khác", middle()).der).decode()
    mixed = data.replace("<X509Certificate>", f"<X509Certificate>{other}</X509Certificate><X509Certificate>", 1)
    (found,) = look(mixed.encode(), trust).signatures
    assert (found.signer, found.state) == ("Nguyễn Văn A", VALID_TRUSTED)
