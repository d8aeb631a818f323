package matrix_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
)

// filled returns a matrix with v in every place.
func filled(rows, cols int, v float64) matrix.Matrix {
	m := matrix.New(rows, cols)
	for _, row := range m {
		for j := range row {
			row[j] = v
		}
	}
	return m
}

// near reports whether a and b have one shape and no two elements further
// apart than tolerance.
func near(a, b matrix.Matrix, tolerance float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return false
		}
		for j := range a[i] {
			if !(math.Abs(a[i][j]-b[i][j]) <= tolerance) { // so that NaN is not near
				return false
			}
		}
	}
	return true
}

func equal(a, b matrix.Matrix) bool { return near(a, b, 0) }

// panicText returns what f panics with, or "" if it does not.
func panicText(f func()) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	f()
	return ""
}

func TestNew(t *testing.T) {
	for _, shape := range [][2]int{{1, 1}, {1, 5}, {5, 1}, {3, 4}} {
		rows, cols := shape[0], shape[1]
		m := matrix.New(rows, cols)
		if m.Rows() != rows || m.Cols() != cols {
			t.Errorf("New(%d, %d): got shape %d×%d", rows, cols, m.Rows(), m.Cols())
		}
		cells := m[0][:cap(m[0])]
		if len(cells) != rows*cols {
			t.Errorf("New(%d, %d): got room for %d elements from the first row on, want %d", rows, cols, len(cells), rows*cols)
			continue
		}
		for i, row := range m {
			if len(row) != cols {
				t.Errorf("New(%d, %d): row %d: got length %d, want %d", rows, cols, i, len(row), cols)
			}
			for j := range row {
				if row[j] != 0 {
					t.Errorf("New(%d, %d): row %d, column %d: got %v, want 0", rows, cols, i, j, row[j])
				}
				if &row[j] != &cells[i*cols+j] {
					t.Errorf("New(%d, %d): row %d, column %d: got another place than after the element before it", rows, cols, i, j)
				}
			}
		}
	}
}

var sink matrix.Matrix

func TestNewAllocations(t *testing.T) {
	got := testing.AllocsPerRun(100, func() { sink = matrix.New(30, 4) })
	if got != 2 { // the elements and the list of rows
		t.Errorf("New(30, 4): got %v allocations, want 2", got)
	}
}

func TestNewPanics(t *testing.T) {
	for _, test := range []struct {
		rows, cols int
		want       string
	}{
		{0, 3, "matrix: New: 0×3: rows and columns must be at least 1"},
		{3, 0, "matrix: New: 3×0: rows and columns must be at least 1"},
		{0, 0, "matrix: New: 0×0: rows and columns must be at least 1"},
		{-1, 2, "matrix: New: -1×2: rows and columns must be at least 1"},
		{2, -1, "matrix: New: 2×-1: rows and columns must be at least 1"},
		{-2, -3, "matrix: New: -2×-3: rows and columns must be at least 1"},
	} {
		got := panicText(func() { matrix.New(test.rows, test.cols) })
		if got != test.want {
			t.Errorf("New(%d, %d): got panic %q, want %q", test.rows, test.cols, got, test.want)
		}
	}
}

func TestClone(t *testing.T) {
	tall := matrix.Matrix{{1, 2}, {3, 4}, {5, 6}, {7, 8}}
	for _, test := range []struct {
		name string
		m    matrix.Matrix
	}{
		{"one element", matrix.Matrix{{7}}},
		{"literal", matrix.Matrix{{1, -2, 3}, {4, 5, math.MaxFloat64}}},
		{"made by New", filled(3, 2, 0.5)},
		{"some rows of another matrix", tall[1:3]},
		{"rows in another order", matrix.Matrix{tall[2], tall[0]}},
	} {
		c := test.m.Clone()
		if !equal(c, test.m) {
			t.Errorf("%s: got %v, want %v", test.name, c, test.m)
		}
		if got, want := cap(c[0]), test.m.Rows()*test.m.Cols(); got != want {
			t.Errorf("%s: got room for %d elements from the first row on, want %d as New makes it", test.name, got, want)
		}
		for i := range test.m {
			for j := range test.m[i] {
				before := test.m[i][j]
				c[i][j] = before + 1
				if got := test.m[i][j]; got != before {
					t.Errorf("%s: row %d, column %d: got %v after the clone changed, want %v", test.name, i, j, got, before)
				}
			}
		}
	}
}

func TestClonePanics(t *testing.T) {
	for _, test := range []struct {
		name string
		m    matrix.Matrix
		want string
	}{
		{"nil", nil, "matrix: New: 0×0: rows and columns must be at least 1"},
		{"no rows", matrix.Matrix{}, "matrix: New: 0×0: rows and columns must be at least 1"},
		{"empty rows", matrix.Matrix{{}, {}}, "matrix: New: 2×0: rows and columns must be at least 1"},
	} {
		if got := panicText(func() { test.m.Clone() }); got != test.want {
			t.Errorf("%s: got panic %q, want %q", test.name, got, test.want)
		}
	}
}

func TestShape(t *testing.T) {
	for _, test := range []struct {
		name       string
		m          matrix.Matrix
		rows, cols int
	}{
		{"nil", nil, 0, 0},
		{"no rows", matrix.Matrix{}, 0, 0},
		{"empty rows", matrix.Matrix{{}, {}}, 2, 0},
		{"one element", matrix.Matrix{{7}}, 1, 1},
		{"row", matrix.Matrix{{1, 2, 3}}, 1, 3},
		{"column", matrix.Matrix{{1}, {2}, {3}}, 3, 1},
		{"grid", matrix.Matrix{{1, 2, 3}, {4, 5, 6}}, 2, 3},
	} {
		if rows, cols := test.m.Rows(), test.m.Cols(); rows != test.rows || cols != test.cols {
			t.Errorf("%s: got %d×%d, want %d×%d", test.name, rows, cols, test.rows, test.cols)
		}
	}
}

func TestValidate(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, test := range []struct {
		name string
		m    matrix.Matrix
		want string // "" for a valid matrix
	}{
		{"zeros", matrix.New(3, 4), ""},
		{"one element", matrix.Matrix{{-7}}, ""},
		{"extreme numbers", matrix.Matrix{{math.MaxFloat64, -math.MaxFloat64}, {math.SmallestNonzeroFloat64, 0}}, ""},
		{"nil", nil, "matrix is empty (0×0), expected at least 1×1"},
		{"no rows", matrix.Matrix{}, "matrix is empty (0×0), expected at least 1×1"},
		{"empty rows", matrix.Matrix{{}, {}}, "matrix is empty (2×0), expected at least 1×1"},
		{"first row empty", matrix.Matrix{{}, {1}}, "matrix is empty (2×0), expected at least 1×1"},
		{"row too short", matrix.Matrix{{1, 2}, {3}}, "row 1 has length 1, expected 2 as in row 0"},
		{"row too long", matrix.Matrix{{1}, {2}, {3, 4}}, "row 2 has length 2, expected 1 as in row 0"},
		{"row missing", matrix.Matrix{{1}, nil}, "row 1 has length 0, expected 1 as in row 0"},
		{"NaN", matrix.Matrix{{1, 2}, {nan, 4}}, "row 1, column 0 is NaN, expected a finite number"},
		{"+Inf", matrix.Matrix{{1, 2, inf}}, "row 0, column 2 is +Inf, expected a finite number"},
		{"-Inf", matrix.Matrix{{1}, {2}, {-inf}}, "row 2, column 0 is -Inf, expected a finite number"},
		{"the first of two", matrix.Matrix{{1, inf}, {nan, 1}}, "row 0, column 1 is +Inf, expected a finite number"},
	} {
		got := ""
		if err := test.m.Validate(); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got error %q, want %q", test.name, got, test.want)
		}
	}
}

func TestString(t *testing.T) {
	for _, test := range []struct {
		name string
		m    matrix.Matrix
		want string
	}{
		{"nil", nil, "0×0"},
		{"empty row", matrix.Matrix{{}}, "1×0"},
		{"one element", matrix.Matrix{{0}}, "1×1\n" +
			"  0.00000000"},
		{"aligned at the right", matrix.Matrix{{1, -2.5, 2000}, {-0.125, 2.0 / 3, 0}}, "2×3\n" +
			"     1.00000000    -2.50000000  2000.00000000\n" +
			"    -0.12500000     0.66666667     0.00000000"},
		{"rounded at the eighth decimal", matrix.Matrix{{0.000000006}, {0.000000004}}, "2×1\n" +
			"  0.00000001\n" +
			"  0.00000000"},
		{"exponent from 1e9 on", matrix.Matrix{{999999999, 1e9}, {-1e9, -1.5e300}}, "2×2\n" +
			"  999999999.00000000      1.00000000e+09\n" +
			"     -1.00000000e+09    -1.50000000e+300"},
		{"no numbers", matrix.Matrix{{math.NaN(), math.Inf(1), math.Inf(-1)}}, "1×3\n" +
			"   NaN  +Inf  -Inf"},
		{"a full line", matrix.Matrix{{1, 2, 3, 4, 5, 6}}, "1×6\n" +
			"  1.00000000  2.00000000  3.00000000  4.00000000  5.00000000  6.00000000"},
		{"80 characters", matrix.Matrix{{10000, 20000, 30000, 40000, 50000}}, "1×5\n" +
			"  10000.00000000  20000.00000000  30000.00000000  40000.00000000  50000.00000000"},
		{"more than a line", matrix.Matrix{{1, 2, 3, 4, 5, 6, 7}, {8, 9, 0, 1, 2, 3, 4}}, "2×7\n" +
			" columns 0 to 5:\n" +
			"  1.00000000  2.00000000  3.00000000  4.00000000  5.00000000  6.00000000\n" +
			"  8.00000000  9.00000000  0.00000000  1.00000000  2.00000000  3.00000000\n" +
			" columns 6 to 6:\n" +
			"  7.00000000\n" +
			"  4.00000000"},
	} {
		if got := test.m.String(); got != test.want {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestStringFits checks that no line is too long for a terminal, that the lines
// of a block are equally long, and that the grid reads back as the matrix.
func TestStringFits(t *testing.T) {
	values := []float64{0, -1, 1234.5678, 999999999.999999999, -999999999.5, 1e9, 1e300, -1e300,
		math.MaxFloat64, math.SmallestNonzeroFloat64, math.NaN(), math.Inf(1), math.Inf(-1)}
	for _, rows := range []int{1, 2, 5} {
		for _, cols := range []int{1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 20, 150} {
			for _, v := range values {
				m := filled(rows, cols, 0.25)
				m[rows-1][cols-1] = v
				m[0][cols/2] = -v
				checkString(t, m)
			}
		}
	}
}

func checkString(t *testing.T, m matrix.Matrix) {
	t.Helper()
	lines := strings.Split(m.String(), "\n")
	shape := fmt.Sprintf("%d×%d", m.Rows(), m.Cols())
	if lines[0] != shape {
		t.Errorf("got first line %q, want %q", lines[0], shape)
	}
	testkit.Screen(t, m.String()+"\n")

	var grid []string // the lines without the shape and the names of the columns
	for _, line := range lines[1:] {
		if !strings.HasPrefix(line, " columns ") {
			grid = append(grid, line)
		}
	}
	if len(grid)%m.Rows() != 0 {
		t.Fatalf("%s: got %d lines of numbers, want a multiple of %d:\n%s", shape, len(grid), m.Rows(), m)
	}
	read := make([][]string, m.Rows())
	for i, line := range grid {
		first := grid[i-i%m.Rows()]
		if len(line) != len(first) {
			t.Errorf("%s: got lines of lengths %d and %d in one block:\n%s", shape, len(first), len(line), m)
		}
		read[i%m.Rows()] = append(read[i%m.Rows()], strings.Fields(line)...)
	}
	for i, row := range m {
		if len(read[i]) != len(row) {
			t.Fatalf("%s: got %d numbers in row %d, want %d:\n%s", shape, len(read[i]), i, len(row), m)
		}
		for j, want := range row {
			got, err := strconv.ParseFloat(read[i][j], 64)
			rounding := 0.5000001e-8 * math.Max(1, math.Abs(want)) // half of the last decimal
			same := math.Abs(got-want) <= rounding || got == want || got != got && want != want
			if math.Abs(want) == math.MaxFloat64 {
				same = math.Abs(got) >= 1.797e308 // rounded up, it is too large to read
			} else if err != nil {
				t.Errorf("%s: row %d, column %d: %v", shape, i, j, err)
			}
			if !same {
				t.Errorf("%s: row %d, column %d: got %s, want %v", shape, i, j, read[i][j], want)
			}
		}
	}
}

// A debugger or a failing test also prints matrices that are not in order.
func TestStringOfBroken(t *testing.T) {
	for _, test := range []struct {
		name  string
		m     matrix.Matrix
		shape string
	}{
		{"nil", nil, "0×0"},
		{"no rows", matrix.Matrix{}, "0×0"},
		{"nil row", matrix.Matrix{nil}, "1×0"},
		{"empty rows", matrix.Matrix{{}, {}}, "2×0"},
		{"row too short", matrix.Matrix{{1, 2}, {3}}, "2×2"},
		{"row too long", matrix.Matrix{{1}, {2, 3}}, "2×1"},
		{"row missing", matrix.Matrix{{1, 2}, nil, {3, 4}}, "3×2"},
		{"first row empty", matrix.Matrix{{}, {1}}, "2×0"},
		{"wide, then short", matrix.Matrix{make([]float64, 30), {1}}, "2×30"},
		{"short, then wide", matrix.Matrix{{1}, make([]float64, 30)}, "2×1"},
	} {
		var text string
		if p := panicText(func() { text = test.m.String() }); p != "" {
			t.Errorf("%s: String panics: %s", test.name, p)
			continue
		}
		lines := strings.Split(text, "\n")
		if lines[0] != test.shape {
			t.Errorf("%s: got first line %q, want %q", test.name, lines[0], test.shape)
		}
		t.Run(test.name, func(t *testing.T) { testkit.Screen(t, strings.TrimRight(text, "\n")+"\n") }) // an empty row is an empty line
	}
}
