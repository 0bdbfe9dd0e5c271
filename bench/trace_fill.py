"""cv2's side of trace-fill.js: reads one request a line, answers with the time of each repetition's mean in milliseconds.

A request is a JSON object: {"task", "repeat", ...}. Inputs are files of raw numbers, loaded once and never timed.
"""

import json
import sys
from time import perf_counter

import cv2
import numpy as np

cv2.setNumThreads(1)
MODES = {"CCOMP": cv2.RETR_CCOMP, "TREE": cv2.RETR_TREE}
loaded = {}


def mask(file, width, height):
    if file not in loaded:
        loaded[file] = np.fromfile(file, np.uint8).reshape(height, width)
    return loaded[file]


def rings(file):
    """Rings of int32 vertices: the count, the count of vertices of each, then x, y, …"""
    if file not in loaded:
        flat = np.fromfile(file, np.int32)
        sizes = flat[1 : 1 + flat[0]]
        ends = 1 + flat[0] + 2 * np.cumsum(sizes)
        loaded[file] = [np.ascontiguousarray(flat[e - 2 * n : e].reshape(-1, 1, 2)) for e, n in zip(ends, sizes)]
    return loaded[file]


def trace(request):
    pixels = mask(request["file"], request["width"], request["height"])
    mode = MODES[request["mode"]]
    for _ in range(request["repeat"]):
        contours, _hierarchy = cv2.findContours(pixels, mode, cv2.CHAIN_APPROX_SIMPLE)
    return len(contours)


def fill_one(request):
    polygons = rings(request["file"])
    for _ in range(request["repeat"]):
        image = np.zeros((request["height"], request["width"]), np.uint8)
        for ring in polygons:
            cv2.fillPoly(image, [ring], 1)
    if "out" in request:
        image.tofile(request["out"])
    return int(image.sum())


def fill_each(request):
    polygons = rings(request["file"])
    for _ in range(request["repeat"]):
        for ring in polygons:
            image = np.zeros((request["height"], request["width"]), np.uint8)
            cv2.fillPoly(image, [ring], 1)
    return 0


TASKS = {"trace": trace, "fill one": fill_one, "fill each": fill_each}

print(json.dumps({"cv2": cv2.__version__, "python": sys.version.split()[0]}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    start = perf_counter()
    result = TASKS[request["task"]](request)
    ms = (perf_counter() - start) * 1000 / request["repeat"]
    print(json.dumps({"ms": ms, "result": result}), flush=True)
