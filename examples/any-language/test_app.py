"""Calls app.py through callflow. `callflow serve` runs somewhere; then `CALLFLOW_TOKEN=… python3 -m unittest test_app`"""

import json
import os
import sys
import threading
import unittest
import urllib.error
import urllib.request

import app

CALLFLOW = os.environ.get("CALLFLOW_URL", "http://127.0.0.1:8040")
TOKEN = os.environ.get("CALLFLOW_TOKEN") or sys.exit("CALLFLOW_TOKEN is not set: callflow serve prints it")

# Requests of a flow are signed with 64 zero bytes, those of other calls with the key of the project.
PROJECT_KEY, app.KEY = app.KEY, bytes(64)


def ask(path, body=None):
    request = urllib.request.Request(
        path if path.startswith("http") else CALLFLOW + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read().decode()
    except urllib.error.HTTPError as refusal:
        raise AssertionError(refusal.read().decode()) from None
    except urllib.error.URLError as failure:
        raise AssertionError(f"{CALLFLOW} does not answer: {failure.reason}. Is callflow serve running?") from None


def run(flow):
    """A whole call in virtual time."""
    return json.loads(ask("/simulator/flows", flow))


class Menu(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = app.listen(0)
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def call(self, *caller, **flow):
        return run({"url": self.url, "live": True, "caller": caller, **flow})

    def test_key_1_tells_the_opening_hours(self):
        result = self.call({"hears": "press 1", "after": 1, "press": "1"})
        self.assertTrue(result["ok"], result["transcript"])
        self.assertIn('says "We are open from nine to five."', result["transcript"])
        self.assertEqual(result["calls"][0]["state"], "completed")

    def test_who_presses_nothing_is_told_goodbye(self):
        result = self.call()
        self.assertIn('says "Goodbye."', result["transcript"])
        self.assertEqual([request["json"]["parameters"] for request in result["requests"]][1]["digits"], "")

    def test_a_request_that_is_not_signed_is_refused(self):
        app.KEY = b"the key of somebody else"
        self.addCleanup(setattr, app, "KEY", bytes(64))
        result = self.call()
        self.assertFalse(result["ok"])
        self.assertEqual([request["status"] for request in result["requests"]], [403])

    def test_the_whole_call(self):
        with open(os.path.join(os.path.dirname(__file__), "transcript.txt"), encoding="utf-8") as file:
            expect = file.read().replace("http://127.0.0.1:3000/", self.url)
        result = self.call({"hears": "press 1", "after": 1, "press": "1"}, expect=expect)
        self.assertTrue(result["ok"], result.get("difference"))

    def test_a_call_step_by_step(self):
        """The test plays the caller and the shop: telephones ring until it says what happens."""
        session = json.loads(ask("/simulator/sessions", {"url": self.url + "shop", "live": True, "attend": True}))
        step = lambda act: json.loads(ask(session["stepsUrl"], act))
        shop = session["callees"][0]["number"]
        self.assertTrue(session["callees"][0]["ringing"])
        step({"as": shop, "answer": True})
        self.assertEqual(step({"as": shop, "say": "Corner Books."})["heard"][-1]["text"], "Corner Books.")
        self.assertEqual(step({"as": shop, "hangUp": True})["heard"][-1]["text"], "Goodbye.")

    def test_the_shop_is_busy(self):
        session = json.loads(ask("/simulator/sessions", {"url": self.url + "shop", "live": True, "attend": True}))
        shop = session["callees"][0]["number"]
        step = json.loads(ask(session["stepsUrl"], {"as": shop, "busy": True}))
        self.assertEqual(step["heard"][-1]["text"], "Nobody is in the shop.")

    def test_a_call_in_real_time(self):
        app.KEY = PROJECT_KEY
        self.addCleanup(setattr, app, "KEY", bytes(64))
        script = [{"hears": "press 1", "press": "1"}, {"hears": "We are open", "hangUp": True}]
        call = json.loads(ask("/simulator/calls", {"to": "+61255501234", "url": self.url, "script": script}))
        transcript = ask(call["transcriptUrl"] + "?wait=30")
        self.assertIn('says "We are open from nine to five."', transcript)
        self.assertIn("caller        hangs up", transcript)


if __name__ == "__main__":
    unittest.main()
