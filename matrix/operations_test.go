package matrix_test

import (
	"fmt"
	"math"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
)

func square(v float64) float64 { return v * v }

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// operations are all of them in one form, z = x op y. Those with one operand
// leave y aside. Applied to square matrices of one size, each of them fits.
var operations = []struct {
	name     string
	operands int
	inPlace  bool // z may be an operand itself
	run      func(z, x, y matrix.Matrix)
}{
	{"Dot", 2, false, matrix.Matrix.Dot},
	{"Transpose", 1, false, func(z, x, _ matrix.Matrix) { z.Transpose(x) }},
	{"Sub", 2, true, matrix.Matrix.Sub},
	{"Hadamard", 2, true, matrix.Matrix.Hadamard},
	{"Scale", 1, true, func(z, x, _ matrix.Matrix) { z.Scale(3, x) }},
	{"Apply", 1, true, func(z, x, _ matrix.Matrix) { z.Apply(square, x) }},
}

// The functions below return the result of an operation in a matrix of its own,
// which is full of NaN before, so that nothing old can count as a result.

func dot(x, y matrix.Matrix) matrix.Matrix {
	z := filled(x.Rows(), y.Cols(), math.NaN())
	z.Dot(x, y)
	return z
}

func transpose(x matrix.Matrix) matrix.Matrix {
	z := filled(x.Cols(), x.Rows(), math.NaN())
	z.Transpose(x)
	return z
}

func sub(x, y matrix.Matrix) matrix.Matrix {
	z := filled(x.Rows(), x.Cols(), math.NaN())
	z.Sub(x, y)
	return z
}

func hadamard(x, y matrix.Matrix) matrix.Matrix {
	z := filled(x.Rows(), x.Cols(), math.NaN())
	z.Hadamard(x, y)
	return z
}

func scale(s float64, x matrix.Matrix) matrix.Matrix {
	z := filled(x.Rows(), x.Cols(), math.NaN())
	z.Scale(s, x)
	return z
}

func apply(f func(float64) float64, x matrix.Matrix) matrix.Matrix {
	z := filled(x.Rows(), x.Cols(), math.NaN())
	z.Apply(f, x)
	return z
}

func TestOperations(t *testing.T) {
	for _, test := range []struct {
		name      string
		got, want matrix.Matrix
	}{
		{"Dot with 1×1", dot(matrix.Matrix{{3}}, matrix.Matrix{{-4}}), matrix.Matrix{{-12}}},
		{"Dot of row and column", // 1·4 + 2·5 + 3·6
			dot(matrix.Matrix{{1, 2, 3}}, matrix.Matrix{{4}, {5}, {6}}), matrix.Matrix{{32}}},
		{"Dot of column and row",
			dot(matrix.Matrix{{1}, {2}, {3}}, matrix.Matrix{{4, 5}}), matrix.Matrix{{4, 5}, {8, 10}, {12, 15}}},
		{"Dot in NumPy's documentation of np.matmul",
			dot(matrix.Matrix{{1, 0}, {0, 1}}, matrix.Matrix{{4, 1}, {2, 2}}), matrix.Matrix{{4, 1}, {2, 2}}},
		{"Dot with three different sizes",
			dot(matrix.Matrix{{1, 0, 2}, {-1, 3, 1}}, matrix.Matrix{{3, 1, 0, 1}, {2, 1, 1, 0}, {1, 0, -1, 4}}),
			matrix.Matrix{{5, 1, -2, 9}, {4, 2, 2, 3}}},
		{"Dot that does not commute, AB",
			dot(matrix.Matrix{{1, 2}, {3, 4}}, matrix.Matrix{{0, 1}, {1, 0}}), matrix.Matrix{{2, 1}, {4, 3}}},
		{"Dot that does not commute, BA",
			dot(matrix.Matrix{{0, 1}, {1, 0}}, matrix.Matrix{{1, 2}, {3, 4}}), matrix.Matrix{{3, 4}, {1, 2}}},
		{"Transpose with 1×1", transpose(matrix.Matrix{{5}}), matrix.Matrix{{5}}},
		{"Transpose", transpose(matrix.Matrix{{1, 2, 3}, {4, 5, 6}}), matrix.Matrix{{1, 4}, {2, 5}, {3, 6}}},
		{"Transpose of a row", transpose(matrix.Matrix{{1, 2, 3}}), matrix.Matrix{{1}, {2}, {3}}},
		{"Sub", sub(matrix.Matrix{{5, 7, 1}, {0, 2, -3}}, matrix.Matrix{{1, 9, 1}, {4, -2, -5}}),
			matrix.Matrix{{4, -2, 0}, {-4, 4, 2}}},
		{"Hadamard in Wikipedia's article on it",
			hadamard(matrix.Matrix{{2, 3, 1}, {0, 8, -2}}, matrix.Matrix{{3, 1, 4}, {7, 9, 5}}),
			matrix.Matrix{{6, 3, 4}, {0, 72, -10}}},
		{"Scale", scale(-0.5, matrix.Matrix{{4, -6}, {0, 1}}), matrix.Matrix{{-2, 3}, {0, -0.5}}},
		{"Scale by 0", scale(0, matrix.Matrix{{4, -6}}), matrix.Matrix{{0, 0}}},
		{"Apply", apply(math.Sqrt, matrix.Matrix{{4, 9, 0}, {1, 2.25, 16}}), matrix.Matrix{{2, 3, 0}, {1, 1.5, 4}}},
	} {
		if !equal(test.got, test.want) {
			t.Errorf("%s: got %v\nwant %v", test.name, test.got, test.want)
		}
	}
}

// Each operation, with the numbers of the notebook and of other passes.
func TestOperationsAgainstNumPy(t *testing.T) {
	for _, pass := range testkit.Reference(t).Passes {
		p := func(name string) matrix.Matrix {
			m, ok := pass.Answer.Matrices[name]
			if !ok {
				t.Fatalf("data/reference.json: got no %s, want one", name)
			}
			return m
		}
		for _, test := range []struct {
			name      string
			got, want matrix.Matrix
		}{
			{"x · weights_1", dot(p("x"), p("weights_1")), p("hidden_layer_inputs")},
			{"weights_2.T", transpose(p("weights_2")), p("weights_2.T")},
			{"hidden_layer_outputs.T", transpose(p("hidden_layer_outputs")), p("hidden_layer_outputs.T")},
			{"sigmoid(hidden_layer_inputs)", apply(sigmoid, p("hidden_layer_inputs")), p("hidden_layer_outputs")},
			{"output_layer_outputs − y", sub(p("output_layer_outputs"), p("y")), p("output_layer_error")},
			{"error ∘ slope", hadamard(p("output_layer_error"), p("output_layer_slope")), p("output_layer_delta")},
			{"weights_1 − rate · update", sub(p("weights_1"), scale(pass.Request.Rate, p("weights_1_update"))), p("new_weights_1")},
		} {
			if !near(test.got, test.want, 1e-12) {
				t.Errorf("%+v: %s: got %v\nwant %v", pass.Request, test.name, test.got, test.want)
			}
		}
	}
}

// What must hold for all matrices, with random ones of many shapes. A and A2
// are n×m, B and B2 are m×p, C is p×n.
func TestIdentities(t *testing.T) {
	r := numpy.NewRandom(3)
	random := func(rows, cols int) matrix.Matrix { return r.NormalMatrix(1, rows, cols) }
	sizes := []int{1, 2, 3, 8}
	for _, n := range sizes {
		for _, m := range sizes {
			for _, p := range sizes {
				A, A2, B, B2, C := random(n, m), random(n, m), random(m, p), random(m, p), random(p, n)
				ones, zeros := filled(n, m, 1), matrix.New(n, m)
				I := matrix.New(m, m)
				for i := range I {
					I[i][i] = 1
				}
				const rounding = 1e-12
				for _, identity := range []struct {
					name        string
					left, right matrix.Matrix
					tolerance   float64
				}{
					{"(AB)ᵀ = BᵀAᵀ", transpose(dot(A, B)), dot(transpose(B), transpose(A)), 0},
					{"(AB)C = A(BC)", dot(dot(A, B), C), dot(A, dot(B, C)), rounding},
					{"A(B − B2) = AB − AB2", dot(A, sub(B, B2)), sub(dot(A, B), dot(A, B2)), rounding},
					{"(A − A2)B = AB − A2B", dot(sub(A, A2), B), sub(dot(A, B), dot(A2, B)), rounding},
					{"(2A)B = 2(AB)", dot(scale(2, A), B), scale(2, dot(A, B)), 0},
					{"A·I = A", dot(A, I), A, 0},
					{"I·B = B", dot(I, B), B, 0},
					{"(Aᵀ)ᵀ = A", transpose(transpose(A)), A, 0},
					{"(A − A2)ᵀ = Aᵀ − A2ᵀ", transpose(sub(A, A2)), sub(transpose(A), transpose(A2)), 0},
					{"A − A = 0", sub(A, A), zeros, 0},
					{"A − 0 = A", sub(A, zeros), A, 0},
					{"A − A2 = −(A2 − A)", sub(A, A2), scale(-1, sub(A2, A)), 0},
					{"A ∘ A2 = A2 ∘ A", hadamard(A, A2), hadamard(A2, A), 0},
					{"A ∘ 1 = A", hadamard(A, ones), A, 0},
					{"A ∘ A = square(A)", hadamard(A, A), apply(square, A), 0},
					{"A ∘ (A2 − 1) = A ∘ A2 − A", hadamard(A, sub(A2, ones)), sub(hadamard(A, A2), A), rounding},
					{"sA = f(A) with f(v) = sv", scale(-0.3, A), apply(func(v float64) float64 { return -0.3 * v }, A), 0},
					{"sA = A ∘ S, S full of s", scale(0.7, A), hadamard(A, filled(n, m, 0.7)), 0},
				} {
					if !near(identity.left, identity.right, identity.tolerance) {
						t.Errorf("n, m, p = %d, %d, %d: %s: got %v\nand %v", n, m, p, identity.name, identity.left, identity.right)
					}
				}
			}
		}
	}
}

// Operands keep their numbers, and what the receiver held before is gone.
func TestOperandsNeverChange(t *testing.T) {
	r := numpy.NewRandom(1)
	for _, op := range operations {
		for _, n := range []int{1, 2, 5} {
			x, y := r.NormalMatrix(1, n, n), r.NormalMatrix(1, n, n)
			oldX, oldY := clone(x), clone(y)
			z, again := filled(n, n, math.NaN()), matrix.New(n, n)
			op.run(z, x, y)
			op.run(again, x, y)
			if !equal(x, oldX) {
				t.Errorf("%s, %d×%d: x: got %v after it\nwant %v", op.name, n, n, x, oldX)
			}
			if !equal(y, oldY) {
				t.Errorf("%s, %d×%d: y: got %v after it\nwant %v", op.name, n, n, y, oldY)
			}
			if !equal(z, again) {
				t.Errorf("%s, %d×%d: got %v in a receiver of NaN\nwant %v as in one of zeros", op.name, n, n, z, again)
			}
		}
	}
}

func TestMisfits(t *testing.T) {
	elementwise := func(op, z, x string) string {
		return fmt.Sprintf("matrix: %s: the receiver %s and the operand %s: shapes differ", op, z, x)
	}
	type shape [2]int
	none := shape{} // for an operation with one operand
	type misfit struct {
		name    string
		run     func(z, x, y matrix.Matrix)
		z, x, y shape
		want    string
	}
	apply := func(z, x, _ matrix.Matrix) { z.Apply(square, x) }
	scale := func(z, x, _ matrix.Matrix) { z.Scale(2, x) }
	transpose := func(z, x, _ matrix.Matrix) { z.Transpose(x) }

	tests := []misfit{
		{"Dot inner sizes", matrix.Matrix.Dot, shape{3, 3}, shape{3, 4}, shape{2, 3},
			"matrix: Dot: (3×4)·(2×3): inner sizes 4 and 2 differ"},
		{"Dot of equal shapes", matrix.Matrix.Dot, shape{2, 3}, shape{2, 3}, shape{2, 3},
			"matrix: Dot: (2×3)·(2×3): inner sizes 3 and 2 differ"},
		{"Dot without x", matrix.Matrix.Dot, shape{1, 2}, none, shape{1, 2},
			"matrix: Dot: (0×0)·(1×2): inner sizes 0 and 1 differ"},
		{"Dot without y", matrix.Matrix.Dot, shape{2, 1}, shape{2, 1}, none,
			"matrix: Dot: (2×1)·(0×0): inner sizes 1 and 0 differ"},
		{"Dot receiver's rows", matrix.Matrix.Dot, shape{3, 4}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: (2×3)·(3×4) is (2×4), the receiver is (3×4)"},
		{"Dot receiver's columns", matrix.Matrix.Dot, shape{2, 3}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: (2×3)·(3×4) is (2×4), the receiver is (2×3)"},
		{"Dot receiver transposed", matrix.Matrix.Dot, shape{4, 2}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: (2×3)·(3×4) is (2×4), the receiver is (4×2)"},
		{"Dot without a receiver", matrix.Matrix.Dot, none, shape{1, 1}, shape{1, 1},
			"matrix: Dot: (1×1)·(1×1) is (1×1), the receiver is (0×0)"},
		{"Transpose receiver as the operand", transpose, shape{2, 3}, shape{2, 3}, none,
			"matrix: Transpose: (2×3)ᵀ is (3×2), the receiver is (2×3)"},
		{"Transpose receiver's rows", transpose, shape{4, 2}, shape{2, 3}, none,
			"matrix: Transpose: (2×3)ᵀ is (3×2), the receiver is (4×2)"},
		{"Transpose receiver's columns", transpose, shape{3, 3}, shape{2, 3}, none,
			"matrix: Transpose: (2×3)ᵀ is (3×2), the receiver is (3×3)"},
		{"Transpose without a receiver", transpose, none, shape{2, 3}, none,
			"matrix: Transpose: (2×3)ᵀ is (3×2), the receiver is (0×0)"},
	}
	for name, run := range map[string]func(z, x, y matrix.Matrix){
		"Sub": matrix.Matrix.Sub, "Hadamard": matrix.Matrix.Hadamard, "Scale": scale, "Apply": apply,
	} {
		tests = append(tests,
			misfit{name + " x's rows", run, shape{2, 3}, shape{1, 3}, shape{2, 3}, elementwise(name, "(2×3)", "(1×3)")},
			misfit{name + " x's columns", run, shape{2, 3}, shape{2, 4}, shape{2, 3}, elementwise(name, "(2×3)", "(2×4)")},
			misfit{name + " x transposed", run, shape{2, 3}, shape{3, 2}, shape{2, 3}, elementwise(name, "(2×3)", "(3×2)")},
			misfit{name + " receiver", run, shape{2, 2}, shape{2, 3}, shape{2, 3}, elementwise(name, "(2×2)", "(2×3)")},
			misfit{name + " without x", run, shape{2, 3}, none, shape{2, 3}, elementwise(name, "(2×3)", "(0×0)")},
			misfit{name + " without a receiver", run, none, shape{2, 3}, shape{2, 3}, elementwise(name, "(0×0)", "(2×3)")},
		)
	}
	for name, run := range map[string]func(z, x, y matrix.Matrix){
		"Sub": matrix.Matrix.Sub, "Hadamard": matrix.Matrix.Hadamard,
	} {
		tests = append(tests,
			misfit{name + " y's rows", run, shape{2, 3}, shape{2, 3}, shape{3, 3}, elementwise(name, "(2×3)", "(3×3)")},
			misfit{name + " y's columns", run, shape{2, 3}, shape{2, 3}, shape{2, 1}, elementwise(name, "(2×3)", "(2×1)")},
			misfit{name + " y transposed", run, shape{2, 3}, shape{2, 3}, shape{3, 2}, elementwise(name, "(2×3)", "(3×2)")},
			misfit{name + " without y", run, shape{2, 3}, shape{2, 3}, none, elementwise(name, "(2×3)", "(0×0)")},
		)
	}

	made := func(s shape) matrix.Matrix {
		if s == none {
			return nil
		}
		return filled(s[0], s[1], 7)
	}
	for _, test := range tests {
		z, x, y := made(test.z), made(test.x), made(test.y)
		if got := panicText(func() { test.run(z, x, y) }); got != test.want {
			t.Errorf("%s: got panic %q, want %q", test.name, got, test.want)
		}
		if !equal(z, made(test.z)) {
			t.Errorf("%s: got a changed receiver: %v", test.name, z)
		}
	}
}

// view is a 3×3 matrix for the tests of shared memory.
type view struct {
	name string
	m    matrix.Matrix
}

// views returns 3×3 matrices, of which many have elements in common. Each call
// makes new ones with the same numbers.
func views() []view {
	number := 0.0
	count := func(m matrix.Matrix) matrix.Matrix { // no two elements are equal
		for _, row := range m {
			for j := range row {
				number++
				row[j] = number
			}
		}
		return m
	}
	columns := func(m matrix.Matrix, from, to int) matrix.Matrix {
		return matrix.Matrix{m[0][from:to], m[1][from:to], m[2][from:to]}
	}
	stretch := func(s []float64) matrix.Matrix { return matrix.Matrix{s[0:3], s[3:6], s[6:9]} }

	made := count(matrix.New(3, 3))
	tall := count(matrix.New(8, 3))
	wide := count(matrix.New(3, 8))
	flat := count(matrix.New(1, 20))[0]
	a := count(matrix.Matrix{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}})
	b := count(matrix.Matrix{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}})
	return []view{
		{"made by New", made},
		{"the same rows in another list", matrix.Matrix{made[0], made[1], made[2]}},
		{"tall[0:3]", tall[0:3]},
		{"tall[1:4]", tall[1:4]},
		{"tall[3:6]", tall[3:6]},
		{"tall[5:8]", tall[5:8]},
		{"rows 1, 0, 2 of tall", matrix.Matrix{tall[1], tall[0], tall[2]}},
		{"rows 2, 1, 0 of tall", matrix.Matrix{tall[2], tall[1], tall[0]}},
		{"rows 0, 2, 4 of tall", matrix.Matrix{tall[0], tall[2], tall[4]}},
		{"rows 0, 1, 3 of tall", matrix.Matrix{tall[0], tall[1], tall[3]}},
		{"rows 1, 3, 5 of tall", matrix.Matrix{tall[1], tall[3], tall[5]}},
		{"columns 0 to 2 of wide", columns(wide, 0, 3)},
		{"columns 2 to 4 of wide", columns(wide, 2, 5)},
		{"columns 3 to 5 of wide", columns(wide, 3, 6)},
		{"flat[0:9]", stretch(flat[0:9])},
		{"flat[1:10]", stretch(flat[1:10])},
		{"flat[8:17]", stretch(flat[8:17])},
		{"flat[9:18]", stretch(flat[9:18])},
		{"literal a", a},
		{"literal b", b},
		{"a row of a, then two of b", matrix.Matrix{a[0], b[1], b[2]}},
		{"rows of b, a and tall", matrix.Matrix{b[0], a[2], tall[7]}},
		{"rows of tall, a and flat", matrix.Matrix{tall[2], a[0], flat[8:11]}},
	}
}

// overlap reports whether z and x have an element in common, by comparing all
// with all.
func overlap(z, x matrix.Matrix) bool {
	for _, zi := range z {
		for j := range zi {
			for _, xi := range x {
				for k := range xi {
					if &zi[j] == &xi[k] {
						return true
					}
				}
			}
		}
	}
	return false
}

// same reports whether z and x are the same elements in the same places.
func same(z, x matrix.Matrix) bool {
	for i := range z {
		if &z[i][0] != &x[i][0] {
			return false
		}
	}
	return true
}

// TestAliasing runs every operation on every combination of receiver and
// operands among views. Where the receiver shares memory with an operand, the
// operation must panic and leave it alone; the element-wise ones may find the
// same matrix there. Everything else must work as it does with matrices apart.
func TestAliasing(t *testing.T) {
	n := len(views())
	for _, op := range operations {
		wantPanic := fmt.Sprintf("matrix: %s: the receiver (3×3) and the operand (3×3) share memory without being the same", op.name)
		switch op.name {
		case "Dot":
			wantPanic = "matrix: Dot: (3×3)·(3×3): the receiver shares memory with an operand"
		case "Transpose":
			wantPanic = "matrix: Transpose: (3×3)ᵀ: the receiver shares memory with the operand"
		}
		for i := range n * n * n {
			iz, ix, iy := i/(n*n), i/n%n, i%n
			if op.operands == 1 && iy != ix {
				continue // y is left aside: one is enough
			}
			v := views()
			z, x, y := v[iz].m, v[ix].m, v[iy].m
			where := fmt.Sprintf("%s: receiver %s, operands %s and %s", op.name, v[iz].name, v[ix].name, v[iy].name)
			oldZ, oldX, oldY := clone(z), clone(x), clone(y)

			allowed := func(x matrix.Matrix) bool { return !overlap(z, x) || op.inPlace && same(z, x) }
			if !allowed(x) || !allowed(y) {
				if got := panicText(func() { op.run(z, x, y) }); got != wantPanic {
					t.Errorf("%s: got panic %q, want %q", where, got, wantPanic)
				} else if !equal(z, oldZ) {
					t.Errorf("%s: got a changed receiver: %v", where, z)
				}
				continue
			}

			want := filled(3, 3, math.NaN())
			op.run(want, oldX, oldY)
			if got := panicText(func() { op.run(z, x, y) }); got != "" {
				t.Errorf("%s: got panic %q, want none", where, got)
			} else if !equal(z, want) {
				t.Errorf("%s: got %v\nwant %v", where, z, want)
			}
			if !overlap(z, x) && !equal(x, oldX) || !overlap(z, y) && !equal(y, oldY) {
				t.Errorf("%s: got a changed operand", where)
			}
		}
	}
}

// A pass of the network's equations must allocate nothing.
func TestAllocations(t *testing.T) {
	tall := filled(9, 3, 1)
	literal := func() matrix.Matrix { return matrix.Matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}} }
	for _, test := range []struct {
		name    string
		z, x, y matrix.Matrix
	}{
		{"made by New", matrix.New(3, 3), filled(3, 3, 1), filled(3, 3, 2)},
		{"literals", literal(), literal(), literal()},
		{"parts of one matrix", tall[0:3], tall[3:6], tall[6:9]},
		{"rows in another order", matrix.Matrix{tall[2], tall[0], tall[1]}, tall[3:6], tall[6:9]},
	} {
		for _, op := range operations {
			if got := testing.AllocsPerRun(100, func() { op.run(test.z, test.x, test.y) }); got != 0 {
				t.Errorf("%s of %s: got %v allocations, want 0", op.name, test.name, got)
			}
		}
	}
}

// A matrix without elements has nothing to compute, and nothing to overlap.
func TestEmptyMatrices(t *testing.T) {
	empty := matrix.Matrix{{}}
	empty.Dot(matrix.Matrix{{1}}, matrix.Matrix{{}})
	empty.Sub(matrix.Matrix{{}}, matrix.Matrix{{}})
	empty.Scale(2, empty)
	matrix.Matrix{}.Transpose(matrix.Matrix{})
}
