#!/usr/bin/env python3
"""A second, deliberately plain builder of transaction graphs.

It shares no code with the product. It reads the descriptions in `descriptions.json` and prints
what a graph made of them must be: order, amounts, transactions, signing plan, digest. The test
`GraphOracleTests` compares the Swift builder with the stored output, and where python3 exists it
also runs this file and compares the output with the stored one.

Standard library only. Sources: BIP-68, 141, 340, 341, 342; docs/protocol/graph.md.
"""

import hashlib
import json
import pathlib
import struct
import sys

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


# ---- curve -------------------------------------------------------------------------------------


def add(a, b):
    """Adds two affine points; None is the point at infinity."""
    if a is None:
        return b
    if b is None:
        return a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    if a == b:
        slope = 3 * a[0] * a[0] * pow(2 * a[1], -1, P) % P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(point, scalar):
    result = None
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def lift_x(key):
    x = int.from_bytes(key, "big")
    square = (pow(x, 3, P) + 7) % P
    y = pow(square, (P + 1) // 4, P)
    assert y * y % P == square and x < P, "not on the curve"
    return x, y if y % 2 == 0 else P - y


# ---- encoding ----------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def tagged(tag, data):
    prefix = sha256(tag.encode())
    return sha256(prefix + prefix + data)


def size(value):
    if value < 0xFD:
        return bytes([value])
    if value <= 0xFFFF:
        return b"\xfd" + struct.pack("<H", value)
    return b"\xfe" + struct.pack("<I", value)


def sized(data):
    return size(len(data)) + data


def text(value):
    return sized(value.encode())


def u8(value):
    return bytes([value])


def u32(value):
    return struct.pack("<I", value)


def u64(value):
    return struct.pack("<Q", value)


# ---- taproot -----------------------------------------------------------------------------------


def leaf_hash(script):
    return tagged("TapLeaf", b"\xc0" + sized(script))


def branch(a, b):
    return tagged("TapBranch", min(a, b) + max(a, b))


def balanced(leaves):
    """Root and paths; with n leaves the first 2^(m+1)-n are at depth m, the rest one deeper."""
    paths = [[] for _ in leaves]

    def build(indices, depth, depths):
        if depths[indices[0]] == depth:
            return leaves[indices[0]]
        # The left subtree takes leaves until it is full.
        room, cut = 0, 0
        while room < 1 << 64:
            room += 1 << (64 - (depths[indices[cut]] - depth - 1))
            cut += 1
        left = build(indices[:cut], depth + 1, depths)
        right = build(indices[cut:], depth + 1, depths)
        for index in indices[:cut]:
            paths[index].append(right)
        for index in indices[cut:]:
            paths[index].append(left)
        return branch(left, right)

    count = len(leaves)
    if count == 1:
        return leaves[0], paths
    level = (count - 1).bit_length() - 1
    shallow = 2 ** (level + 1) - count
    depths = [level if index < shallow else level + 1 for index in range(count)]
    return build(list(range(count)), 0, depths), paths


def weighted(leaves, weights):
    """Huffman; among equal weights the node that was made first."""
    paths = [[] for _ in leaves]
    nodes = [(weight, index, leaves[index], [index]) for index, weight in enumerate(weights)]
    made = len(nodes)
    while len(nodes) > 1:
        nodes.sort(key=lambda node: (node[0], node[1]))
        (weight_a, _, hash_a, under_a), (weight_b, _, hash_b, under_b) = nodes[:2]
        for index in under_a:
            paths[index].append(hash_b)
        for index in under_b:
            paths[index].append(hash_a)
        joined = (weight_a + weight_b, made, branch(hash_a, hash_b), under_a + under_b)
        nodes = nodes[2:] + [joined]
        made += 1
    return nodes[0][2], paths


def commit(taproot):
    """Output key, tweak, leaf hashes, control blocks and script of a described output."""
    internal = bytes.fromhex(taproot["internalKey"])
    hashes = [leaf_hash(bytes.fromhex(leaf["script"])) for leaf in taproot["leaves"]]
    root, paths = b"", []
    if hashes:
        if taproot.get("weights"):
            root, paths = weighted(hashes, taproot["weights"])
        else:
            root, paths = balanced(hashes)
    tweak = tagged("TapTweak", internal + root)
    point = add(lift_x(internal), multiply(G, int.from_bytes(tweak, "big")))
    key = point[0].to_bytes(32, "big")
    blocks = [u8(0xC0 | point[1] & 1) + internal + b"".join(path) for path in paths]
    return {
        "key": key, "tweak": tweak, "hashes": hashes, "blocks": blocks,
        "script": b"\x51\x20" + key, "description": taproot,
    }


# ---- transactions ------------------------------------------------------------------------------


def serialise(tx):
    data = u32(tx["version"]) + size(len(tx["inputs"]))
    for outpoint, sequence in tx["inputs"]:
        data += outpoint + b"\x00" + u32(sequence)
    data += size(len(tx["outputs"]))
    for amount, script in tx["outputs"]:
        data += u64(amount) + sized(script)
    return data + u32(tx["lockTime"])


def sighash(tx, prevouts, index, kind, leaf):
    base, alone = kind & 3, kind & 0x80
    outputs = [u64(amount) + sized(script) for amount, script in tx["outputs"]]
    data = b"\x00" + u8(kind) + u32(tx["version"]) + u32(tx["lockTime"])
    if not alone:
        data += sha256(b"".join(outpoint for outpoint, _ in tx["inputs"]))
        data += sha256(b"".join(u64(amount) for amount, _ in prevouts))
        data += sha256(b"".join(sized(script) for _, script in prevouts))
        data += sha256(b"".join(u32(sequence) for _, sequence in tx["inputs"]))
    if base in (0, 1):
        data += sha256(b"".join(outputs))
    data += u8(0 if leaf is None else 2)
    if alone:
        amount, script = prevouts[index]
        data += tx["inputs"][index][0] + u64(amount) + sized(script) + u32(tx["inputs"][index][1])
    else:
        data += u32(index)
    if base == 3:
        data += sha256(outputs[index])
    if leaf is not None:
        data += leaf + b"\x00" + u32(0xFFFFFFFF)
    return tagged("TapSighash", data)


def item_size(item, kind):
    """Largest length of a witness item."""
    if item["kind"] == "signature":
        return 64 if kind == 0 else 65
    if item["kind"] == "preimage":
        return 32
    if item["kind"] == "bytes":
        return item["most"]
    return len(bytes.fromhex(item["value"]))


def witness_size(commitment, spend):
    if spend["path"] is None:
        lengths = [64 if spend["type"] == 0 else 65]
    else:
        leaf = commitment["description"]["leaves"][spend["path"]]
        lengths = [item_size(item, spend["type"]) for item in leaf["items"]]
        lengths.append(len(leaf["script"]) // 2)
        lengths.append(len(commitment["blocks"][spend["path"]]))
    return len(size(len(lengths))) + sum(len(size(length)) + length for length in lengths)


def order(transactions):
    """Parents first; among those that are free, the smallest label."""
    rest = {tx["label"]: tx for tx in transactions}
    done = []
    while rest:
        free = [
            label
            for label, tx in rest.items()
            if not any(source["source"].get("of") in rest for source in tx["inputs"])
        ]
        label = min(free)
        done.append(rest.pop(label))
    return done


def output_script(content):
    if "payout" in content:
        return bytes.fromhex(content["payout"])
    if "anchor" in content:
        return bytes.fromhex("51024e73")
    data = bytes.fromhex(content["data"])
    return b"\x6a" + (b"\x4c" if len(data) > 75 else b"") + u8(len(data)) + data


def fee_of(rule, weight):
    if rule["rule"] == "none":
        return 0
    if rule["rule"] == "fixed":
        return rule["value"]
    return (rule["value"] * ((weight + 3) // 4) + 999) // 1000


def amounts_of(outputs, available, fee):
    rest = available - fee - sum(output["amount"].get("exact", 0) for output in outputs)
    assert rest >= 0, "insufficient amount"
    result = []
    for output in outputs:
        amount = output["amount"]
        if "exact" in amount:
            result.append(amount["exact"])
        elif "share" in amount:
            index, count = amount["share"], amount["of"]
            result.append(rest // count + (1 if index < rest % count else 0))
        else:
            result.append(rest)
    return result


def build_transaction(description, graph, made):
    spent = []
    for source in (entry["source"] for entry in description["inputs"]):
        if "of" in source:
            parent = made[source["of"]]
            outpoint = parent["txid"] + u32(source["index"])
            prevout = parent["tx"]["outputs"][source["index"]]
            commitment = parent["commitments"][source["index"]]
        else:
            outpoint = bytes.fromhex(source["txid"])[::-1] + u32(source["index"])
            commitment = commit(source["taproot"])
            prevout = (source["amount"], commitment["script"])
        spent.append((outpoint, prevout, commitment))
    commitments, scripts = [], []
    for output in description["outputs"]:
        taproot = output["content"].get("taproot")
        commitments.append(commit(taproot) if taproot else None)
        scripts.append(commitments[-1]["script"] if taproot else output_script(output["content"]))
    tx = {
        "version": description["version"], "lockTime": description["lockTime"],
        "inputs": [(s[0], entry["sequence"]) for s, entry in zip(spent, description["inputs"])],
        "outputs": [(0, script) for script in scripts],
    }
    largest = [
        max(witness_size(s[2], spend) for spend in entry["spends"])
        for s, entry in zip(spent, description["inputs"])
    ]
    weight = 4 * len(serialise(tx)) + 2 + sum(largest)
    rule = description.get("fee") or graph["fee"]
    fee = fee_of(rule, weight)
    available = sum(prevout[0] for _, prevout, _ in spent)
    amounts = amounts_of(description["outputs"], available, fee)
    tx["outputs"] = list(zip(amounts, scripts))
    raw = serialise(tx)
    return {
        "description": description, "tx": tx, "raw": raw, "txid": sha256(sha256(raw)),
        "spent": spent, "commitments": commitments, "rule": rule, "fee": fee, "weight": weight,
    }


def plan_of(built):
    tasks = []
    prevouts = [prevout for _, prevout, _ in built["spent"]]
    for index, entry in enumerate(built["description"]["inputs"]):
        commitment = built["spent"][index][2]
        taproot = commitment["description"]
        for spend in entry["spends"]:
            path = spend["path"]
            leaf = None if path is None else commitment["hashes"][path]
            digest = sighash(built["tx"], prevouts, index, spend["type"], leaf)
            if path is None:
                slots = [("signature", commitment["key"])]
            else:
                slots = [
                    (item["name"], bytes.fromhex(item["key"]))
                    for item in taproot["leaves"][path]["items"]
                    if item["kind"] == "signature"
                ]
            for owner, (item, key) in zip(spend["owners"], slots):
                tasks.append({
                    "label": built["description"]["label"], "input": index, "path": path,
                    "item": item, "owner": owner, "key": key,
                    "untweaked": bytes.fromhex(taproot["internalKey"]) if path is None else key,
                    "tweak": commitment["tweak"] if path is None else None, "leaf": leaf,
                    "type": spend["type"], "sighash": digest,
                })
    return tasks


# ---- digest ------------------------------------------------------------------------------------

ROLES = {"operators": 1, "release": 2}


def encode_owner(owner):
    return u8(0) + u8(ROLES[owner]) if owner in ROLES else u8(1) + text(owner)


def owner_rank(owner):
    return (0, ROLES[owner], "") if owner in ROLES else (1, 0, owner)


def encode_path(path):
    return u8(0) if path is None else u8(1) + u32(path)


def encode_rule(rule):
    number = {"none": 0, "fixed": 1, "rate": 2}[rule["rule"]]
    return u8(number) + (u64(rule["value"]) if number else b"")


def encode_item(item):
    data = text(item["name"])
    if item["kind"] == "signature":
        return data + u8(0) + bytes.fromhex(item["key"])
    if item["kind"] == "preimage":
        return data + u8(1) + bytes.fromhex(item["hash"])
    if item["kind"] == "bytes":
        return data + u8(2) + u32(item["least"]) + u32(item["most"])
    return data + u8(3) + sized(bytes.fromhex(item["value"]))


def encode_taproot(taproot):
    data = bytes.fromhex(taproot["internalKey"])
    weights = taproot.get("weights")
    data += u8(1) + size(len(weights)) + b"".join(map(u64, weights)) if weights else u8(0)
    data += size(len(taproot["leaves"]))
    for leaf in taproot["leaves"]:
        data += text(leaf["name"]) + sized(bytes.fromhex(leaf["script"]))
        data += size(len(leaf["items"])) + b"".join(map(encode_item, leaf["items"]))
    return data


def encode_transaction(built):
    description = built["description"]
    data = text(description["label"]) + u32(description["version"]) + u32(description["lockTime"])
    data += encode_rule(built["rule"]) + u64(built["fee"]) + size(len(description["inputs"]))
    for entry, (outpoint, prevout, commitment) in zip(description["inputs"], built["spent"]):
        source = entry["source"]
        if "of" in source:
            data += u8(0) + text(source["of"]) + u32(source["index"])
        else:
            data += u8(1) + text(source["external"])
        data += outpoint + u64(prevout[0]) + sized(prevout[1])
        data += encode_taproot(commitment["description"]) + u32(entry["sequence"])
        data += size(len(entry["spends"]))
        for spend in entry["spends"]:
            data += encode_path(spend["path"]) + u8(spend["type"]) + size(len(spend["owners"]))
            data += b"".join(map(encode_owner, spend["owners"]))
    data += size(len(description["outputs"]))
    for output, (amount, script) in zip(description["outputs"], built["tx"]["outputs"]):
        data += text(output["name"])
        rule = output["amount"]
        if "share" in rule:
            data += u8(2) + u32(rule["share"]) + u32(rule["of"])
        else:
            data += u8(0 if "exact" in rule else 1)
        data += u64(amount) + sized(script)
        content = output["content"]
        if "taproot" in content:
            data += u8(0) + encode_taproot(content["taproot"])
        else:
            data += u8(1 if "payout" in content else 2 if "anchor" in content else 3)
    return data + built["txid"]


def encode_task(task):
    data = text(task["label"]) + u32(task["input"]) + encode_path(task["path"])
    data += text(task["item"]) + encode_owner(task["owner"]) + task["key"] + task["untweaked"]
    for value in (task["tweak"], task["leaf"]):
        data += u8(0) if value is None else u8(1) + value
    return data + u8(task["type"]) + task["sighash"]


def digest_of(graph, built, tasks):
    data = u8(1) + text(graph["name"]) + size(len(graph["keys"]))
    for owner in sorted(graph["keys"], key=owner_rank):
        keys = sorted(bytes.fromhex(key) for key in graph["keys"][owner])
        data += encode_owner(owner) + size(len(keys)) + b"".join(keys)
    data += size(len(built)) + b"".join(map(encode_transaction, built))
    data += size(len(tasks)) + b"".join(map(encode_task, tasks))
    return tagged("BitVMX/graph/v1", data)


# ---- output ------------------------------------------------------------------------------------


def result_of(graph):
    made, built, tasks = {}, [], []
    for description in order(graph["transactions"]):
        one = build_transaction(description, graph, made)
        made[description["label"]] = one
        built.append(one)
        tasks += plan_of(one)
    return {
        "name": graph["name"],
        "digest": digest_of(graph, built, tasks).hex(),
        "transactions": [
            {
                "label": one["description"]["label"], "txid": one["txid"][::-1].hex(),
                "raw": one["raw"].hex(), "fee": one["fee"], "largestWeight": one["weight"],
            }
            for one in built
        ],
        "tasks": [
            {
                "label": task["label"], "input": task["input"], "path": task["path"],
                "item": task["item"], "owner": task["owner"], "key": task["key"].hex(),
                "untweakedKey": task["untweaked"].hex(),
                "tweak": task["tweak"].hex() if task["tweak"] else None,
                "leafHash": task["leaf"].hex() if task["leaf"] else None,
                "type": task["type"], "sighash": task["sighash"].hex(),
            }
            for task in tasks
        ],
    }


def main():
    folder = pathlib.Path(__file__).resolve().parent
    graphs = json.loads((folder / "descriptions.json").read_text())
    json.dump([result_of(graph) for graph in graphs], sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
