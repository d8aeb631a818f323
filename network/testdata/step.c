// The step of network_test.go's BenchmarkStep as one fused loop in C: a 4-2-3
// network, forward, backward and descent, one flower after the other, with no
// matrix but the weights. It is the yardstick of BenchmarkAgainst.
//
//	gcc -O2 -o step step.c -lm && ./step FLOWERS STEPS
//
// prints the nanoseconds of a step and the sum of all weights after the steps.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { I = 4, H = 2, O = 3 };

static double w1[I][H] = {{0.1, -0.2}, {0.3, 0.4}, {-0.5, 0.6}, {0.7, -0.8}};
static double w2[H][O] = {{0.1, 0.2, -0.3}, {0.4, -0.5, 0.6}};

static double sigmoid(double z) { return 1 / (1 + exp(-z)); }

static void step(int n, const double (*x)[I], const double (*y)[O], double rate) {
	double update1[I][H] = {{0}}, update2[H][O] = {{0}};
	for (int f = 0; f < n; f++) {
		double hidden[H], delta[O];
		for (int j = 0; j < H; j++) {
			double z = 0;
			for (int i = 0; i < I; i++) z += x[f][i] * w1[i][j];
			hidden[j] = sigmoid(z);
		}
		for (int k = 0; k < O; k++) {
			double z = 0;
			for (int j = 0; j < H; j++) z += hidden[j] * w2[j][k];
			double out = sigmoid(z);
			delta[k] = (out - y[f][k]) * out * (1 - out);
		}
		for (int j = 0; j < H; j++) {
			double error = 0;
			for (int k = 0; k < O; k++) {
				error += delta[k] * w2[j][k];
				update2[j][k] += hidden[j] * delta[k];
			}
			double d = error * hidden[j] * (1 - hidden[j]);
			for (int i = 0; i < I; i++) update1[i][j] += x[f][i] * d;
		}
	}
	for (int i = 0; i < I; i++)
		for (int j = 0; j < H; j++) w1[i][j] -= rate * update1[i][j] / (n * O);
	for (int j = 0; j < H; j++)
		for (int k = 0; k < O; k++) w2[j][k] -= rate * update2[j][k] / (n * O);
}

int main(int argc, char **argv) {
	if (argc != 3) {
		fprintf(stderr, "usage: step FLOWERS STEPS\n");
		return 2;
	}
	int n = atoi(argv[1]), steps = atoi(argv[2]);
	double(*x)[I] = malloc(n * sizeof *x), (*y)[O] = malloc(n * sizeof *y);
	for (int f = 0; f < n; f++) {
		for (int i = 0; i < I; i++) x[f][i] = 0.1 * (1 + (7 * f + 3 * i) % 70);
		for (int k = 0; k < O; k++) y[f][k] = k == f % O;
	}
	for (int s = 0; s <= steps / 10; s++) step(n, x, y, 0.1); // to warm up
	struct timespec begin, end;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int s = 0; s < steps; s++) step(n, x, y, 0.1);
	clock_gettime(CLOCK_MONOTONIC, &end);
	double sum = 0;
	for (int i = 0; i < I; i++)
		for (int j = 0; j < H; j++) sum += w1[i][j];
	for (int j = 0; j < H; j++)
		for (int k = 0; k < O; k++) sum += w2[j][k];
	printf("%.1f %.12f\n", ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / steps, sum);
	return 0;
}
