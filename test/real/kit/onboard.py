"""Waits for a freshly started Home Assistant and makes it usable (runs in the tree).

Creates the first user, a long-lived token and the MQTT connection as a browser would, over HTTP and the
WebSocket, waits until Home Assistant reports that it runs, and prints one line of JSON (kept in real-ha.json,
which a second start in the same folder reads back).
"""

import asyncio
import json
import os
import pathlib
import sys
import time

import aiohttp

HTTP, MQTT, SUPERVISOR = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
QUICK = sys.argv[4] == "quick"
URL = f"http://127.0.0.1:{HTTP}"
USER, PASSWORD = "owner", "owner-password"
BROKER_USER, BROKER_PASSWORD = os.environ["BROKER_USER"], os.environ["BROKER_PASSWORD"]
RESULT = pathlib.Path("/config/real-ha.json")
LOG = pathlib.Path("/config/real-ha.log")
DEADLINE = time.monotonic() + 180


async def until(what, describe: str):
    """Repeat until `what` returns something true."""
    while True:
        try:
            if result := await what():
                return result
        except aiohttp.ClientError:
            pass
        if not pathlib.Path(f"/proc/{SUPERVISOR}").exists():
            sys.exit("Home Assistant has stopped")
        if time.monotonic() > DEADLINE:
            sys.exit(f"gave up waiting: {describe}")
        await asyncio.sleep(0.1)


async def post(session: aiohttp.ClientSession, path: str, **kwargs):
    async with session.post(URL + path, **kwargs) as response:
        if response.status >= 400:
            sys.exit(f"POST {path}: {response.status} {await response.text()}")
        return await response.json()


async def socket_call(socket: aiohttp.ClientWebSocketResponse, number: int, **message):
    await socket.send_json({"id": number, **message})
    while True:
        answer = await socket.receive_json()
        if answer.get("id") == number and answer.get("type") == "result":
            if not answer["success"]:
                sys.exit(f"{message['type']}: {answer['error']}")
            return answer["result"]


async def main() -> None:
    known = json.loads(RESULT.read_text()) if RESULT.exists() else None
    async with aiohttp.ClientSession() as session:

        async def answers():
            async with session.get(URL + "/manifest.json") as response:
                return response.status == 200

        await until(answers, "the web server")
        if known is None:
            user = {
                "client_id": URL + "/",
                "name": "Test Owner",
                "username": USER,
                "password": PASSWORD,
                "language": "en",
            }
            code = (await post(session, "/api/onboarding/users", json=user))["auth_code"]
            grant = {"grant_type": "authorization_code", "code": code, "client_id": URL + "/"}
            token = (await post(session, "/auth/token", data=grant))["access_token"]
        else:
            token = known["token"]

        async with session.ws_connect(URL + "/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": token})
            version = (await socket.receive_json())["ha_version"]
            number = 1
            if known is None:
                # The first token lasts half an hour; this one is for the tests.
                token = await socket_call(
                    socket, number, type="auth/long_lived_access_token", client_name="tests", lifespan=3650
                )
            headers = {"Authorization": f"Bearer {token}"}
            if known is None:
                flows = "/api/config/config_entries/flow"
                flow = await post(session, flows, headers=headers, json={"handler": "mqtt"})
                broker = {
                    "broker": "127.0.0.1",
                    "port": MQTT,
                    "protocol": "5",
                    "username": BROKER_USER,
                    "password": BROKER_PASSWORD,
                    "other_settings": {"set_client_cert": False, "set_ca_cert": "off", "transport": "tcp"},
                }
                flow = await post(session, f"{flows}/{flow['flow_id']}", headers=headers, json=broker)
                if flow["type"] != "create_entry":
                    sys.exit(f"MQTT could not be added: {flow}")

            async def runs():
                nonlocal number
                number += 1
                config = await socket_call(socket, number, type="get_config")
                number += 1
                entries = await socket_call(socket, number, type="config_entries/get", domain="mqtt")
                return config["state"] == "RUNNING" and all(entry["state"] == "loaded" for entry in entries)

            await until(runs, "Home Assistant to run with MQTT connected")

    async def born():
        return "birth message sent" in LOG.read_text()

    # Until then Home Assistant holds back new MQTT subscriptions; at least five seconds by its design.
    if not QUICK:
        await until(born, "the MQTT birth message")

    result = {
        "url": URL,
        "http_port": HTTP,
        "token": token,
        "username": USER,
        "password": PASSWORD,
        "version": version,
        "mqtt": {
            "url": f"mqtt://127.0.0.1:{MQTT}",
            "host": "127.0.0.1",
            "port": MQTT,
            "username": BROKER_USER,
            "password": BROKER_PASSWORD,
        },
    }
    RESULT.write_text(json.dumps(result))
    RESULT.chmod(0o600)
    print(json.dumps(result))


asyncio.run(main())
