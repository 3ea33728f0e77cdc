"""The scanner's own protocol, spoken with a server of the test over a real socket."""

import io
import socket
import struct
import threading

import pytest

from core.scanning import CannotScan, ScannerAway, what_is_in

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, settings, tmp_path):
    """A server that finds EICAR, as clamd does; `answer` replaces what it says, None hangs up."""

    class Scanner:
        answer = ""
        got = b""

    if request.param == "unix":
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(tmp_path / "s"))
        settings.CLAMD_URL = f"unix://{tmp_path}/s"
    else:
        listening = socket.create_server(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    listening.listen(1)

    def exactly(line, size):
        got = b""
        while len(got) < size:
            piece = line.recv(size - len(got))
            if not piece:
                raise EOFError
            got += piece
        return got

    def serve():
        line, _address = listening.accept()
        with line:
            if Scanner.answer is None:
                return
            assert exactly(line, 10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", exactly(line, 4))[0]:
                Scanner.got += exactly(line, size)
            verdict = b"Eicar-Signature FOUND" if EICAR in Scanner.got else b"OK"
            line.sendall((Scanner.answer.encode() or b"stream: " + verdict) + b"\0")

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    yield Scanner
    listening.close()
    serving.join(300)


def test_every_byte_reaches_the_scanner_and_its_answer_is_understood(scanner):
    content = b"a" * 200_000
    assert what_is_in(io.BytesIO(content)) == ""
    assert scanner.got == content


def test_what_is_found_is_named(scanner):
    assert what_is_in(io.BytesIO(b"-" * 70_000 + EICAR)) == "Eicar-Signature"


@pytest.mark.parametrize("answer", ["INSTREAM size limit exceeded. ERROR", None, "stream: FOUNDLING"])
def test_any_other_answer_counts_as_no_scan(scanner, answer):
    scanner.answer = answer
    with pytest.raises(CannotScan) as error:
        what_is_in(io.BytesIO(b"x" * 300_000))
    assert isinstance(error.value, ScannerAway) == (answer is None)


def test_a_scanner_that_is_away_is_no_error_of_the_file(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with pytest.raises(ScannerAway):
        what_is_in(io.BytesIO(b"x"))
