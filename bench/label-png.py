# The rival of label-png.js: OpenCV, kept running. Each line of standard input is a JSON task, each line of standard
# output its answer with the milliseconds that it took, measured here. What a task leaves behind serves the next.
import json
import resource
import sys
import time
import zlib

import cv2
import numpy as np

cv2.setNumThreads(1)
state = {}


def load(task):
    with open(task["polygons"]) as file:
        state["polygons"] = [np.array(ring, np.int32).reshape(-1, 1, 2) for ring in json.load(file)]
    state["size"] = (task["height"], task["width"])
    state["map"] = np.fromfile(task["map"], np.uint8).reshape(state["size"])
    with open(task["png"], "rb") as file:
        state["png"] = np.frombuffer(file.read(), np.uint8)
    return lambda: None


def paint(_):
    def work():
        image = np.zeros(state["size"], np.uint8)
        for value, ring in enumerate(state["polygons"], 1):
            cv2.fillPoly(image, [ring], value)
        return image

    return work


def write(_):
    return lambda: cv2.imencode(".png", state["map"])[1]


def read(task):
    data = state["written"] if task["whose"] == "theirs" else state["png"]
    return lambda: cv2.imdecode(data, cv2.IMREAD_UNCHANGED)


TASKS = {"load": load, "paint": paint, "write": write, "read": read}

print(json.dumps({"version": cv2.__version__}), flush=True)
for line in sys.stdin:
    task = json.loads(line)
    work = TASKS[task["do"]](task)
    started = time.perf_counter()
    result = work()
    answer = {"ms": (time.perf_counter() - started) * 1000}
    if task["do"] == "write":
        state["written"] = result
        if "to" in task:
            result.tofile(task["to"])
    if result is not None:
        answer["bytes"] = int(result.nbytes)
        answer["crc"] = zlib.crc32(result)
    answer["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer), flush=True)
