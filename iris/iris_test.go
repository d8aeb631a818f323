package iris_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
)

func TestSpeciesString(t *testing.T) {
	tests := []struct {
		species iris.Species
		want    string
	}{
		{iris.Setosa, "setosa"},
		{iris.Versicolor, "versicolor"},
		{iris.Virginica, "virginica"},
		{0, "setosa"},
		{1, "versicolor"},
		{2, "virginica"},
		{-1, "Species(-1)"},
		{3, "Species(3)"},
		{100, "Species(100)"},
	}
	for _, tt := range tests {
		if got := tt.species.String(); got != tt.want {
			t.Errorf("Species %d: got %q, want %q", int(tt.species), got, tt.want)
		}
	}
}

// numbered returns flowers that tell their row: no two are the same, as some of
// the data set are.
func numbered(n int) iris.Flowers {
	flowers := make(iris.Flowers, n)
	for i := range flowers {
		flowers[i] = iris.Flower{float64(i + 1), float64(i) + 0.1, float64(i) + 0.2, float64(i) + 0.3, iris.Species(i % 3)}
	}
	return flowers
}

// rowsOf returns the rows that numbered's flowers had.
func rowsOf(t *testing.T, flowers iris.Flowers) []int {
	t.Helper()
	rows := make([]int, len(flowers))
	for i, f := range flowers {
		rows[i] = int(f.SepalLength) - 1
		if want := numbered(rows[i] + 1)[rows[i]]; f != want {
			t.Errorf("flower %d:\ngot  %v\nwant %v", i, f, want)
		}
	}
	return rows
}

func TestPick(t *testing.T) {
	tests := []struct {
		name string
		rows []int
		err  string
	}{
		{"one", []int{1}, ""},
		{"first and last", []int{0, 4}, ""},
		{"other order", []int{3, 0, 2}, ""},
		{"duplicates", []int{2, 2, 1, 2}, ""},
		{"more rows than flowers", []int{0, 1, 2, 3, 4, 0, 1}, ""},
		{"none", nil, "no rows to pick, expected at least one"},
		{"one too far", []int{5}, "no row 5, expected one from 0 to 4"},
		{"one too low", []int{-1}, "no row -1, expected one from 0 to 4"},
		{"far out, after others", []int{1, 2, 150, -3}, "no row 150, expected one from 0 to 4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			flowers := numbered(5)
			got, err := flowers.Pick(tt.rows...)
			if tt.err != "" {
				if got != nil || err == nil || err.Error() != tt.err {
					t.Fatalf("Pick(%v):\ngot  %v, error %v\nwant error %s", tt.rows, got, err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatalf("Pick(%v): %v", tt.rows, err)
			}
			if rows := rowsOf(t, got); !slices.Equal(rows, tt.rows) {
				t.Errorf("got rows %v, want %v", rows, tt.rows)
			}
			clear(got)
			if !slices.Equal(flowers, numbered(5)) {
				t.Errorf("writing to the picked flowers changed those they are from: got %v", flowers)
			}
		})
	}
}

func TestFeaturesAndLabels(t *testing.T) {
	tests := []struct {
		name    string
		flowers iris.Flowers
		x, y    matrix.Matrix
	}{{
		name:    "part 13",
		flowers: three,
		x:       matrix.Matrix{{4.9, 3.0, 1.4, 0.2}, {6.4, 3.2, 4.5, 1.5}, {5.8, 2.7, 5.1, 1.9}},
		y:       matrix.Matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	}, {
		name:    "one",
		flowers: iris.Flowers{{1, 2, 3, 4, iris.Versicolor}},
		x:       matrix.Matrix{{1, 2, 3, 4}},
		y:       matrix.Matrix{{0, 1, 0}},
	}, {
		name:    "other order, a species twice",
		flowers: iris.Flowers{{1, 2, 3, 4, iris.Virginica}, {5, 6, 7, 8, iris.Setosa}, {9, 10, 11, 12, iris.Virginica}, {9, 10, 11, 12, iris.Virginica}},
		x:       matrix.Matrix{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {9, 10, 11, 12}},
		y:       matrix.Matrix{{0, 0, 1}, {1, 0, 0}, {0, 0, 1}, {0, 0, 1}},
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.flowers.Features(); !reflect.DeepEqual(got, tt.x) {
				t.Errorf("Features:\ngot  %v\nwant %v", got, tt.x)
			}
			if got := tt.flowers.Labels(); !reflect.DeepEqual(got, tt.y) {
				t.Errorf("Labels:\ngot  %v\nwant %v", got, tt.y)
			}
		})
	}
}

func TestNoFlowersPanics(t *testing.T) {
	tests := []struct {
		name string
		f    func()
		want string
	}{
		{"Features, nil", func() { iris.Flowers(nil).Features() }, "matrix: New: 0×4: rows and columns must be at least 1"},
		{"Features, empty", func() { iris.Flowers{}.Features() }, "matrix: New: 0×4: rows and columns must be at least 1"},
		{"Labels, nil", func() { iris.Flowers(nil).Labels() }, "matrix: New: 0×3: rows and columns must be at least 1"},
		{"Labels, empty", func() { iris.Flowers{}.Labels() }, "matrix: New: 0×3: rows and columns must be at least 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != tt.want {
					t.Errorf("got panic %v, want %s", got, tt.want)
				}
			}()
			tt.f()
		})
	}
}

// The rows are those that NumPy shuffles.
func TestSplitReference(t *testing.T) { testSplits(t, testkit.Reference(t).Splits) }

// Other splits than in reference.json, computed by NumPy while the test runs.
func TestNumPyLive(t *testing.T) {
	testkit.Everything(t)
	var splits []map[string]any
	for i := range 20 {
		splits = append(splits, map[string]any{"rows": 2 + 10*i, "test_size": 1 + 3*i, "seed": 1<<i + i})
	}
	got := testkit.NumPy(t, map[string]any{"splits": splits}).Splits
	if len(got) != len(splits) {
		t.Fatalf("got %d splits, want %d", len(got), len(splits))
	}
	testSplits(t, got)
}

func testSplits(t *testing.T, splits []testkit.Split) {
	for _, tt := range splits {
		t.Run(fmt.Sprintf("%+v", tt.Request), func(t *testing.T) {
			train, test, err := numbered(tt.Request.Rows).Split(tt.Request.TestSize, numpy.NewRandom(tt.Request.Seed))
			if err != nil {
				t.Fatal(err)
			}
			if got := rowsOf(t, train); !slices.Equal(got, tt.Answer.Train) {
				t.Errorf("train:\ngot  %v\nwant %v", got, tt.Answer.Train)
			}
			if got := rowsOf(t, test); !slices.Equal(got, tt.Answer.Test) {
				t.Errorf("test:\ngot  %v\nwant %v", got, tt.Answer.Test)
			}
		})
	}
}

// Test set and training set are all flowers, each once, whatever the sizes.
func TestSplit(t *testing.T) {
	for n := 2; n <= 20; n++ {
		for testSize := 1; testSize < n; testSize++ {
			flowers := numbered(n)
			train, test, err := flowers.Split(testSize, numpy.NewRandom(uint32(n)))
			if err != nil {
				t.Fatalf("%d of %d: %v", testSize, n, err)
			}
			if len(test) != testSize || len(train) != n-testSize {
				t.Errorf("%d of %d: got %d to test and %d to train, want %d and %d", testSize, n, len(test), len(train), testSize, n-testSize)
			}
			rows := append(rowsOf(t, train), rowsOf(t, test)...)
			slices.Sort(rows)
			for i, row := range rows {
				if row != i {
					t.Fatalf("%d of %d: got rows %v, want each once", testSize, n, rows)
				}
			}
			clear(train)
			clear(test)
			if !slices.Equal(flowers, numbered(n)) {
				t.Fatalf("%d of %d: Split or its result changed the flowers: got %v", testSize, n, flowers)
			}
		}
	}
}

func TestSplitErrors(t *testing.T) {
	tests := []struct {
		name     string
		testSize int
		want     string
	}{
		{"empty test set", 0, "cannot split 10 flowers with a test set of 0, expected 1 to 9"},
		{"negative", -1, "cannot split 10 flowers with a test set of -1, expected 1 to 9"},
		{"nothing to train with", 10, "cannot split 10 flowers with a test set of 10, expected 1 to 9"},
		{"more than there are", 11, "cannot split 10 flowers with a test set of 11, expected 1 to 9"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			train, test, err := numbered(10).Split(tt.testSize, numpy.NewRandom(1))
			if train != nil || test != nil || err == nil || err.Error() != tt.want {
				t.Errorf("Split(%d):\ngot  %v, %v, error %v\nwant error %s", tt.testSize, train, test, err, tt.want)
			}
		})
	}
}

// Both sets come from one shuffled list, but appending to one must not write
// over the other.
func TestSplitSetsAreSeparate(t *testing.T) {
	flowers := iris.Flowers{{SepalLength: 1}, {SepalLength: 2}, {SepalLength: 3}}
	train, test, err := flowers.Split(1, numpy.NewRandom(0))
	if err != nil {
		t.Fatal(err)
	}
	want := train[0]
	_ = append(test, iris.Flower{SepalLength: 9})
	if got := train[0]; got != want {
		t.Errorf("training set: got %v after appending to the test set, want %v", got, want)
	}
}
