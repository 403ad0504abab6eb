"""A little certification authority for the tests: keys and certificates made on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import x509 as plain_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lienvung.domain.signatures import SignatureReport
from lienvung.validate.signatures.apart import LIMITS, Limits
from lienvung.validate.signatures.examination import examine

NOW = datetime(2026, 11, 23, 3, 0, 0)
DAY = timedelta(days=1)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key of its own for each number, made once a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Holder:
    """A certificate, its key, and the certificates above it."""

    certificate: x509.Certificate
    key: Key
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def plain(self) -> plain_x509.Certificate:
        return plain_x509.Certificate.load(self.der)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def issue(
    common: str, issuer: Holder | None = None, *, organisation: str = "", is_authority: bool = False,
    start: datetime = NOW - 300 * DAY, end: datetime = NOW + 300 * DAY, key: Key | None = None,
    is_stamper: bool = False, can_sign: bool = True,
) -> Holder:  # fmt: skip
    """A certificate by an authority; by itself if none is named."""
    key = key or rsa_key(sum(common.encode()))
    subject = _name(common, organisation)
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    builder = builder.issuer_name(issuer.certificate.subject if issuer else subject)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = builder.add_extension(
        x509.KeyUsage(
            digital_signature=can_sign and not is_authority, content_commitment=can_sign and not is_authority,
            key_cert_sign=is_authority, crl_sign=is_authority, **(usage | {"key_encipherment": not can_sign}),
        ),
        critical=True,
    )  # fmt: skip
    if is_stamper:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    made = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    above = (issuer.certificate, *issuer.chain) if issuer else ()
    return Holder(made, key, above)


@cache
def authority() -> Holder:
    """The root of the tests."""
    return issue("CA gốc thử nghiệm", is_authority=True, start=NOW - 3000 * DAY, end=NOW + 3000 * DAY)


@cache
def middle() -> Holder:
    """An authority below the root."""
    return issue("CA cơ quan nhà nước thử nghiệm", authority(), is_authority=True, start=NOW - 2000 * DAY)


@cache
def officer() -> Holder:
    """A person whose certificate leads to the root by way of another authority."""
    return issue("Nguyễn Văn A", middle(), organisation="Cục Thống kê tỉnh thử nghiệm")


def trust_folder(folder: Path, *holders: Holder) -> Path:
    """A folder of trusted certificates."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, holder in enumerate(holders):
        (folder / f"{number}.{'pem' if number % 2 == 0 else 'der'}").write_bytes(
            holder.pem if number % 2 == 0 else holder.der
        )
    return folder


def look(
    data: bytes, trust: Path, detached: bytes | None = None, now: datetime = NOW, limits: Limits = LIMITS
) -> SignatureReport:
    """The examination in this process: the same as in the child, without its start."""
    return examine(data, detached, trust, now.replace(tzinfo=UTC), limits)
