#!/usr/bin/env python3
"""The NumPy twin: parts 13 and 14 of "Basics of Deep Learning" in NumPy.

It is written from the equations, not from the Go program, so that the two can
be compared. It needs Python 3 and NumPy, and nothing else.

    reference.py                    write reference.json beside this file
    reference.py --check            compute again, compare with reference.json
    reference.py --answer           read requests (JSON, shaped as REQUESTS
                                    below) from standard input, print answers
    reference.py --time FLOWERS STEPS
                                    print the nanoseconds that one step takes
"""

import json
import math
import os
import sys
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SPECIES = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"]


# --- part 13


def load():
    """All flowers: the lengths (150×4) and the one-hot labels (150×3)."""
    path = os.path.join(HERE, "iris.csv")
    x = np.loadtxt(path, delimiter=",", skiprows=1, usecols=(0, 1, 2, 3))
    species = np.loadtxt(path, delimiter=",", skiprows=1, usecols=4, dtype=str)
    y = np.array([[float(name == s) for s in SPECIES] for name in species])
    return x, y


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def random_weights(seed, hidden):
    np.random.seed(seed)
    weights_1 = np.random.normal(scale=0.5, size=(4, hidden))
    weights_2 = np.random.normal(scale=0.5, size=(hidden, 3))
    return weights_1, weights_2


def feedforward(x, weights_1, weights_2):
    hidden_layer_inputs = np.dot(x, weights_1)
    hidden_layer_outputs = sigmoid(hidden_layer_inputs)
    output_layer_inputs = np.dot(hidden_layer_outputs, weights_2)
    output_layer_outputs = sigmoid(output_layer_inputs)
    return hidden_layer_inputs, hidden_layer_outputs, output_layer_inputs, output_layer_outputs


def backpropagate(x, y, weights_2, hidden_layer_outputs, output_layer_outputs):
    N = y.size
    output_layer_error = output_layer_outputs - y
    output_layer_slope = output_layer_outputs * (1 - output_layer_outputs)
    output_layer_delta = output_layer_error * output_layer_slope

    hidden_layer_error = np.dot(output_layer_delta, weights_2.T)
    hidden_layer_slope = hidden_layer_outputs * (1 - hidden_layer_outputs)
    hidden_layer_delta = hidden_layer_error * hidden_layer_slope

    weights_2_update = np.dot(hidden_layer_outputs.T, output_layer_delta) / N
    weights_1_update = np.dot(x.T, hidden_layer_delta) / N
    return (output_layer_error, output_layer_slope, output_layer_delta,
            hidden_layer_error, hidden_layer_slope, hidden_layer_delta,
            weights_2_update, weights_1_update)


def mean_squared_error(output_layer_outputs, y):
    return np.square(output_layer_outputs - y).sum() / (2 * y.size)


def answer_pass(request):
    """Every matrix of the last of request's gradient descent steps."""
    all_x, all_y = load()
    x, y = all_x[request["flowers"]], all_y[request["flowers"]]
    rate = request["rate"]
    weights_1, weights_2 = random_weights(request["seed"], request["hidden"])
    for _ in range(request["steps"]):
        old_1, old_2 = weights_1, weights_2
        forward = feedforward(x, old_1, old_2)
        backward = backpropagate(x, y, old_2, forward[1], forward[3])
        weights_2 = old_2 - rate * backward[6]
        weights_1 = old_1 - rate * backward[7]
    again = feedforward(x, weights_1, weights_2)
    return {
        "n": y.size,
        "mse_before": mean_squared_error(forward[3], y),
        "mse_after": mean_squared_error(again[3], y),
        "x": x,
        "y": y,
        "weights_1": old_1,
        "weights_2": old_2,
        "hidden_layer_inputs": forward[0],
        "hidden_layer_outputs": forward[1],
        "output_layer_inputs": forward[2],
        "output_layer_outputs": forward[3],
        "output_layer_error": backward[0],
        "output_layer_slope": backward[1],
        "output_layer_delta": backward[2],
        "weights_2.T": old_2.T,
        "hidden_layer_error": backward[3],
        "hidden_layer_slope": backward[4],
        "hidden_layer_delta": backward[5],
        "hidden_layer_outputs.T": forward[1].T,
        "weights_2_update": backward[6],
        "x.T": x.T,
        "weights_1_update": backward[7],
        "new_weights_2": weights_2,
        "new_weights_1": weights_1,
        "squared_errors": np.square(backward[0]),
        "sum_of_squared_errors": np.square(backward[0]).sum(keepdims=True),
        "mse": np.square(backward[0]).sum(keepdims=True) / (2 * y.size),
    }


# --- parts 8 to 12: the chain rule, route by route


def answer_routes(request):
    """The derivative of each weight as a sum over its routes to the MSE, one
    factor after the other, without any matrix of the way back."""
    all_x, all_y = load()
    x, y = all_x[request["flowers"]], all_y[request["flowers"]]
    weights_1, weights_2 = random_weights(request["seed"], request["hidden"])
    for _ in range(request["steps"] - 1):
        forward = feedforward(x, weights_1, weights_2)
        backward = backpropagate(x, y, weights_2, forward[1], forward[3])
        weights_2 = weights_2 - request["rate"] * backward[6]
        weights_1 = weights_1 - request["rate"] * backward[7]
    _, hidden, _, out = feedforward(x, weights_1, weights_2)
    N = y.size
    flowers, nodes, outputs = range(len(x)), range(request["hidden"]), range(3)

    def into_output(f, k):  # ∂MSE/∂out · ∂out/∂z
        return (out[f, k] - y[f, k]) / N * (out[f, k] * (1 - out[f, k]))

    by_routes_2 = [[math.fsum(into_output(f, k) * hidden[f, j] for f in flowers) for k in outputs] for j in nodes]
    by_routes_1 = [
        [
            math.fsum(
                into_output(f, k) * weights_2[j, k] * (hidden[f, j] * (1 - hidden[f, j])) * x[f, i]
                for f in flowers
                for k in outputs
            )
            for j in nodes
        ]
        for i in range(4)
    ]
    return {"weights_1": by_routes_1, "weights_2": by_routes_2}


# --- part 14


def split(rows, test_size, seed):
    """The rows of scikit-learn's train_test_split: training set, test set."""
    order = np.random.RandomState(seed).permutation(rows)
    return order[test_size:], order[:test_size]


def accuracy(output_layer_outputs, y):
    return (output_layer_outputs.argmax(axis=1) == y.argmax(axis=1)).mean()


def answer_training(request):
    """The history of a training, the weights after it and what they predict."""
    all_x, all_y = load()
    train, test = split(len(all_x), request["test_size"], request["split_seed"])
    return train_on(request, all_x, all_y, train, test)


def answer_own(request):
    """A training on rows of one's own choice. It may scale the lengths, to mean 0 and standard
    deviation 1 in the training set, and keeps the weights with the lowest test MSE."""
    all_x, all_y = load()
    train, test = request["train"], request["test"]
    mean, deviation = np.zeros(4), np.ones(4)
    if request["scale"]:
        mean, deviation = all_x[train].mean(axis=0), all_x[train].std(axis=0)
    best = {}
    answer = train_on(request, (all_x - mean) / deviation, all_y, train, test, best)
    return {**answer, "mean": mean, "standard_deviation": deviation, "best": best}


def train_on(request, all_x, all_y, train, test, best=None):
    """A training on some of the flowers, tested with others. The weights with the lowest test
    MSE go into best, with the number of steps after which they were these."""
    x, y = all_x[train], all_y[train]
    weights_1, weights_2 = random_weights(request["seed"], request["hidden"])
    history = []
    for epoch in range(1, request["epochs"] + 1):
        forward = feedforward(x, weights_1, weights_2)
        keep_best(best, epoch - 1, all_x[test], all_y[test], weights_1, weights_2)
        if epoch in request["report"]:
            test_outputs = feedforward(all_x[test], weights_1, weights_2)[3]
            history.append({
                "epoch": epoch,
                "mse": mean_squared_error(forward[3], y),
                "accuracy": accuracy(forward[3], y),
                "test_mse": mean_squared_error(test_outputs, all_y[test]),
                "test_accuracy": accuracy(test_outputs, all_y[test]),
            })
        backward = backpropagate(x, y, weights_2, forward[1], forward[3])
        weights_2 = weights_2 - request["rate"] * backward[6]
        weights_1 = weights_1 - request["rate"] * backward[7]
    keep_best(best, request["epochs"], all_x[test], all_y[test], weights_1, weights_2)
    test_outputs = feedforward(all_x[test], weights_1, weights_2)[3]
    return {
        "history": history,
        "weights_1": weights_1,
        "weights_2": weights_2,
        "test_labels": all_y[test].argmax(axis=1),
        "test_predictions": test_outputs.argmax(axis=1),
    }


def keep_best(best, steps, x, y, weights_1, weights_2):
    """Keep the weights if their test MSE is the lowest so far. best is None if nobody asks."""
    if best is None:
        return
    mse = mean_squared_error(feedforward(x, weights_1, weights_2)[3], y)
    if not best or mse < best["test_mse"]:
        best.update(steps=steps, test_mse=mse, weights_1=weights_1, weights_2=weights_2)


# --- random numbers


def answer_random(request):
    """The first numbers of each kind that NumPy draws from a seed."""
    seed = request["seed"]
    words = np.frombuffer(np.random.RandomState(seed).bytes(4 * 1300), dtype="<u4")
    mixed = np.random.RandomState(seed)
    return {
        # around 624 and 1248 the generator makes its next block of words
        "uint32": [{"index": i, "word": words[i]} for i in (0, 1, 2, 622, 623, 624, 625, 1247, 1248, 1299)],
        "float64": np.random.RandomState(seed).random_sample(5),
        "normal": np.random.RandomState(seed).standard_normal(9),
        "permutations": [np.random.RandomState(seed).permutation(n) for n in (1, 2, 3, 10, 150)],
        # the second normal number of a pair waits while others are drawn
        "mixed": [mixed.standard_normal(), mixed.random_sample(), mixed.standard_normal(), mixed.standard_normal()],
    }


def answer_split(request):
    train, test = split(request["rows"], request["test_size"], request["seed"])
    return {"train": train, "test": test}


# --- what this file is asked for


def notebook(flowers=(1, 51, 101), hidden=2, rate=0.1, seed=10, steps=1):
    return {"flowers": list(flowers), "hidden": hidden, "rate": rate, "seed": seed, "steps": steps}


REQUESTS = {
    "passes": [
        notebook(),
        notebook(steps=10),
        notebook(steps=1000),
        notebook(hidden=5),
        notebook(flowers=(0, 149, 75, 51, 3, 110, 98)),
        notebook(flowers=(0, 149, 75, 51, 3, 110, 98), hidden=5, rate=1.5, seed=2024, steps=10),
        notebook(flowers=(77,), hidden=1, seed=0),
        notebook(flowers=(1, 51, 101, 52, 149), rate=0.13),
        notebook(flowers=(1, 51, 101, 52, 149), rate=0.13, steps=7),
        notebook(flowers=(99, 0, 75, 51, 3, 60, 98), hidden=5, rate=1.5, seed=2024),
        notebook(flowers=(99, 0, 75, 51, 3, 60, 98), hidden=5, rate=1.5, seed=2024, steps=9),
    ],
    "routes": [
        notebook(),
        notebook(steps=1000),
        notebook(flowers=(77,), hidden=1, seed=0),
        notebook(flowers=(99, 0, 75, 51, 3, 60, 98), hidden=5, rate=1.5, seed=2024, steps=6),
    ],
    "trainings": [
        {"seed": 10, "split_seed": 4, "test_size": 20, "hidden": 2, "rate": 0.1, "epochs": 10000,
         "report": [1, 2, 10, 100, 1000, 5000, 10000]},
        {"seed": 3, "split_seed": 11, "test_size": 50, "hidden": 4, "rate": 0.5, "epochs": 500,
         "report": [1, 10, 100, 500]},
    ],
    "own": [
        {"seed": 10, "hidden": 2, "rate": 1, "epochs": 300, "report": [1, 100, 300], "scale": True,
         "train": list(range(0, 150, 2)), "test": list(range(1, 150, 2))},
        # the test MSE rises at the end
        {"seed": 1, "hidden": 2, "rate": 3, "epochs": 400, "report": [1, 400], "scale": False,
         "train": split(150, 100, 1)[0].tolist(), "test": split(150, 100, 1)[1].tolist()},
    ],
    "random": [{"seed": seed} for seed in (0, 1, 4, 10, 42, 2**32 - 1)],
    "splits": [
        {"rows": 150, "test_size": 20, "seed": 4},
        {"rows": 150, "test_size": 30, "seed": 42},
        {"rows": 10, "test_size": 9, "seed": 0},
    ],
}

ANSWERS = {"passes": answer_pass, "routes": answer_routes, "trainings": answer_training, "own": answer_own,
           "random": answer_random, "splits": answer_split}


def answer(requests):
    """Each request with its answer beside it, as plain lists and numbers."""
    return {
        kind: [{"request": r, "answer": plain(ANSWERS[kind](r))} for r in requests[kind]]
        for kind in requests
    }


def plain(value):
    if isinstance(value, dict):
        return {name: plain(v) for name, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return value


def write(answers, out):
    """JSON with a line for each name, so that a change shows as a line."""
    kinds = []
    for kind, pairs in answers.items():
        rows = []
        for pair in pairs:
            lines = ",\n    ".join(f"{json.dumps(name)}: {json.dumps(v)}" for name, v in pair["answer"].items())
            rows.append(f'  {{"request": {json.dumps(pair["request"])},\n   "answer": {{\n    {lines}}}}}')
        kinds.append(f"{json.dumps(kind)}: [\n" + ",\n".join(rows) + "]")
    out.write("{" + ",\n".join(kinds) + "}\n")


def compare(fresh, stored, where=""):
    """Stop if the two differ by more than machines do in their last digits."""
    if isinstance(fresh, dict) and isinstance(stored, dict) and list(fresh) == list(stored):
        for name in fresh:
            compare(fresh[name], stored[name], f"{where}.{name}")
    elif isinstance(fresh, list) and isinstance(stored, list) and len(fresh) == len(stored):
        for i, (a, b) in enumerate(zip(fresh, stored)):
            compare(a, b, f"{where}[{i}]")
    elif isinstance(fresh, float) and isinstance(stored, float) and abs(fresh - stored) <= 1e-11 * max(1, abs(stored)):
        pass
    elif fresh != stored:
        sys.exit(f"reference.py: reference.json{where}: found {stored}, computed {fresh}")


def time_steps(flowers, steps):
    """Nanoseconds for one step of a 4-2-3 net on made-up flowers."""
    f, i = np.arange(flowers)[:, None], np.arange(4)[None, :]
    x = 0.1 * (1 + (7 * f + 3 * i) % 70)
    y = (np.arange(3)[None, :] == f % 3).astype(float)
    weights_1 = np.array([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6], [0.7, -0.8]])
    weights_2 = np.array([[0.1, 0.2, -0.3], [0.4, -0.5, 0.6]])
    warm_up = steps // 10 + 1
    for i in range(warm_up + steps):
        if i == warm_up:
            begin = time.perf_counter()
        forward = feedforward(x, weights_1, weights_2)
        backward = backpropagate(x, y, weights_2, forward[1], forward[3])
        weights_2 = weights_2 - 0.1 * backward[6]
        weights_1 = weights_1 - 0.1 * backward[7]
    seconds = time.perf_counter() - begin
    print(f"{seconds / steps * 1e9:.1f} {weights_1.sum() + weights_2.sum():.12f}")


def main(args):
    path = os.path.join(HERE, "reference.json")
    if args == []:
        with open(path, "w", encoding="utf-8") as out:
            write(answer(REQUESTS), out)
    elif args == ["--check"]:
        with open(path, encoding="utf-8") as stored:
            compare(plain(answer(REQUESTS)), json.load(stored))
        print("reference.json agrees with NumPy", np.__version__)
    elif args == ["--answer"]:
        write(answer(json.load(sys.stdin)), sys.stdout)
    elif len(args) == 3 and args[0] == "--time":
        time_steps(int(args[1]), int(args[2]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
