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

// operations are all of them in one form, c = a op b. Those with one operand leave b
// aside. Each of them fits square matrices of one size.
var operations = []struct {
	name       string
	operands   int
	overwrites bool // c may be an operand
	run        func(c *matrix.Matrix, a, b matrix.Matrix)
}{
	{"Dot", 2, false, (*matrix.Matrix).Dot},
	{"Transpose", 1, false, runTranspose},
	{"Sub", 2, true, (*matrix.Matrix).Sub},
	{"Hadamard", 2, true, (*matrix.Matrix).Hadamard},
	{"Scale", 1, true, runScale},
	{"Apply", 1, true, runApply},
}

func runTranspose(c *matrix.Matrix, a, _ matrix.Matrix) { c.Transpose(a) }
func runScale(c *matrix.Matrix, a, _ matrix.Matrix)     { c.Scale(3, a) }
func runApply(c *matrix.Matrix, a, _ matrix.Matrix)     { c.Apply(square, a) }

// The functions below return the result of an operation.

func dot(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Dot(a, b)
	return c
}

func transpose(a matrix.Matrix) (c matrix.Matrix) {
	c.Transpose(a)
	return c
}

func sub(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Sub(a, b)
	return c
}

func hadamard(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Hadamard(a, b)
	return c
}

func scale(s float64, a matrix.Matrix) (c matrix.Matrix) {
	c.Scale(s, a)
	return c
}

func apply(f func(float64) float64, a matrix.Matrix) (c matrix.Matrix) {
	c.Apply(f, a)
	return c
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
		{"Dot that adds from left to right", // 1 + 1e16 is 1e16
			dot(matrix.Matrix{{1, 1e16, -1e16}}, matrix.Matrix{{1}, {1}, {1}}), matrix.Matrix{{0}}},
		{"Dot that rounds each product", // (1 + 2⁻³⁰)² has a last term 2⁻⁶⁰
			dot(matrix.Matrix{{-1 - 0x1p-29, 1 + 0x1p-30}}, matrix.Matrix{{1}, {1 + 0x1p-30}}), matrix.Matrix{{0}}},
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

// The result of every operation is the same in an empty matrix, in one of zeros and in one
// that is full of NaN, and the operands keep their numbers.
func TestResultsAndOperands(t *testing.T) {
	r := numpy.NewRandom(1)
	for _, op := range operations {
		for _, n := range []int{1, 2, 5} {
			a, b := r.NormalMatrix(1, n, n), r.NormalMatrix(1, n, n)
			oldA, oldB := a.Clone(), b.Clone()
			var want matrix.Matrix
			op.run(&want, a, b)
			for _, test := range []struct {
				name string
				c    matrix.Matrix
			}{
				{"no rows", matrix.Matrix{}}, {"zeros", matrix.New(n, n)}, {"NaN", filled(n, n, math.NaN())},
			} {
				op.run(&test.c, a, b)
				if !equal(test.c, want) {
					t.Errorf("%s, %d×%d: got %v in a receiver of %s\nwant %v as in the zero value", op.name, n, n, test.c, test.name, want)
				}
			}
			if !equal(a, oldA) {
				t.Errorf("%s, %d×%d: a: got %v afterwards\nwant %v", op.name, n, n, a, oldA)
			}
			if !equal(b, oldB) {
				t.Errorf("%s, %d×%d: b: got %v afterwards\nwant %v", op.name, n, n, b, oldB)
			}
		}
	}
}

// A shape is rows and columns. The zero shape is that of the zero value.
type shape struct{ rows, cols int }

// make returns a matrix of the shape with 7 in every place.
func (s shape) make() matrix.Matrix {
	if s == (shape{}) {
		return nil
	}
	return filled(s.rows, s.cols, 7)
}

// The zero value takes the size of its first result. After that it keeps its size and its
// place, and another size is a panic that changes nothing.
func TestZeroValue(t *testing.T) {
	none := shape{}
	for _, test := range []struct {
		name   string
		run    func(c *matrix.Matrix, a, b matrix.Matrix)
		a, b   shape // of the first result
		want   shape
		a2, b2 shape // of another one
		panics string
	}{
		{"Dot", (*matrix.Matrix).Dot, shape{2, 3}, shape{3, 4}, shape{2, 4}, shape{3, 3}, shape{3, 4},
			"matrix: Dot: the result is (3×4), the receiver is (2×4)"},
		{"Dot, 1×1", (*matrix.Matrix).Dot, shape{1, 5}, shape{5, 1}, shape{1, 1}, shape{1, 5}, shape{5, 2},
			"matrix: Dot: the result is (1×2), the receiver is (1×1)"},
		{"Dot, transposed result", (*matrix.Matrix).Dot, shape{2, 3}, shape{3, 4}, shape{2, 4}, shape{4, 3}, shape{3, 2},
			"matrix: Dot: the result is (4×2), the receiver is (2×4)"},
		{"Transpose", runTranspose, shape{2, 3}, none, shape{3, 2}, shape{3, 2}, none,
			"matrix: Transpose: the result is (2×3), the receiver is (3×2)"},
		{"Sub", (*matrix.Matrix).Sub, shape{2, 3}, shape{2, 3}, shape{2, 3}, shape{1, 3}, shape{1, 3},
			"matrix: Sub: the result is (1×3), the receiver is (2×3)"},
		{"Hadamard", (*matrix.Matrix).Hadamard, shape{2, 3}, shape{2, 3}, shape{2, 3}, shape{3, 3}, shape{3, 3},
			"matrix: Hadamard: the result is (3×3), the receiver is (2×3)"},
		{"Scale", runScale, shape{2, 3}, none, shape{2, 3}, shape{2, 4}, none,
			"matrix: Scale: the result is (2×4), the receiver is (2×3)"},
		{"Apply", runApply, shape{2, 3}, none, shape{2, 3}, shape{3, 2}, none,
			"matrix: Apply: the result is (3×2), the receiver is (2×3)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var c matrix.Matrix
			test.run(&c, test.a.make(), test.b.make())
			if got := (shape{c.Rows(), c.Cols()}); got != test.want {
				t.Fatalf("got the shape %v of the first result, want %v", got, test.want)
			}
			first, old := &c[0][0], c.Clone()
			if got := panicText(func() { test.run(&c, test.a2.make(), test.b2.make()) }); got != test.panics {
				t.Errorf("another size: got panic %q, want %q", got, test.panics)
			}
			if !equal(c, old) {
				t.Errorf("another size: got a changed receiver: %v\nwant %v", c, old)
			}

			test.run(&c, test.a.make(), test.b.make())
			if &c[0][0] != first {
				t.Error("got another place for the second result, want that of the first one")
			}
		})
	}
}

func TestMisfits(t *testing.T) {
	none := shape{}
	type misfit struct {
		name    string
		run     func(c *matrix.Matrix, a, b matrix.Matrix)
		c, a, b shape
		want    string
	}
	tests := []misfit{
		{"Dot inner sizes", (*matrix.Matrix).Dot, shape{3, 3}, shape{3, 4}, shape{2, 3},
			"matrix: Dot: (3×4)·(2×3): inner sizes 4 and 2 differ"},
		{"Dot inner sizes, result not made yet", (*matrix.Matrix).Dot, none, shape{3, 4}, shape{2, 3},
			"matrix: Dot: (3×4)·(2×3): inner sizes 4 and 2 differ"},
		{"Dot of equal shapes", (*matrix.Matrix).Dot, shape{2, 3}, shape{2, 3}, shape{2, 3},
			"matrix: Dot: (2×3)·(2×3): inner sizes 3 and 2 differ"},
		{"Dot receiver's rows", (*matrix.Matrix).Dot, shape{3, 4}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: the result is (2×4), the receiver is (3×4)"},
		{"Dot receiver's columns", (*matrix.Matrix).Dot, shape{2, 3}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: the result is (2×4), the receiver is (2×3)"},
		{"Dot receiver transposed", (*matrix.Matrix).Dot, shape{4, 2}, shape{2, 3}, shape{3, 4},
			"matrix: Dot: the result is (2×4), the receiver is (4×2)"},
		{"Dot, a not computed yet", (*matrix.Matrix).Dot, none, none, shape{1, 2},
			"matrix: Dot: (0×0)·(1×2): inner sizes 0 and 1 differ"},
		{"Dot, b not computed yet", (*matrix.Matrix).Dot, shape{2, 1}, shape{2, 1}, none,
			"matrix: Dot: (2×1)·(0×0): inner sizes 1 and 0 differ"},
		{"Dot, nothing computed yet", (*matrix.Matrix).Dot, none, none, none,
			"matrix: Dot: the result is (0×0), the receiver is (0×0)"},
		{"Transpose receiver has the operand's shape", runTranspose, shape{2, 3}, shape{2, 3}, none,
			"matrix: Transpose: the result is (3×2), the receiver is (2×3)"},
		{"Transpose receiver's rows", runTranspose, shape{4, 2}, shape{2, 3}, none,
			"matrix: Transpose: the result is (3×2), the receiver is (4×2)"},
		{"Transpose receiver's columns", runTranspose, shape{3, 3}, shape{2, 3}, none,
			"matrix: Transpose: the result is (3×2), the receiver is (3×3)"},
		{"Transpose, a not computed yet", runTranspose, shape{3, 2}, none, none,
			"matrix: Transpose: the result is (0×0), the receiver is (3×2)"},
		{"Transpose, nothing computed yet", runTranspose, none, none, none,
			"matrix: Transpose: the result is (0×0), the receiver is (0×0)"},
	}
	for _, op := range operations {
		if !op.overwrites {
			continue // only the element-wise ones
		}
		receiver := func(result, receiver string) string {
			return fmt.Sprintf("matrix: %s: the result is %s, the receiver is %s", op.name, result, receiver)
		}
		tests = append(tests,
			misfit{op.name + " receiver's rows", op.run, shape{1, 3}, shape{2, 3}, shape{2, 3}, receiver("(2×3)", "(1×3)")},
			misfit{op.name + " receiver's columns", op.run, shape{2, 4}, shape{2, 3}, shape{2, 3}, receiver("(2×3)", "(2×4)")},
			misfit{op.name + " receiver transposed", op.run, shape{3, 2}, shape{2, 3}, shape{2, 3}, receiver("(2×3)", "(3×2)")},
			misfit{op.name + ", operands not computed yet", op.run, shape{2, 3}, none, none, receiver("(0×0)", "(2×3)")},
			misfit{op.name + ", nothing computed yet", op.run, none, none, none, receiver("(0×0)", "(0×0)")},
		)
		if op.operands == 1 {
			continue
		}
		operands := func(a, b string) string {
			return fmt.Sprintf("matrix: %s: the operands are %s and %s: shapes differ", op.name, a, b)
		}
		tests = append(tests,
			misfit{op.name + " rows", op.run, shape{2, 3}, shape{2, 3}, shape{3, 3}, operands("(2×3)", "(3×3)")},
			misfit{op.name + " columns", op.run, shape{2, 3}, shape{2, 3}, shape{2, 1}, operands("(2×3)", "(2×1)")},
			misfit{op.name + " transposed", op.run, none, shape{2, 3}, shape{3, 2}, operands("(2×3)", "(3×2)")},
			misfit{op.name + ", a not computed yet", op.run, none, none, shape{2, 3}, operands("(0×0)", "(2×3)")},
			misfit{op.name + ", b not computed yet", op.run, none, shape{2, 3}, none, operands("(2×3)", "(0×0)")},
		)
	}
	for _, test := range tests {
		c := test.c.make()
		if got := panicText(func() { test.run(&c, test.a.make(), test.b.make()) }); got != test.want {
			t.Errorf("%s: got panic %q, want %q", test.name, got, test.want)
		}
		if !equal(c, test.c.make()) {
			t.Errorf("%s: got a changed receiver: %v", test.name, c)
		}
	}
}

// Dot and Transpose panic where the result is an operand. The element-wise operations write
// over it, with the same result as elsewhere.
func TestResultIsAnOperand(t *testing.T) {
	for _, test := range []struct {
		name     string
		operands func(c, other matrix.Matrix) (a, b matrix.Matrix)
		second   bool // only the second operand is the result
	}{
		{"c op other", func(c, other matrix.Matrix) (a, b matrix.Matrix) { return c, other }, false},
		{"other op c", func(c, other matrix.Matrix) (a, b matrix.Matrix) { return other, c }, true},
		{"c op c", func(c, other matrix.Matrix) (a, b matrix.Matrix) { return c, c }, false},
	} {
		for _, op := range operations {
			if op.operands == 1 && test.second {
				continue
			}
			c := matrix.Matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
			a, b := test.operands(c, matrix.Matrix{{0, -1, 2}, {-3, 4, -5}, {6, -7, 8}})
			want, panics := c.Clone(), ""
			if op.overwrites {
				op.run(&want, a.Clone(), b.Clone())
			} else {
				panics = fmt.Sprintf("matrix: %s: the receiver (3×3) is also an operand", op.name)
			}
			if got := panicText(func() { op.run(&c, a, b) }); got != panics {
				t.Errorf("%s, %s: got panic %q, want %q", op.name, test.name, got, panics)
			}
			if !equal(c, want) {
				t.Errorf("%s, %s: got %v, want %v", op.name, test.name, c, want)
			}
		}
	}
}

// Only the first result of a matrix is allocated.
func TestAllocations(t *testing.T) {
	a, b := filled(3, 3, 1), filled(3, 3, 2)
	for _, op := range operations {
		var c matrix.Matrix
		op.run(&c, a, b)
		if got := testing.AllocsPerRun(100, func() { op.run(&c, a, b) }); got != 0 {
			t.Errorf("%s: got %v allocations, want 0", op.name, got)
		}
	}
}
