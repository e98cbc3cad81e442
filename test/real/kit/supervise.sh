#!/bin/bash
# Runs in the tree: the broker, and Home Assistant for as long as it asks to be restarted.
# A TERM stops both in order; Home Assistant first, so that its farewell message still has a broker.
# The broker's process id is in broker/pid: whoever ended it says USR1 to have it back.
[ -e /config/broker/passwords ] ||
  mosquitto_passwd -b -c /config/broker/passwords "$BROKER_USER" "$BROKER_PASSWORD"

start_broker() {
  mosquitto -c /config/broker/mosquitto.conf 2>>/config/broker/mosquitto.log &
  broker=$!
  echo "$broker" >/config/broker/pid
}
start_broker
core=''
stopping=''
trap start_broker USR1
trap 'stopping=yes; [ -z "$core" ] || kill -TERM "$core" 2>/dev/null' TERM INT

while [ -z "$stopping" ]; do
  # --skip-pip: left to itself it installs the requirements of all that an integration could use, some of which need a
  # compiler, and tries so for 20 s at each start. It also takes a version that is not quite the pinned one (see requirements.py).
  hass --config /config --skip-pip --log-no-color &
  core=$!
  wait "$core"
  code=$?
  # A trapped signal ends the wait early; wait for the process itself.
  while kill -0 "$core" 2>/dev/null; do
    wait "$core"
    code=$?
  done
  [ "$code" = 100 ] || break # 100: "start me again"
done

kill -TERM "$broker" 2>/dev/null
wait "$broker"
exit "${code:-0}"
