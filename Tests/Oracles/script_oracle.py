"""Judges spends with Bitcoin Core's own script engine (libbitcoinkernel).

usage: script_oracle.py SPENDS VERDICTS

SPENDS holds one spend after the other, all numbers little-endian: a transaction (u32 size, bytes), the outputs that it spends
(u32 count; of each u64 satoshi, u32 size, script), u32 input index, u32 flags. VERDICTS gets one byte for each: 1 accepted,
0 refused, 2 not a transaction.
"""

import ctypes
import struct
import sys

import pbk.capi.bindings as kernel


class Reader:
    """Takes numbers and byte strings from the front of a byte string."""

    def __init__(self, data):
        self.data = data
        self.offset = 0

    def number(self, form):
        (value,) = struct.unpack_from(form, self.data, self.offset)
        self.offset += struct.calcsize(form)
        return value

    def text(self):
        size = self.number("<I")
        self.offset += size
        return (ctypes.c_ubyte * size).from_buffer_copy(self.data, self.offset - size), size


def judge(reader):
    raw, size = reader.text()
    transaction = kernel.btck_transaction_create(ctypes.cast(raw, ctypes.c_void_p), size)
    amounts, scripts, outputs = [], [], []
    for _ in range(reader.number("<I")):
        amounts.append(reader.number("<Q"))
        raw, size = reader.text()
        scripts.append(kernel.btck_script_pubkey_create(ctypes.cast(raw, ctypes.c_void_p), size))
        outputs.append(kernel.btck_transaction_output_create(scripts[-1], amounts[-1]))
    index = reader.number("<I")
    flags = reader.number("<I")
    verdict = 2
    if transaction:
        spent = (ctypes.POINTER(kernel.struct_btck_TransactionOutput) * len(outputs))(*outputs)
        data = kernel.btck_precomputed_transaction_data_create(transaction, spent, len(outputs))
        status = ctypes.c_ubyte(0)
        accepted = kernel.btck_script_pubkey_verify(
            scripts[index], amounts[index], transaction, data, index, flags, ctypes.byref(status))
        if status.value != 0:
            raise SystemExit(f"the engine cannot judge: status {status.value}")
        verdict = 1 if accepted == 1 else 0
        kernel.btck_precomputed_transaction_data_destroy(data)
        kernel.btck_transaction_destroy(transaction)
    for output, script in zip(outputs, scripts):
        kernel.btck_transaction_output_destroy(output)
        kernel.btck_script_pubkey_destroy(script)
    return verdict


def main():
    with open(sys.argv[1], "rb") as file:
        reader = Reader(file.read())
    verdicts = bytearray()
    while reader.offset < len(reader.data):
        verdicts.append(judge(reader))
    with open(sys.argv[2], "wb") as file:
        file.write(verdicts)


main()
