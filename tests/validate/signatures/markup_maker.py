"""XML signatures made by hand, as Office, LibreOffice and signing programs write them."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from xml.etree.ElementTree import canonicalize

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from tests.validate.signatures.authority import NOW, Holder

DS = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = DS + "enveloped-signature"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DIGESTS = {
    "sha1": DS + "sha1", "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512", "md5": "http://www.w3.org/2001/04/xmldsig-more#md5",
}  # fmt: skip
METHODS = {
    "sha1": DS + "rsa-sha1", "sha256": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "sha512": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
}  # fmt: skip


def c14n(element: etree._Element) -> bytes:
    """Canonical form by another implementation than the one that verifies (the same for these documents)."""
    return canonicalize(etree.tostring(element, with_tail=False).decode()).encode()


def reference(uri: str, data: bytes, transforms: str = "", digest: str = "sha256", kind: str = "") -> str:
    value = base64.b64encode(hashlib.new(digest, data).digest()).decode()
    inside = f"<Transforms>{transforms}</Transforms>" if transforms else ""
    type_ = f' Type="{kind}"' if kind else ""
    return (
        f'<Reference URI="{uri}"{type_}>{inside}<DigestMethod Algorithm="{DIGESTS[digest]}"/>'
        f"<DigestValue>{value}</DigestValue></Reference>"
    )


def transform(address: str, inside: str = "") -> str:
    return f'<Transform Algorithm="{address}">{inside}</Transform>'


def signature(
    holder: Holder, references: str = "", objects: tuple[str, ...] = (), digest: str = "sha256", unsigned: str = ""
) -> etree._Element:
    """A Signature element: ``references`` are complete; each of ``objects`` (with an Id) gets one of its own."""
    certificates = "".join(
        "<X509Certificate>" + base64.b64encode(c.public_bytes(serialization.Encoding.DER)).decode()
        + "</X509Certificate>" for c in (holder.certificate, *holder.chain)
    )  # fmt: skip
    made = etree.fromstring(
        f'<Signature xmlns="{DS}"><SignedInfo><CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<SignatureMethod Algorithm="{METHODS[digest]}"/>{references}</SignedInfo><SignatureValue/>'
        f"<KeyInfo><X509Data>{certificates}</X509Data></KeyInfo>{''.join(objects)}{unsigned}</Signature>"
    )
    info = made[0]
    for each in made.findall(f"{{{DS}}}Object"):
        if each.get("Id"):
            own = reference("#" + each.get("Id", ""), c14n(each), kind=DS + "Object", digest=digest)
            info.append(etree.fromstring(own.replace("<Reference", f'<Reference xmlns="{DS}"', 1)))
    made = etree.fromstring(etree.tostring(made))
    assert isinstance(holder.key, rsa.RSAPrivateKey)
    kind = getattr(hashes, digest.upper())()
    made[1].text = base64.b64encode(holder.key.sign(c14n(made[0]), padding.PKCS1v15(), kind)).decode()
    return made


def office_time(at: datetime = NOW) -> str:
    return (
        f'<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{MDSSI}"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>'
        f"<mdssi:Value>{at:%Y-%m-%dT%H:%M:%SZ}</mdssi:Value></mdssi:SignatureTime></SignatureProperty>"
        f"</SignatureProperties>"
    )


WORKBOOK: Mapping[str, bytes] = {
    "[Content_Types].xml": (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET}.worksheet+xml"/></Types>'
    ).encode(),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{DOC}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{DOC}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    ).encode(),
    "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELS}">\n <Relationship Id="rId1" Type="{DOC}/worksheet" '
        f'Target="worksheets/sheet1.xml"/></Relationships>'
    ).encode(),
    "xl/worksheets/sheet1.xml": b"<worksheet><c r='B4'><v>1234.5</v></c></worksheet>",
    "docProps/app.xml": b"<Properties/>",
}


def zipped(parts: Mapping[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            package.writestr(zipfile.ZipInfo(name, (2026, 11, 2, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _relationships(ids: list[tuple[str, str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{i}" Target="{target}" TargetMode="Internal" Type="{kind}"></Relationship>'
        for i, kind, target in ids
    )
    return f'<Relationships xmlns="{RELS}">{inside}</Relationships>'.encode()


def office_signature(
    holder: Holder, parts: Mapping[str, bytes] = WORKBOOK, *, digest: str = "sha256", at: datetime = NOW,
    skip: tuple[str, ...] = (),
) -> bytes:  # fmt: skip
    """What Office writes into _xmlsignatures/sig1.xml for this workbook."""
    kinds = {"xl/workbook.xml": f"{SHEET}.sheet.main+xml", "xl/worksheets/sheet1.xml": f"{SHEET}.worksheet+xml"}
    rel_type = "application/vnd.openxmlformats-package.relationships+xml"
    bare = {
        "_rels/.rels": [("rId1", f"{DOC}/officeDocument", "xl/workbook.xml")],
        "xl/_rels/workbook.xml.rels": [("rId1", f"{DOC}/worksheet", "worksheets/sheet1.xml")],
    }
    references = [
        reference(
            f"/{name}?ContentType={rel_type}", _relationships(ids),
            transform(TRANSFORM, "".join(f'<m:RelationshipReference xmlns:m="{MDSSI}" SourceId="{i}"/>'
                                         for i, _, _ in ids)) + transform(C14N), digest,
        )
        for name, ids in bare.items() if name not in skip
    ]  # fmt: skip
    references += [
        reference(f"/{name}?ContentType={kind}", parts[name], digest=digest)
        for name, kind in kinds.items()
        if name not in skip
    ]
    package = f'<Object Id="idPackageObject"><Manifest>{"".join(references)}</Manifest>{office_time(at)}</Object>'
    return bytes(etree.tostring(signature(holder, "", (package, '<Object Id="idOfficeObject"/>'), digest)))


def signed_workbook(holder: Holder, **choices: object) -> dict[str, bytes]:
    """The parts of a workbook with one signature."""
    parts = dict(WORKBOOK)
    parts["_xmlsignatures/origin.sigs"] = b""
    parts["_xmlsignatures/sig1.xml"] = office_signature(holder, **choices)  # type: ignore[arg-type]
    return parts


def enveloped(holder: Holder, xml: str, uri: str = "", digest: str = "sha256", at: datetime | None = NOW) -> bytes:
    """A document with a signature over itself (or over the element with the id) as its last child."""
    root = etree.fromstring(xml)
    target = root if uri == "" else root.xpath("//*[@Id=$i]", i=uri.lstrip("#"))[0]
    data = c14n(etree.fromstring(etree.tostring(target, with_tail=False)))
    moment = f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else ""
    time = f'<Object Id="t{len(xml)}"><SigningTime xmlns="http://uri.etsi.org/01903/v1.3.2#">{moment}</SigningTime></Object>'
    both = transform(ENVELOPED) + transform(C14N)
    root.append(signature(holder, reference(uri, data, both, digest), (time,) if at else (), digest))
    return bytes(etree.tostring(root))
