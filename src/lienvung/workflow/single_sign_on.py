"""OpenID Connect: authorisation code with PKCE, state and nonce; a token is verified before it is believed."""

from __future__ import annotations

import hashlib
import ipaddress
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from lienvung.errors import Both, SignOnFailed

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
SECONDS, KEPT_SECONDS = 10.0, 600.0
_KEPT: dict[str, tuple[float, Mapping[str, Any]]] = {}
"""What each provider said of itself: a page that anyone may open asks it only now and then."""


@dataclass(frozen=True)
class Person:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    email: str


@dataclass(frozen=True)
class Provider:
    """An OpenID provider, and what this system is called there."""

    issuer: str
    client_id: str
    client_secret: str = ""

    def find_metadata(self) -> Mapping[str, Any]:
        """The provider's own description of itself.

        Raises:
            SignOnFailed: it cannot be had, or is another's.
        """
        kept = _KEPT.get(self.issuer)
        if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
            return kept[1]
        found = self._get_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
            raise _failed("máy chủ định danh tự xưng tên khác", "the provider calls itself by another name")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not _is_safe(str(found.get(name, ""))):
                raise _failed(f"địa chỉ {name} không dùng https", f"the address {name} is not https")
        _KEPT[self.issuer] = (time.monotonic(), found)
        return found

    def begin(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """The address at the provider that the browser is sent to.

        Raises:
            SignOnFailed: the provider cannot be reached.
        """
        endpoint = self.find_metadata()["authorization_endpoint"]
        address, _ = self._client(None, back).create_authorization_url(
            endpoint, state=state, code_verifier=verifier, nonce=nonce
        )
        return str(address)

    def finish(self, back: str, code: str, nonce: str, verifier: str) -> Person:
        """Change the code for an identity token and verify it: signature, issuer, audience, times, nonce.

        Raises:
            SignOnFailed: the provider refuses, or the token does not hold.
        """
        found = self.find_metadata()
        answer = self._exchange(str(found["token_endpoint"]), back, code, verifier)
        claims = self._verify(str(answer.get("id_token", "")), self._get_json(str(found["jwks_uri"])), nonce)
        verified = claims.get("email") if claims.get("email_verified") is True else ""
        return Person(self.issuer.rstrip("/"), str(claims["sub"]), str(verified or "").lower())

    def _exchange(self, endpoint: str, back: str, code: str, verifier: str) -> Mapping[str, Any]:
        import httpx
        from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]

        auth = httpx.BasicAuth(quote(self.client_id, safe=""), quote(self.client_secret, safe=""))
        with httpx.Client(timeout=SECONDS, trust_env=False) as session:
            try:
                answer: Mapping[str, Any] = self._client(session, back).fetch_token(
                    endpoint, code=code, code_verifier=verifier,
                    **({"auth": auth} if self.client_secret else {"client_id": self.client_id}),
                )  # fmt: skip
            except (OAuth2Error, ValueError) as error:
                raise _failed("mã không được chấp nhận", "the code was not accepted") from error
            except httpx.HTTPError as error:
                raise _failed("máy chủ định danh không trả lời", "the provider did not answer") from error
        return answer

    def _client(self, session: Any, back: str) -> Any:  # noqa: ANN401 - Authlib is not typed
        """Authlib's own client on our HTTP library."""
        from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped]

        return OAuth2Client(
            session, self.client_id, self.client_secret or None, scope="openid email", redirect_uri=back,
            code_challenge_method="S256",
        )  # fmt: skip

    def _verify(self, token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        try:
            read = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
            options = {"iss": {"values": [self.issuer, self.issuer.rstrip("/")]}, "aud": {"value": self.client_id}}
            claims = CodeIDToken(read.claims, read.header, options, {"nonce": nonce, "client_id": self.client_id})
            claims.validate(leeway=60)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise _failed("mã định danh không hợp lệ", "the identity token does not hold") from error
        return dict(claims)

    def _get_json(self, address: str) -> Mapping[str, Any]:
        import httpx

        if not _is_safe(address):
            raise _failed("máy chủ định danh không dùng https", "the provider is not https")
        try:
            answer = httpx.get(address, timeout=SECONDS, follow_redirects=False, trust_env=False)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise _failed("máy chủ định danh không trả lời", "the provider did not answer") from error
        if not isinstance(found, dict):
            raise _failed("máy chủ định danh trả lời lạ", "the provider's answer was not understood")
        return found


def challenge_of(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636, S256)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _is_safe(address: str) -> bool:
    """Https anywhere; plain http only within this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        is_here = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = False
    return parts.scheme == "http" and is_here


def _failed(vi: str, en: str) -> SignOnFailed:
    return SignOnFailed(reason=Both(vi, en))
