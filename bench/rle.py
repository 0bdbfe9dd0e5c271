"""pycocotools' side of rle.js: reads one request a line, answers with the mean time of a repetition in milliseconds.

A request is a JSON object: {"task", "repeat", ...}. Inputs are files, loaded once and never timed. The C functions of
pycocotools are called straight in its extension module, so that only they are timed; what the calls themselves cost is
measured with a call that does nothing and taken off.
"""

import ctypes
import json
import sys
from time import perf_counter

import numpy as np
from pycocotools import _mask, mask

c = ctypes.CDLL(_mask.__file__)


class Rle(ctypes.Structure):
    _fields_ = [("h", ctypes.c_ulong), ("w", ctypes.c_ulong), ("m", ctypes.c_ulong), ("counts", ctypes.c_void_p)]


size, pointer = ctypes.c_ulong, ctypes.c_void_p
c.rleEncode.argtypes = [pointer, pointer, size, size, size]
c.rleDecode.argtypes = [pointer, pointer, size]
c.rleFrPoly.argtypes = [pointer, pointer, size, size, size]
c.rleFrString.argtypes = [pointer, ctypes.c_char_p, size, size]
c.rleToString.argtypes, c.rleToString.restype = [pointer], pointer
c.rleIou.argtypes = [pointer, pointer, size, size, pointer, pointer]
c.rleToBbox.argtypes = [pointer, pointer, size]
c.rleFree.argtypes = [pointer]
c.rleInit.argtypes = [pointer, size, size, size, pointer]
libc = ctypes.CDLL(None)
libc.free.argtypes = [pointer]
loaded = {}


def once(key, load):
    if key not in loaded:
        loaded[key] = load()
    return loaded[key]


def pixels(request):
    return once(request["file"], lambda: np.fromfile(request["file"], np.uint8))


def strings(file):
    return once(file, lambda: open(file, "rb").read().split(b"\n"))


def rles(file, height, width):
    """The C structures of the strings of a file."""

    def load():
        texts = strings(file)
        array = (Rle * len(texts))()
        for i, text in enumerate(texts):
            c.rleFrString(ctypes.byref(array, i * ctypes.sizeof(Rle)), text, height, width)
        return array

    return once((file, "rles"), load)


def polygons(file):
    """Rings of float64: the count, the count of numbers of each, then x, y, …"""

    def load():
        flat = np.fromfile(file, np.float64)
        ends = 1 + int(flat[0]) + np.cumsum(flat[1 : 1 + int(flat[0])]).astype(int)
        starts = ends - flat[1 : 1 + int(flat[0])].astype(int)
        return [flat[a:b].copy() for a, b in zip(starts, ends)]

    return once((file, "rings"), load)


def text_of(rle):
    address = c.rleToString(ctypes.byref(rle))
    text = ctypes.string_at(address)
    libc.free(address)
    return text


def timed(work, repeat):
    start = perf_counter()
    for _ in range(repeat):
        result = work()
    return (perf_counter() - start) / repeat, result


def less_calls(seconds, nothing, key):
    """Takes off what the calls of a repetition cost by themselves: the least of many times, measured once."""
    return seconds - once(("calls", *key), lambda: min(timed(nothing, 1)[0] for _ in range(50)))


def encode(request):
    """Bytes column by column, or row by row turned by numpy first."""
    h, w, rows = request["height"], request["width"], request["order"] == "row"
    data, rle = pixels(request), Rle()

    def work():
        columns = np.asfortranarray(data.reshape(h, w)) if rows else data
        c.rleEncode(ctypes.byref(rle), columns.ctypes.data, h, w, 1)
        c.rleFree(ctypes.byref(rle))

    seconds, _ = timed(work, request["repeat"])
    columns = np.asfortranarray(data.reshape(h, w)) if rows else data
    c.rleEncode(ctypes.byref(rle), columns.ctypes.data, h, w, 1)
    text = text_of(rle)
    c.rleFree(ctypes.byref(rle))
    return seconds, text


def decode(request):
    """Into one array again and again; to rows by way of another."""
    h, w, rows = request["height"], request["width"], request["order"] == "row"
    rle = rles(request["file"], h, w)
    out = np.empty(h * w, np.uint8)
    turned = np.empty((h, w), np.uint8)

    def work():
        c.rleDecode(rle, out.ctypes.data, 1)
        if rows:
            np.copyto(turned, out.reshape(h, w, order="F"))

    seconds, _ = timed(work, request["repeat"])
    return seconds, (turned if rows else out).tobytes()


def fill(request):
    h, w = request["height"], request["width"]
    rle = Rle()
    it = ctypes.byref(rle)
    rings = [(ring.ctypes.data, len(ring) // 2) for ring in polygons(request["file"])]

    def work():
        for address, vertices in rings:
            c.rleFrPoly(it, address, vertices, h, w)
            c.rleFree(it)

    def nothing():
        for address, _ in rings:
            c.rleInit(it, 0, 0, 0, None)
            c.rleFree(it)

    seconds = less_calls(timed(work, request["repeat"])[0], nothing, (request["task"], request["file"]))
    texts = []
    for address, vertices in rings:
        c.rleFrPoly(it, address, vertices, h, w)
        texts.append(text_of(rle))
        c.rleFree(it)
    return seconds, b"\n".join(texts)


def iou(request):
    h, w = request["height"], request["width"]
    a, b = rles(request["file"], h, w), rles(request["other"], h, w)
    crowd = np.zeros(len(b), np.uint8)
    out = np.empty(len(a) * len(b), np.float64)

    def work():
        c.rleIou(a, b, len(a), len(b), crowd.ctypes.data, out.ctypes.data)

    seconds, _ = timed(work, request["repeat"])
    return seconds, out.reshape(len(b), len(a)).T.tobytes()


def box(request):
    rle = rles(request["file"], request["height"], request["width"])
    out = np.empty(len(rle) * 4, np.float64)
    seconds, _ = timed(lambda: c.rleToBbox(rle, out.ctypes.data, len(rle)), request["repeat"])
    return seconds, out.tobytes()


def read(request):
    h, w = request["height"], request["width"]
    rle = Rle()
    it = ctypes.byref(rle)
    texts = strings(request["file"])

    def work():
        for text in texts:
            c.rleFrString(it, text, h, w)
            c.rleFree(it)

    def nothing():
        for text in texts:
            c.rleInit(it, 0, 0, 0, None)
            c.rleFree(it)

    seconds = less_calls(timed(work, request["repeat"])[0], nothing, (request["task"], request["file"]))
    return seconds, b"\n".join(text_of(rle) for rle in rles(request["file"], h, w))


def write(request):
    array = rles(request["file"], request["height"], request["width"])
    each = [ctypes.byref(rle) for rle in array]

    def work():
        for it in each:
            libc.free(c.rleToString(it))

    empty = ctypes.byref(Rle())

    def nothing():
        for _ in each:
            c.rleFree(empty)
            c.rleFree(empty)

    seconds = less_calls(timed(work, request["repeat"])[0], nothing, (request["task"], request["file"]))
    return seconds, b"\n".join(text_of(rle) for rle in array)


def numpy_encode(request):
    """As a user calls it: a picture row by row to compressed text."""
    data = pixels(request).reshape(request["height"], request["width"])
    seconds, rle = timed(lambda: mask.encode(np.asfortranarray(data)), request["repeat"])
    return seconds, rle["counts"]


def numpy_decode(request):
    """As a user calls it: compressed text to a picture row by row."""
    rle = {"size": [request["height"], request["width"]], "counts": strings(request["file"])[0]}
    seconds, out = timed(lambda: np.ascontiguousarray(mask.decode(rle)), request["repeat"])
    return seconds, out.tobytes()


def numpy_fill(request):
    """As a user calls it: lists of numbers to compressed text, all polygons in one call."""
    lists = once((request["file"], "lists"), lambda: [ring.tolist() for ring in polygons(request["file"])])
    h, w = request["height"], request["width"]
    seconds, out = timed(lambda: mask.frPyObjects(lists, h, w), request["repeat"])
    return seconds, b"\n".join(rle["counts"] for rle in out)


TASKS = {
    "encode": encode,
    "decode": decode,
    "fill": fill,
    "iou": iou,
    "box": box,
    "read": read,
    "write": write,
    "numpy encode": numpy_encode,
    "numpy decode": numpy_decode,
    "numpy fill": numpy_fill,
}

print(json.dumps({"numpy": np.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    seconds, result = TASKS[request["task"]](request)
    if "out" in request:
        with open(request["out"], "wb") as out:
            out.write(result)
    print(json.dumps({"ms": seconds * 1000}), flush=True)
