#!/usr/bin/env python3
"""Runs a pymodbus server and client on loopback and writes down what the client read and wrote, as JSON.

Usage: modbus-live.py PORT OUTPUT
"""
import json
import random
import sys
import threading
import time

from pymodbus.client import ModbusTcpClient
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.mei_message import ReadDeviceInformationRequest
from pymodbus.server import StartTcpServer

PORT, OUTPUT = int(sys.argv[1]), sys.argv[2]
UNIT = 7
SIZE = 200
IDENTITY = {"VendorName": "Example Works", "ProductCode": "EX-1", "MajorMinorRevision": "1.2.3"}


def serve():
    unit = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [i % 3 == 0 for i in range(SIZE)]), co=ModbusSequentialDataBlock(0, [False] * SIZE),
        hr=ModbusSequentialDataBlock(0, [i * 3 for i in range(SIZE)]), ir=ModbusSequentialDataBlock(0, [65535 - i for i in range(SIZE)]), zero_mode=True)
    StartTcpServer(context=ModbusServerContext(slaves={UNIT: unit}, single=False), identity=ModbusDeviceIdentification(info_name=IDENTITY), address=("127.0.0.1", PORT))


class Facts:
    """What the client knows: per table and address the values read and written, in order."""

    def __init__(self):
        self.read, self.written, self.refused = {}, {}, 0

    def note(self, into, table, start, values):
        for offset, value in enumerate(values):
            into.setdefault(f"{table} {start + offset}", []).append(int(value))


def main():
    threading.Thread(target=serve, daemon=True).start()
    client = ModbusTcpClient("127.0.0.1", port=PORT)
    deadline = time.time() + 10
    while not client.connect():
        if time.time() > deadline:
            sys.exit("the server does not start")
        time.sleep(0.1)

    facts, rnd = Facts(), random.Random(7)
    for _ in range(30):
        start, count = rnd.randrange(100), rnd.randrange(1, 60)
        kind = rnd.randrange(8)
        if kind == 0:
            facts.note(facts.read, "coil", start, client.read_coils(start, count, slave=UNIT).bits[:count])
        elif kind == 1:
            facts.note(facts.read, "discrete input", start, client.read_discrete_inputs(start, count, slave=UNIT).bits[:count])
        elif kind == 2:
            facts.note(facts.read, "holding register", start, client.read_holding_registers(start, count, slave=UNIT).registers)
        elif kind == 3:
            facts.note(facts.read, "input register", start, client.read_input_registers(start, count, slave=UNIT).registers)
        elif kind == 4:
            value = rnd.random() < 0.5
            client.write_coil(start, value, slave=UNIT)
            facts.note(facts.written, "coil", start, [value])
        elif kind == 5:
            value = rnd.randrange(65536)
            client.write_register(start, value, slave=UNIT)
            facts.note(facts.written, "holding register", start, [value])
        elif kind == 6:
            values = [rnd.random() < 0.5 for _ in range(count)]
            client.write_coils(start, values, slave=UNIT)
            facts.note(facts.written, "coil", start, values)
        else:
            values = [rnd.randrange(65536) for _ in range(count)]
            client.write_registers(start, values, slave=UNIT)
            facts.note(facts.written, "holding register", start, values)

    for address in (500, 600):
        facts.refused += client.read_holding_registers(address, 10, slave=UNIT).isError()
    request = ReadDeviceInformationRequest()
    request.unit_id = request.slave_id = UNIT   # the name differs from version to version
    client.execute(request)
    client.close()
    with open(OUTPUT, "w", encoding="utf-8") as out:
        json.dump({"unit": UNIT, "read": facts.read, "written": facts.written, "refused": facts.refused, "identity": sorted(IDENTITY.values())}, out)


main()
