"""A menu in Python, with nothing but the standard library. `python3 app.py 3000`"""

import base64
import hashlib
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The signing key is shown in base64: decode it. Without one, signatures are not looked at.
KEY = base64.b64decode(os.environ.get("SIGNING_KEY", ""))

MENU = """<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="5" NextUri="/choice">
    <Say>For our opening hours, press 1.</Say>
  </Input>
</Response>"""

HOURS = "<Response><Say>We are open from nine to five.</Say></Response>"
GOODBYE = "<Response><Say>Goodbye.</Say></Response>"
SHOP = """<Response>
  <Call TimeoutSeconds="20" CallerId="+61255501234" NextUri="/called">
    <Endpoint>+61491570156</Endpoint>
  </Call>
</Response>"""
NOBODY = "<Response><Say>Nobody is in the shop.</Say></Response>"


def is_signed(url, event, body, signature):
    """Hash the bytes of the body as they came, before anything reads them."""
    expected = hmac.new(KEY, url.encode() + event.encode() + body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(expected), signature.encode())


class App(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = f"http://{self.headers['Host']}{self.path}"
        event = self.headers.get("X-Enfonica-Event", "")
        if KEY and not is_signed(url, event, body, self.headers.get("X-Enfonica-Signature", "")):
            return self.answer(403, "the signature does not match")
        if self.path == "/":
            return self.answer(200, MENU)
        if self.path == "/choice":
            digits = json.loads(body)["parameters"].get("digits")
            return self.answer(200, HOURS if digits == "1" else GOODBYE)
        if self.path == "/shop":
            return self.answer(200, SHOP)
        if self.path == "/called":
            status = json.loads(body)["parameters"].get("callStatus")
            return self.answer(200, GOODBYE if status == "COMPLETED" else NOBODY)
        return self.answer(404, "there is nothing here")

    def answer(self, status, text):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8" if status == 200 else "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def listen(port):
    return ThreadingHTTPServer(("127.0.0.1", port), App)


if __name__ == "__main__":
    server = listen(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
    print(f"menu: http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
