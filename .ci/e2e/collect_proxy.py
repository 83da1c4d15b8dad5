"""A proxy in front of a store that spoils requests as the weather is: refused, 503, 403, slow, hung, cut, the answer lost."""
import http.client
import random
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What each weather does to a request, and how often.
WEATHERS = {
    "fair": {},
    "refused": {"reset": 1.0},
    "busy": {"503": 1.0},
    "forbidden": {"403": 1.0},
    "hanging": {"hang": 0.5},
    "cutting": {"cut": 0.4, "lost": 0.4},
    "contested": {"412": 0.3},
    "slow": {"slow": 1.0},
    "mixed": {"reset": 0.1, "503": 0.1, "403": 0.02, "cut": 0.1, "lost": 0.1, "412": 0.05},
}
SLOW_S = 0.7
WORDS = {"503": ("ServerBusy", "The server is busy."), "403": ("AuthorizationFailure", "This request is not authorized."),
         "412": ("ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.")}


class FaultyProxy:
    """Forwards to a port of this machine; thread-safe. Counts what it did per fault."""

    def __init__(self, port, seed):
        self.to, self.random, self.lock, self.weather = port, random.Random(seed), threading.Lock(), "fair"
        self.counts = {}
        self.stopped = threading.Event()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline:
                    self.close_connection = True
                elif self.parse_request():
                    proxy.handle(self)

            def log_message(self, *_):
                pass

        class Listening(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):
                pass  # the collector was killed, or a fault broke the connection

        self.server = Listening(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True).start()

    def fault(self):
        with self.lock:
            chance = self.random.random()
            for fault, share in WEATHERS[self.weather].items():
                if chance < share:
                    self.counts[fault] = self.counts.get(fault, 0) + 1
                    return fault
                chance -= share
            self.counts["passed"] = self.counts.get("passed", 0) + 1
            return None

    def handle(self, request):
        fault = self.fault()
        if fault == "reset":
            return self.reset(request)
        body = self.body(request, half=fault == "cut")
        if fault == "cut":
            return self.reset(request)
        if fault == "slow":
            self.stopped.wait(SLOW_S)
        if fault == "hang":
            self.stopped.wait(self.random.uniform(1, 15))
            return self.reset(request)
        writes = request.command in ("PUT", "DELETE", "POST")
        if fault in WORDS and (fault != "412" or any(name.lower() in ("if-match", "if-none-match") for name in request.headers)):
            return self.refuse(request, int(fault), *WORDS[fault])
        status, headers, answer = self.forward(request, body)
        if fault == "lost" and writes:  # it was done, and nobody is told
            return self.reset(request)
        request.wfile.write(self.head(status, headers, answer, request.command) + (b"" if request.command == "HEAD" else answer))

    @staticmethod
    def body(request, half):
        if "chunked" in request.headers.get("Transfer-Encoding", ""):
            parts = []
            while size := int(request.rfile.readline().split(b";")[0], 16):
                parts.append(request.rfile.read(size))
                request.rfile.readline()
            request.rfile.readline()
            return b"".join(parts)
        size = int(request.headers.get("Content-Length") or 0)
        return request.rfile.read(size // 2 if half else size)

    def forward(self, request, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.to, timeout=60)
        try:
            headers = {k: v for k, v in request.headers.items() if k.lower() not in ("transfer-encoding", "connection", "expect", "content-length")}
            if body or request.command in ("PUT", "POST"):
                headers["Content-Length"] = str(len(body))
            connection.request(request.command, request.path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    @staticmethod
    def head(status, headers, body, command):
        lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, '')}"]
        lines += [f"{k}: {v}" for k, v in headers if k.lower() not in ("transfer-encoding", "connection", "keep-alive")
                  and (k.lower() != "content-length" or command == "HEAD")]
        if command != "HEAD":
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def refuse(self, request, status, code, message):
        body = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>'.encode()
        headers = [("Content-Type", "application/xml"), ("x-ms-error-code", code)]
        request.wfile.write(self.head(status, headers, body, "GET") + (b"" if request.command == "HEAD" else body))

    @staticmethod
    def reset(request):
        request.close_connection = True
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.connection.close()

    def stop(self):
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
