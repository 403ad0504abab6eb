"""Signatures of zip packages: Office files (ECMA-376 part 2, § 13) and OpenDocument (ODF 1.2 part 3, § 5)."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from lienvung.domain.signatures import Signature, SignatureReport
from lienvung.errors import Both
from lienvung.validate.signatures.apart import Limits
from lienvung.validate.signatures.evidence import judge, unreadable
from lienvung.validate.signatures.markup import (
    C14N,
    DS,
    OFFICE,
    RefusedError,
    Verified,
    canonical,
    digest_name,
    parse_xml,
    verify_all,
)
from lienvung.validate.signatures.messages import ALTERED, digest
from lienvung.validate.signatures.trust import Trust, printable

RELATIONSHIP_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
ODF_SIGNATURES = "META-INF/documentsignatures.xml"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_UNSIGNED_BY_RULE = ("_xmlsignatures/", "docprops/", "[content_types].xml", "_rels/.rels")
"""What Office never signs: the signatures, the properties, the list of types and the package's own relationships."""
_FREE_TYPES = ("/core-properties", "/extended-properties", "/custom-properties", "/thumbnail", "/origin")
_MARKS = (b"_xmlsignatures/", b"META-INF/documentsignatures.xml")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class Package:
    """The parts of a zip file by name, each read within what the whole may unpack to."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.left = limits.unpacked_bytes
        entries = [i for i in self.zip.infolist() if not i.filename.endswith("/")]
        if len(entries) > limits.parts:
            raise ValueError(f"> {limits.parts:,} parts")
        self.names = [i.filename for i in entries]
        lower = [n.lower().lstrip("/") for n in self.names]
        self.has_twins = len(set(lower)) < len(lower)
        self.by_name = dict(zip(lower, entries, strict=True))

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            LookupError: no such part. ValueError: the package unpacks to too much.
        """
        entry = self.by_name.get(name.lower().lstrip("/"))
        if entry is None:
            raise LookupError(name)
        with self.zip.open(entry) as stream:
            data = stream.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("the package unpacks to too much")
        return data


def examine_package(data: bytes, trust: Trust, limits: Limits) -> SignatureReport:
    """Every signature of an Office or OpenDocument file; none for a zip of something else."""
    try:
        package = Package(data, limits)
        office = [n for n in package.names if n.lower().startswith("_xmlsignatures/") and n.lower().endswith(".xml")]
        if office:
            found = [s for name in office[: limits.signatures] for s in _examine_office(package, name, trust, limits)]
        elif ODF_SIGNATURES.lower() in package.by_name:
            found = _examine_odf(package, trust, limits)
        else:
            found = []
        is_empty = ODF_SIGNATURES.lower() in package.by_name
        if not found and not is_empty and any(mark in data for mark in _MARKS):
            found = [unreadable("ooxml" if _MARKS[0] in data else "odf", "gói có dấu vết chữ ký nhưng phần chữ ký hỏng",
                                "the package has traces of a signature whose part is broken")]  # fmt: skip
    except _FAULTS as error:
        why = printable(error)
        return SignatureReport((), Both(
            f"không đọc được gói ZIP nên không biết có chữ ký số hay không ({why})",
            f"the zip package cannot be read, so it is not known whether it is signed ({why})",
        ))  # fmt: skip
    many = len(office) > limits.signatures or len(found) > limits.signatures
    said = Both(f"chỉ kiểm tra {limits.signatures} chữ ký đầu", f"only the first {limits.signatures} were examined")
    return SignatureReport(tuple(found[: limits.signatures]), said if many else None)


_TWINS = Both(
    "gói có hai phần trùng tên, không biết phần nào được ký", "two parts have one name; it is not clear which is signed"
)


def _examine_office(package: Package, name: str, trust: Trust, limits: Limits) -> list[Signature]:
    found: list[Signature] = []
    try:
        root = parse_xml(package.read(name), limits)
    except (LookupError, *_FAULTS) as error:
        return [_broken("ooxml", error)]
    for verified in verify_all("ooxml", root, trust, limits):
        if isinstance(verified, Signature):
            found.append(verified)
            continue
        evidence = verified.evidence
        if evidence.fault is None:
            try:
                fault, left_out, digests = _check_manifests(package, verified, limits)
            except (LookupError, *_FAULTS) as error:
                found.append(_broken("ooxml", error))
                continue
            remarks = (*evidence.remarks, *_left_out(left_out))
            evidence = replace(evidence, fault=fault, covers_whole=fault is None and not left_out, remarks=remarks,
                               digests=(*evidence.digests, *digests))  # fmt: skip
        found.append(judge(evidence, trust))
    return found


def _broken(form: str, error: Exception) -> Signature:
    if isinstance(error, RefusedError):
        return unreadable(form, error.both.vi, error.both.en)
    why = printable(error)
    return unreadable(form, f"phần chữ ký hỏng ({why})", f"broken signature part ({why})")


def _left_out(names: list[str]) -> tuple[Both, ...]:
    if not names:
        return ()
    shown = ", ".join(printable(n, 60) for n in names[:5]) + (", …" if len(names) > 5 else "")
    return (Both(f"các phần không được ký: {shown}", f"parts that are not signed: {shown}"),)


def _check_manifests(
    package: Package, verified: Verified, limits: Limits
) -> tuple[Both | None, list[str], tuple[str, ...]]:
    """The digests of the parts that the manifest lists: the fault, what is not signed, the algorithms."""
    references = [
        r for _, element in verified.signed if element is not None for r in element.iter(DS + "Reference")
    ]  # fmt: skip
    if not references or len(references) > limits.references:
        return Both("chữ ký không bao gồm phần nào của tệp", "the signature covers no part of the file"), [], ()
    if package.has_twins:
        return _TWINS, [], ()
    covered: set[str] = set()
    partly: list[str] = []
    digests: list[str] = []
    types = _content_types(package, limits)
    for reference in references:
        uri, _, query = reference.get("URI", "").partition("?")
        name = unquote(uri).lstrip("/").lower()
        method = reference.find(DS + "DigestMethod")
        algorithm = digest_name("" if method is None else method.get("Algorithm", ""))
        wanted = "".join((reference.findtext(DS + "DigestValue") or "").split())
        try:
            signed, missed = _signed_bytes(package, name, reference, limits)
        except LookupError:
            what = printable(uri, 100)
            return Both(f"phần được ký không còn trong tệp: {what}", f"a signed part is missing: {what}"), [], ()
        kind = unquote(query.partition("ContentType=")[2])
        if base64.b64encode(digest(algorithm, signed)).decode() != wanted or (
            kind and types.get(name, types.get("." + name.rpartition(".")[2])) != kind.lower()
        ):
            what = printable(uri, 100)
            return Both(f"{ALTERED.vi}: {what}", f"{ALTERED.en}: {what}"), [], ()
        digests.append(algorithm)
        covered.add(name)
        partly += [f"{name}#{i}" for i in missed]
    left_out = [n for n in package.by_name if n not in covered and not n.startswith(_UNSIGNED_BY_RULE)]
    left_out += (
        [f"_rels/.rels#{i}" for i in _odd_relationships(package, limits)] if "_rels/.rels" not in covered else []
    )
    return None, left_out + partly, tuple(dict.fromkeys(digests))


def _signed_bytes(package: Package, name: str, reference: etree._Element, limits: Limits) -> tuple[bytes, list[str]]:
    """What of a part was hashed, and the ids of relationships that were left out of it."""
    data = package.read(name)
    transforms = reference.findall(f"{DS}Transforms/{DS}Transform")
    names = [t.get("Algorithm", "") for t in transforms]
    if not names:
        return data, []
    if any(n not in C14N and n != RELATIONSHIP_TRANSFORM for n in names):
        raise ValueError(f"transform {names}")
    root = parse_xml(data, limits)
    missed: list[str] = []
    if RELATIONSHIP_TRANSFORM in names:
        root, missed = _transform_relationships(root, transforms[names.index(RELATIONSHIP_TRANSFORM)])
        if name == "_rels/.rels":
            missed = [i for i in missed if i in set(_odd_relationships(package, limits))]
    return canonical(root), missed


def _transform_relationships(root: etree._Element, transform: etree._Element) -> tuple[etree._Element, list[str]]:
    """The relationships that a signature names, sorted and bare (ECMA-376 part 2, § 13.2.4.24), and the others."""
    ids = {e.get("SourceId") for e in transform.iter(f"{OFFICE}RelationshipReference")}
    kinds = {e.get("SourceType") for e in transform.iter(f"{OFFICE}RelationshipsGroupReference")}
    made = etree.fromstring(f'<Relationships xmlns="{_RELS.strip("{}")}"/>')
    missed = []
    for each in sorted(root.iterfind(_RELS + "Relationship"), key=lambda e: e.get("Id", "")):
        if each.get("Id") in ids or each.get("Type") in kinds:
            kept = etree.SubElement(made, _RELS + "Relationship")
            kept.set("TargetMode", "Internal")
            for key, value in each.attrib.items():
                kept.set(key, value)
        else:
            missed.append(each.get("Id", "?"))
    return made, missed


def _odd_relationships(package: Package, limits: Limits) -> list[str]:
    """Relationships of the package itself that a reader would follow to more than properties and signatures."""
    try:
        root = parse_xml(package.read("_rels/.rels"), limits)
    except LookupError:
        return []
    found = [e for e in root.iterfind(_RELS + "Relationship") if not e.get("Type", "").endswith(_FREE_TYPES)]
    documents = [e for e in found if e.get("Type", "").endswith("/officeDocument")]
    return [e.get("Id", "?") for e in found if len(documents) != 1 or e is not documents[0]]


def _content_types(package: Package, limits: Limits) -> dict[str, str]:
    """Content types by part name, and by extension with a dot before it."""
    try:
        root = parse_xml(package.read("[content_types].xml"), limits)
    except LookupError:
        return {}
    names = {
        e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in root.iter(_TYPES + "Override")
    }
    ends = {"." + e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(_TYPES + "Default")}
    return {k: v.lower() for k, v in {**ends, **names}.items()}


def _examine_odf(package: Package, trust: Trust, limits: Limits) -> list[Signature]:
    try:
        root = parse_xml(package.read(ODF_SIGNATURES), limits)
    except (LookupError, *_FAULTS) as error:
        return [_broken("odf", error)]

    def resolve(uri: str, is_xml: bool) -> object:
        data = package.read(unquote(uri))
        return parse_xml(data, limits) if is_xml else data

    found: list[Signature] = []
    for verified in verify_all("odf", root, trust, limits, resolve):
        if isinstance(verified, Signature):
            found.append(verified)
            continue
        evidence = verified.evidence
        covered = {unquote(uri).lower() for uri, _ in verified.signed if not uri.startswith("#")}
        signatures = {n for n in package.by_name if n.startswith("meta-inf/") and n.endswith("signatures.xml")}
        left_out = sorted(n for n in package.by_name if n not in covered | signatures)
        fault = evidence.fault or (_TWINS if package.has_twins else None)
        remarks = (*evidence.remarks, *(_left_out(left_out) if fault is None else ()))
        whole = fault is None and not left_out
        found.append(judge(replace(evidence, fault=fault, covers_whole=whole, remarks=remarks), trust))
    return found
