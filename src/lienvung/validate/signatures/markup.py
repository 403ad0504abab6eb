"""XML signatures (XML-DSig, XAdES): enveloped in a document, around it, or over the parts of a package."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import cryptography.exceptions
from asn1crypto import cms, x509
from cryptography import x509 as pyca
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest
from signxml.verifier import SignatureConfiguration, XMLVerifier

from lienvung.domain.signatures import Signature, SignatureReport
from lienvung.errors import Both
from lienvung.validate.signatures.apart import Limits
from lienvung.validate.signatures.evidence import Evidence, Stamp, judge, read_stamp, unreadable
from lienvung.validate.signatures.messages import ALTERED, BROKEN, digest
from lienvung.validate.signatures.trust import Trust, printable

DS = "{http://www.w3.org/2000/09/xmldsig#}"
OFFICE = "{http://schemas.openxmlformats.org/package/2006/digital-signature}"
C14N = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
}
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
MAX_REFERENCES = 200
"""The most references that one SignedInfo may hold; a manifest may hold more."""

_METHODS = frozenset(m for m in SignatureMethod if not m.name.startswith("HMAC"))
_TIMES = (
    "{http://uri.etsi.org/01903/v1.3.2#}SigningTime",
    "{http://uri.etsi.org/01903/v1.2.2#}SigningTime",
    "{http://uri.etsi.org/01903/v1.1.1#}SigningTime",
    f"{OFFICE}SignatureTime/{OFFICE}Value",
    "{http://purl.org/dc/elements/1.1/}date",
)
_ZONELESS = Both("thời điểm ký không ghi múi giờ, hiểu là UTC", "the time of signing names no zone; taken as UTC")

Resolve = Callable[[str, bool], object]
"""A reference's URI, and whether it is to be XML → bytes or an element; raises LookupError if it is not there."""


class RefusedError(ValueError):
    """The signature cannot be verified here; the two texts say why."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.both = Both(vi, en)


@dataclass(frozen=True)
class Verified:
    """A signature whose value and references hold: the evidence, and what exactly was signed, by URI."""

    evidence: Evidence
    signed: tuple[tuple[str, etree._Element | None], ...] = ()


class _OneOfMany(XMLVerifier):
    """Verifies the n-th outermost signature of a document, not just the first."""

    place = 0

    def _get_signature(self, root: etree._Element) -> etree._Element:
        return outer_signatures(root)[self.place]

    def _tostring(self, xml_node: etree._Element, **_options: object) -> bytes:
        return bytes(etree.tostring(xml_node, with_tail=False))

    def _c14n(
        self, nodes: etree._Element, algorithm: CanonicalizationMethod, inclusive_ns_prefixes: object = None
    ) -> bytes:
        return bytes(super()._c14n(_uprooted(nodes), algorithm, inclusive_ns_prefixes))


def parse_xml(data: bytes, limits: Limits) -> etree._Element:
    """The root of a document; nothing is fetched or expanded, and a document type is refused.

    Raises:
        ValueError: it cannot be read safely; the text says why.
    """
    if len(data) > limits.xml_bytes:
        raise ValueError(f"> {limits.xml_bytes >> 20} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(printable(error)) from None
    about = root.getroottree().docinfo
    if about.internalDTD is not None or about.externalDTD is not None:
        raise ValueError("DOCTYPE")
    return root


def outer_signatures(root: etree._Element) -> list[etree._Element]:
    """The ds:Signature elements that do not stand inside another."""
    tag = DS + "Signature"
    return [s for s in root.iter(tag) if not any(a.tag == tag for a in s.iterancestors())]


def examine_xml(data: bytes, trust: Trust, limits: Limits) -> SignatureReport:
    """Every signature of an XML document."""
    if not any("Signature".encode(c) in data for c in ("ascii", "utf-16-le", "utf-16-be")):
        return SignatureReport()
    try:
        root = parse_xml(data, limits)
    except ValueError as error:
        why = printable(error)
        problem = Both(f"không đọc được tệp XML nên không biết có chữ ký số hay không ({why})",
                       f"the XML cannot be read, so it is not known whether it is signed ({why})")  # fmt: skip
        return SignatureReport((), problem)
    found: list[Signature] = []
    for verified in verify_all("xml", root, trust, limits):
        if isinstance(verified, Signature):
            found.append(verified)
        else:
            whole = verified.evidence.fault is None and _covers_root(root, [uri for uri, _ in verified.signed])
            found.append(judge(replace(verified.evidence, covers_whole=whole), trust))
    many = len(outer_signatures(root)) > limits.signatures
    said = Both(f"chỉ kiểm tra {limits.signatures} chữ ký đầu", f"only the first {limits.signatures} were examined")
    return SignatureReport(tuple(found), said if many else None)


def verify_all(
    form: str, root: etree._Element, trust: Trust, limits: Limits, resolve: Resolve | None = None
) -> list[Verified | Signature]:
    """Verify each outermost signature of a document; ``resolve`` answers references to other parts."""
    return [
        _verify_one(form, root, place, trust, limits, resolve)
        for place in range(min(len(outer_signatures(root)), limits.signatures))
    ]


def _verify_one(
    form: str, root: etree._Element, place: int, trust: Trust, limits: Limits, resolve: Resolve | None
) -> Verified | Signature:
    signature = outer_signatures(root)[place]
    try:
        references = _check_references(signature)
        certificates = _certificates(signature, limits)
        certificate, results, fault = _try_certificates(root, place, certificates, references, resolve)
    except RefusedError as refused:
        return unreadable(form, refused.both.vi, refused.both.en)
    except Exception as error:
        why = printable(f"{type(error).__name__}: {error}")
        return unreadable(form, f"không kiểm tra được ({why})", f"it could not be verified ({why})")
    signed = tuple((uri, r.signed_xml) for (uri, _, _), r in zip(references, results, strict=False))
    claimed, remarks = _claimed_time([element for _, element in signed if element is not None])
    digests = (_method_digest(signature), *(d for _, d, _ in references))
    others = tuple(c for c in certificates if c is not certificate)
    stamp = _stamp(signature, trust)
    evidence = Evidence(form, certificate, others, fault, digests, claimed, stamp, None, remarks)
    return Verified(evidence, signed)


def _check_references(signature: etree._Element) -> list[tuple[str, str, bool]]:
    """URI, digest and "is XML" of each reference; what the verifier would pass over in silence is refused."""
    found = []
    references = signature.findall(f"{DS}SignedInfo/{DS}Reference")
    if not 0 < len(references) <= MAX_REFERENCES:
        raise RefusedError(f"{len(references)} tham chiếu", f"{len(references)} references")
    for reference in references:
        transforms = [t.get("Algorithm", "") for t in reference.findall(f"{DS}Transforms/{DS}Transform")]
        odd = [t for t in transforms if t not in C14N and t != ENVELOPED]
        uri = reference.get("URI")
        if odd or uri is None or uri.startswith("#xpointer"):
            what = printable(odd[0] if odd else uri, 100)
            raise RefusedError(f"cách chọn nội dung ký không hỗ trợ: {what}", f"unsupported way of signing: {what}")
        method = reference.find(f"{DS}DigestMethod")
        found.append((uri, digest_name("" if method is None else method.get("Algorithm", "")), bool(transforms)))
    return found


def _certificates(signature: etree._Element, limits: Limits) -> list[x509.Certificate]:
    texts = [e.text or "" for e in signature.iterfind(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")]
    if not texts:
        raise RefusedError("chữ ký không kèm chứng thư của người ký", "the signer's certificate is not in it")
    return [x509.Certificate.load(base64.b64decode(t), strict=True) for t in texts[: limits.certificates]]


def _try_certificates(
    root: etree._Element, place: int, certificates: list[x509.Certificate],
    references: list[tuple[str, str, bool]], resolve: Resolve | None,
) -> tuple[x509.Certificate, Sequence[Any], Both | None]:  # fmt: skip
    """The certificate whose key made the signature, what was signed, and the fault if something does not hold."""
    unsuited: Exception | None = None
    for certificate in certificates:
        try:
            return certificate, _verify(root, place, certificate, references, resolve), None
        except InvalidDigest:
            return certificate, (), ALTERED
        except LookupError as error:
            what = printable(error, 100)
            both = Both(f"phần được ký không còn trong tệp: {what}", f"a signed part is missing: {what}")
            return certificate, (), both
        except cryptography.exceptions.InvalidSignature:
            continue
        except (ValueError, TypeError, AttributeError) as error:
            unsuited = error
    if unsuited:
        raise unsuited
    return certificates[0], (), BROKEN


def _verify(
    root: etree._Element, place: int, certificate: x509.Certificate, references: list[tuple[str, str, bool]],
    resolve: Resolve | None,
) -> Sequence[Any]:  # fmt: skip
    own = pyca.load_der_x509_certificate(certificate.dump())
    config = SignatureConfiguration(
        expect_references=True, signature_methods=_METHODS, digest_algorithms=frozenset(DigestAlgorithm),
        # only the mathematics here: the certificate's dates and chain are judged in trust.py
        verification_time=own.not_valid_after_utc,
    )  # fmt: skip
    verifier = _OneOfMany()
    verifier.place = place
    as_xml = {uri: is_xml for uri, _, is_xml in references}
    answer = (lambda uri: resolve(uri, as_xml.get(uri, False))) if resolve else None
    found = verifier.verify(root, x509_cert=own, expect_config=config, uri_resolver=answer, validate_schema=False)
    return found if isinstance(found, list) else [found]


def _covers_root(root: etree._Element, uris: list[str]) -> bool:
    """Whether the references reach the whole document (around a signature: each of its objects)."""
    if root.tag == DS + "Signature":
        objects = [o.get("Id") for o in root.findall(DS + "Object")]
        return bool(objects) and all(i is not None and f"#{i}" in uris for i in objects)
    named = [str(v) for name, v in root.attrib.items() if str(name).rpartition("}")[2] in ("Id", "ID", "id")]
    ids = {f"#{name}" for name in named}
    return "" in uris or bool(ids & set(uris))


def _claimed_time(elements: list[etree._Element]) -> tuple[datetime | None, tuple[Both, ...]]:
    """When the signer says that he signed, from what he signed."""
    for path in _TIMES:
        for element in elements:
            text = element.findtext(f".//{path}")
            if text and (moment := _instant(text.strip())):
                zoneless = moment.tzinfo is None
                return (moment.replace(tzinfo=UTC) if zoneless else moment), ((_ZONELESS,) if zoneless else ())
    return None, ()


def _instant(text: str) -> datetime | None:
    whole, dot, rest = text.partition(".")
    digits = len(rest) - len(rest.lstrip("0123456789"))
    try:
        return datetime.fromisoformat(whole + dot + rest[: min(digits, 6)] + rest[digits:])
    except ValueError:
        return None


def _stamp(signature: etree._Element, trust: Trust) -> Stamp | None:
    """The XAdES time stamp over the signature value, if there is one."""
    for element in signature.iterfind(".//{*}SignatureTimeStamp"):
        text = element.findtext("{*}EncapsulatedTimeStamp")
        method = element.find(DS + "CanonicalizationMethod")
        value = signature.find(DS + "SignatureValue")
        if text is None or value is None:
            continue
        is_exclusive = method is not None and "exc-c14n" in method.get("Algorithm", "")
        stamped = canonical(value, is_exclusive)
        try:
            token = cms.ContentInfo.load(base64.b64decode(text))["content"]
        except (ValueError, TypeError, KeyError):
            continue
        stamp = read_stamp(token, trust, partial(digest, data=stamped))
        if stamp:
            return stamp
    return None


def canonical(element: etree._Element, is_exclusive: bool = False) -> bytes:
    """An element in canonical form, without comments."""
    return bytes(etree.tostring(_uprooted(element), method="c14n", exclusive=is_exclusive, with_comments=False))


def _uprooted(element: etree._Element) -> etree._Element:
    """An element as a document of its own, with every namespace that it inherits.

    lxml (6.1 with libxml2 2.14) writes ``xmlns=""`` on the grandchildren of an element whose default namespace was
    declared above it; so the element is made a root before it is put into canonical form.
    """
    return etree.fromstring(
        etree.tostring(element, with_tail=False), etree.XMLParser(resolve_entities=False, no_network=True)
    )


def digest_name(address: str) -> str:
    """``sha256`` from the address of a digest method.

    Raises:
        RefusedError: no digest that is known here.
    """
    name = address.rpartition("#")[2].lower().replace("-", "_")
    if name not in ("sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512"):
        what = printable(address, 100)
        raise RefusedError(f"thuật toán băm không hỗ trợ: {what}", f"unsupported digest: {what}")
    return name


def _method_digest(signature: etree._Element) -> str:
    method = signature.find(f"{DS}SignedInfo/{DS}SignatureMethod")
    name = "" if method is None else method.get("Algorithm", "").rpartition("#")[2].lower()
    return next((d for d in ("sha1", "sha224", "sha256", "sha384", "sha512") if name.endswith(d)), name.upper())
