"""The WebSocket protocol of our own, with wsproto's client as the judge."""

import json

import pytest
import socketio.packet
from hypothesis import given, settings
from hypothesis import strategies as st
from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, Message, Ping, TextMessage

from live import websocket
from live.packets import binary_event, event
from live.websocket import BINARY, PING, TEXT, Inbox, ProtocolError, frame, handshake, unmask

LIMIT = 64 * 1024
MESSAGES = st.lists(st.text(max_size=300) | st.binary(max_size=70_000 - 5_000), max_size=6)


def test_the_handshake_is_that_of_the_rfc() -> None:
    """The key of RFC 6455, section 1.3, gets the answer given there, and no extension is agreed to."""
    answer = handshake({
        "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", "HTTP_SEC_WEBSOCKET_VERSION": "13",
        "HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate",
    })  # fmt: skip
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert b"xtensions" not in answer


@pytest.mark.parametrize("environ", [{}, {"HTTP_SEC_WEBSOCKET_KEY": "x", "HTTP_SEC_WEBSOCKET_VERSION": "8"}])
def test_what_is_no_handshake_is_refused(environ: dict[str, str]) -> None:
    """Without a key, or of another version."""
    with pytest.raises(ProtocolError):
        handshake(environ)


@settings(deadline=None)
@given(MESSAGES, st.data())
def test_what_a_client_sends_is_read_however_it_is_cut(messages: list[str | bytes], data: st.DataObject) -> None:
    """Messages of any size, in one frame or several, in pieces of any length, come out whole and in order."""
    client = Connection(ConnectionType.CLIENT)
    raw = b""
    for message in messages:
        if len(message) > 1 and data.draw(st.booleans()):
            middle = data.draw(st.integers(1, len(message) - 1))
            kind = TextMessage if isinstance(message, str) else BytesMessage
            raw += client.send(kind(data=message[:middle], message_finished=False))  # type: ignore[arg-type]
            raw += client.send(Ping(b"between"))
            raw += client.send(kind(data=message[middle:], message_finished=True))  # type: ignore[arg-type]
        else:
            raw += client.send(Message(data=message))
    inbox, found = Inbox(4 * LIMIT), []
    while raw:
        size = data.draw(st.integers(1, len(raw)))
        found += [each for each in inbox.feed(raw[:size]) if each[0] != PING]
        raw = raw[size:]
    assert [payload.decode() if kind == TEXT else payload for kind, payload in found] == messages


@settings(deadline=None)
@given(MESSAGES)
def test_a_client_reads_what_is_sent(messages: list[str | bytes]) -> None:
    """Frames of any size are whole messages to a client."""
    client, found = Connection(ConnectionType.CLIENT), []
    for message in messages:
        data = frame(TEXT, message.encode()) if isinstance(message, str) else frame(BINARY, message)
        client.receive_data(data)
        parts = list(client.events())
        found.append(("" if isinstance(message, str) else b"").join(part.data for part in parts))  # type: ignore[attr-defined]
    assert found == messages


@settings(deadline=None)
@given(st.binary(min_size=4, max_size=4), st.binary(max_size=300))
def test_masking_is_its_own_inverse(mask: bytes, payload: bytes) -> None:
    """And changes byte i by byte i mod 4 of the mask."""
    masked = unmask(mask, payload)
    assert masked == bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    assert unmask(mask, masked) == payload


@pytest.mark.parametrize(
    "data",
    [
        frame(TEXT, b"unmasked"),
        b"\xc1\x80mask",  # an extension's bit
        b"\x83\x80mask",  # a kind that does not exist
        b"\x80\x80mask",  # the end of a message that never began
        b"\x01\x80mask\x01\x80mask",  # a second message within the first
        b"\x09\x80mask",  # a ping in parts
        b"\x89\xfe\x00\x7emask" + b"x" * 126,  # a ping that is too long
        b"\x81\xff\x00\x00\x00\x00\x00\x01\x00\x01",  # over the limit, known before it has come
        b"\x01\xfe\xff\xffmask" + b"x" * 65535 + b"\x80\x82maskxx",  # over the limit, in parts
    ],
)
def test_a_client_that_breaks_the_rules_is_refused(data: bytes) -> None:
    """Each of these ends the connection."""
    with pytest.raises(ProtocolError):
        list(Inbox(65536).feed(data))


@settings(deadline=None)
@given(st.binary(max_size=500))
def test_no_bytes_at_all_raise_anything_else(data: bytes) -> None:
    """Noise is waited for, read, or refused."""
    try:
        list(Inbox(LIMIT).feed(data))
    except ProtocolError:
        return


def test_an_event_is_what_socket_io_says_it_is() -> None:
    """python-socketio reads the texts of our packets as the events that they are."""
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(event("heartbeat", {"seq": 7}).encode() + binary_event("positions", b"\0\1").encode())
    plain, binary, attachment = client.events()
    assert isinstance(plain, TextMessage)
    assert isinstance(binary, TextMessage)
    assert isinstance(attachment, BytesMessage)
    read = socketio.packet.Packet(encoded_packet=plain.data.removeprefix("4"))
    assert (read.namespace, read.data) == ("/live", ["heartbeat", {"seq": 7}])
    read = socketio.packet.Packet(encoded_packet=binary.data.removeprefix("4"))
    assert read.attachment_count == 1
    assert read.add_attachment(bytes(attachment.data))
    assert (read.namespace, read.data) == ("/live", ["positions", b"\0\1"])
    assert json.loads(plain.data.removeprefix("42/live,")) == ["heartbeat", {"seq": 7}]
    assert websocket.CLOSE == 8
