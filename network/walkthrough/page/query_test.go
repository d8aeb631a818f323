package page

import (
	"fmt"
	"math"
	"math/rand"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allFlowers is how many flowers the series' data has.
const allFlowers = 150

// rowRange returns the rows from first to last.
func rowRange(first, last int) []int {
	rows := []int{}
	for row := first; row <= last; row++ {
		rows = append(rows, row)
	}
	return rows
}

// sameQuery reports whether both ask for the same page.
func sameQuery(a, b pageQuery) bool {
	s, r := a.Settings, b.Settings
	return slices.Equal(s.Rows, r.Rows) && s.Hidden == r.Hidden && s.Rate == r.Rate && s.Seed == r.Seed && s.Steps == r.Steps &&
		a.Run == b.Run && a.Flower == b.Flower && a.Cover == b.Cover && a.Large == b.Large
}

// wantQuery is the page of the notebook's own settings, changed.
func wantQuery(change func(q *pageQuery)) pageQuery {
	q := pageQuery{Settings: Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 1}, Run: 1, Flower: 1}
	change(&q)
	return q
}

func TestParseQuery(t *testing.T) {
	steps := func(n int) func(q *pageQuery) {
		return func(q *pageQuery) { q.Settings.Steps, q.Run = n, n }
	}
	hidden := func(n int) func(q *pageQuery) { return func(q *pageQuery) { q.Settings.Hidden = n } }
	rate := func(v float64) func(q *pageQuery) { return func(q *pageQuery) { q.Settings.Rate = v } }
	seed := func(n uint32) func(q *pageQuery) { return func(q *pageQuery) { q.Settings.Seed = n } }
	run := func(n int) func(q *pageQuery) { return func(q *pageQuery) { q.Run = n } }
	rows := func(rows ...int) func(q *pageQuery) {
		return func(q *pageQuery) { q.Settings.Rows, q.Flower = rows, rows[0] }
	}
	same := func(*pageQuery) {}
	fives := make([]int, 150)
	for i := range fives {
		fives[i] = 5
	}
	for _, test := range []struct {
		name, query string
		want        func(q *pageQuery)
	}{
		{"nothing", "", same},
		{"only separators", "&&&", same},
		{"unknown", "colour=red&=&x", same},
		{"upper case is another name", "STEP=7", same},
		{"long unknown", "x=" + strings.Repeat("y", 1<<16), same},
		{"fewest hidden nodes", "hidden=1", hidden(1)},
		{"most hidden nodes", "hidden=16", hidden(16)},
		{"first step", "step=1", steps(1)},
		{"last step", "step=100000", steps(100000)},
		{"zeros in front", "step=007", steps(7)},
		{"plus sign", "step=%2B7", steps(7)},
		{"spaces around", "step=+7%20", steps(7)},
		{"line break around", "step=7%0d%0a", steps(7)},
		{"repeated: the first counts", "step=3&step=4", steps(3)},
		{"repeated: a bad second one", "step=3&step=x", steps(3)},
		{"lowest rate", "rate=5e-324", rate(5e-324)},
		{"highest rate", "rate=1.7976931348623157e308", rate(math.MaxFloat64)},
		{"rate without zero", "rate=.5", rate(0.5)},
		{"lowest seed", "seed=0", seed(0)},
		{"highest seed", "seed=4294967295", seed(math.MaxUint32)},
		{"run beyond the step", "run=50", run(50)},
		{"run at the limit", "run=100000", run(100000)},
		{"run before the step", "step=9&run=3", steps(9)},
		{"first flower", "flowers=0", rows(0)},
		{"last flower", "flowers=149", rows(149)},
		{"all flowers", "flowers=0-149", rows(rowRange(0, 149)...)},
		{"ranges and rows", "flowers=3,7-9,1", rows(3, 7, 8, 9, 1)},
		{"escaped comma", "flowers=1%2C2", rows(1, 2)},
		{"spaces between", "flowers=1,+2", rows(1, 2)},
		{"range of one", "flowers=4-4", rows(4)},
		{"the same flower 150 times", "flowers=" + strings.TrimSuffix(strings.Repeat("5,", 150), ","), rows(fives...)},
		{"flower of the drawing", "flower=101", func(q *pageQuery) { q.Flower = 101 }},
		{"a flower that is not there", "flower=2", same},
		{"no flower of the drawing: the first one", "flowers=9,0", rows(9, 0)},
		{"cover", "cover=1", func(q *pageQuery) { q.Cover = true }},
		{"cover in words", "cover=true", func(q *pageQuery) { q.Cover = true }},
		{"no cover", "cover=0", same},
		{"large", "large=1", func(q *pageQuery) { q.Large = true }},
		{"not large", "large=false", same},
		{"all", "flowers=0-2&hidden=5&rate=0.5&seed=7&step=12&run=30&flower=2&cover=1&large=1", func(q *pageQuery) {
			*q = pageQuery{Settings: Settings{Rows: []int{0, 1, 2}, Hidden: 5, Rate: 0.5, Seed: 7, Steps: 12}, Run: 30, Flower: 2, Cover: true, Large: true}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := parseQuery(test.query, allFlowers)
			if !ok {
				t.Fatalf("got the errors %v, want none", got.Errors())
			}
			if want := wantQuery(test.want); !sameQuery(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if list := got.Errors(); len(list) > 0 {
				t.Errorf("got the errors %v beside ok, want none", list)
			}
		})
	}
}

// badQueries have one value that does not do: of a field with that label, whose
// error says what would do.
var badQueries = []struct {
	name, query string
	field       string
	want        string // in the field's error or hint
}{
	{"no hidden nodes", "hidden=0", "hidden", "1 to 16"},
	{"too many hidden nodes", "hidden=17", "hidden", "1 to 16"},
	{"hidden nodes below zero", "hidden=-1", "hidden", "1 to 16"},
	{"half a hidden node", "hidden=2.5", "hidden", "1 to 16"},
	{"hidden nodes without a number", "hidden=", "hidden", "1 to 16"},
	{"more hidden nodes than an int holds", "hidden=99999999999999999999", "hidden", "1 to 16"},
	{"step 0", "step=0", "step", "1 to 100000"},
	{"step below zero", "step=-1", "step", "1 to 100000"},
	{"step too high", "step=100001", "step", "1 to 100000"},
	{"step as a power", "step=1e3", "step", "1 to 100000"},
	{"step in hexadecimal", "step=0x10", "step", "1 to 100000"},
	{"step with an underscore", "step=1_000", "step", "1 to 100000"},
	{"step in other digits", "step=%D9%A3", "step", "1 to 100000"},
	{"step with a zero byte", "step=1%00", "step", "1 to 100000"},
	{"step very long", "step=" + strings.Repeat("9", 10000), "step", "1 to 100000"},
	{"repeated: a bad first one", "step=x&step=3", "step", "1 to 100000"},
	{"no rate", "rate=", "rate", "above 0"},
	{"rate 0", "rate=0", "rate", "above 0"},
	{"rate −0", "rate=-0", "rate", "above 0"},
	{"rate that is 0 as a number", "rate=1e-400", "rate", "above 0"},
	{"rate below zero", "rate=-0.1", "rate", "above 0"},
	{"rate NaN", "rate=NaN", "rate", "finite number above 0"},
	{"rate infinite", "rate=Inf", "rate", "finite number above 0"},
	{"rate beyond the numbers", "rate=1e309", "rate", "finite number above 0"},
	{"rate in hexadecimal", "rate=0x1p-2", "rate", "finite number above 0"},
	{"rate with a comma", "rate=0,1", "rate", "finite number above 0"},
	{"seed below zero", "seed=-1", "seed", "0 to 4294967295"},
	{"seed too high", "seed=4294967296", "seed", "0 to 4294967295"},
	{"seed with a sign", "seed=%2B5", "seed", "0 to 4294967295"},
	{"run 0", "run=0", "run", "1 to 100000"},
	{"run too high", "run=100001", "run", "1 to 100000"},
	{"no flowers", "flowers=", "flowers", "0 to 149"},
	{"flower that is not there", "flowers=150", "flowers", "0 to 149"},
	{"range that goes beyond", "flowers=148-150", "flowers", "0 to 149"},
	{"range backwards", "flowers=9-3", "flowers", "0 to 149"},
	{"range without end", "flowers=3-", "flowers", "0 to 149"},
	{"range without beginning", "flowers=-3", "flowers", "0 to 149"},
	{"empty row", "flowers=1,,2", "flowers", "0 to 149"},
	{"151 rows", "flowers=" + strings.Repeat("5,", 150) + "5", "flowers", "at most 150 rows"},
	{"151 rows in ranges", "flowers=0-149,0", "flowers", "at most 150 rows"},
	{"range of a billion", "flowers=0-1000000000", "flowers", "at most 150 rows"},
	{"row beyond an int", "flowers=99999999999999999999", "flowers", "0 to 149"},
	{"drawing's flower too high", "flower=150", "flower", "0 to 149"},
	{"drawing's flower below zero", "flower=-1", "flower", "0 to 149"},
	{"cover in other words", "cover=yes", "cover", "1 or 0"},
	{"cover without a value", "cover", "cover", "1 or 0"},
	{"large in other words", "large=2", "large", "1 or 0"},
	{"markup", "step=%3Cscript%3Ealert(1)%3C/script%3E", "step", "1 to 100000"},
}

// A bad value is named, with what would do, and no other field suffers from it.
func TestParseQueryRefuses(t *testing.T) {
	others := map[string]string{"flowers": "0-4", "hidden": "5", "rate": "0.25", "seed": "77", "step": "12", "run": "34", "flower": "3", "cover": "1", "large": "1"}
	for _, test := range badQueries {
		t.Run(test.name, func(t *testing.T) {
			query := test.query
			for name, value := range others {
				if name != test.field {
					query += "&" + name + "=" + value
				}
			}
			q, ok := parseQuery(query, allFlowers)
			list := q.Errors()
			if ok || len(list) != 1 || list[0].Name != test.field {
				t.Fatalf("got %v and errors %v, want false and one of %s", ok, list, test.field)
			}
			if text := list[0].Error + "; " + list[0].Hint; !strings.Contains(text, test.want) {
				t.Errorf("got %q, want %q in it", text, test.want)
			}
			if list[0].Label == "" {
				t.Error("got no label, want the field's name for people")
			}
			first, _, _ := strings.Cut(test.query, "&")
			_, escaped, _ := strings.Cut(first, "=")
			bad, err := url.QueryUnescape(escaped)
			if err != nil {
				t.Fatal(err)
			}
			if got := q.Field(test.field).Value; got != bad {
				t.Errorf("got %.100q kept in the field, want %.100q", got, bad)
			}
			for name, want := range others {
				if got := q.Field(name); name != test.field && (got.Value != want || got.Error != "") {
					t.Errorf("%s: got %q and the error %q, want %q and none", name, got.Value, got.Error, want)
				}
			}
		})
	}
}

// What is no query at all is refused as a whole, but what can be read of it stays.
func TestParseQueryRefusesTheURL(t *testing.T) {
	for _, test := range []struct{ name, query string }{
		{"escape", "step=7&rate=%zz"},
		{"half an escape", "step=7&rate=%"},
		{"escape in a name", "step=7&%g=1"},
		{"semicolon", "step=7&rate=1;seed=2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			q, ok := parseQuery(test.query, allFlowers)
			list := q.Errors()
			if ok || len(list) != 1 || list[0].Label != "the URL" || list[0].Value != test.query {
				t.Fatalf("got %v and the errors %v, want false and one of the URL", ok, list)
			}
			if got := q.Field("step"); got.Value != "7" || got.Label != "step" {
				t.Errorf("got the field %+v, want the step 7", got)
			}
		})
	}
}

// With other data, other flowers are there.
func TestParseQueryFewFlowers(t *testing.T) {
	for _, test := range []struct {
		query string
		want  bool
	}{{"flowers=0-4", true}, {"flowers=5", false}, {"flowers=0&flower=4", true}, {"flowers=0&flower=5", false}} {
		if q, ok := parseQuery(test.query, 5); ok != test.want {
			t.Errorf("%s: got %v, %v, want %v", test.query, ok, q.Errors(), test.want)
		}
	}
}

func TestQueryURL(t *testing.T) {
	rows := func(rows ...int) func(q *pageQuery) {
		return func(q *pageQuery) { q.Settings.Rows, q.Flower = rows, rows[0] }
	}
	for _, test := range []struct {
		name   string
		change func(q *pageQuery)
		want   string
	}{
		{"the notebook", func(*pageQuery) {}, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1"},
		{"all flowers", rows(rowRange(0, 149)...), "/?flowers=0-149&hidden=2&rate=0.1&seed=10&step=1"},
		{"two in a row", rows(3, 4), "/?flowers=3,4&hidden=2&rate=0.1&seed=10&step=1"},
		{"three in a row", rows(3, 4, 5), "/?flowers=3-5&hidden=2&rate=0.1&seed=10&step=1"},
		{"ranges between others", rows(9, 0, 1, 2, 7, 7, 8, 9, 3), "/?flowers=9,0-2,7,7-9,3&hidden=2&rate=0.1&seed=10&step=1"},
		{"backwards", rows(3, 2, 1), "/?flowers=3,2,1&hidden=2&rate=0.1&seed=10&step=1"},
		{"a rate with a sign in its exponent", func(q *pageQuery) { q.Settings.Rate = 1e21 }, "/?flowers=1,51,101&hidden=2&rate=1e%2B21&seed=10&step=1"},
		{"run beyond the step", func(q *pageQuery) { q.Run = 7 }, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1&run=7"},
		{"all the rest", func(q *pageQuery) { q.Flower, q.Cover, q.Large = 51, true, true }, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1&flower=51&cover=1&large=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := wantQuery(test.change).URL(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// randomQuery returns any of the pages that can be asked for.
func randomQuery(r *rand.Rand) pageQuery {
	var rows []int
	for n := 1 + r.Intn(40); len(rows) < n; {
		first := r.Intn(allFlowers)
		rows = append(rows, rowRange(first, min(first+r.Intn(4), allFlowers-1))...)
	}
	q := pageQuery{
		Settings: Settings{
			Rows:   rows,
			Hidden: 1 + r.Intn(pageLimits.hidden),
			Rate:   math.Abs(math.Float64frombits(r.Uint64())),
			Seed:   r.Uint32(),
			Steps:  1 + r.Intn(pageLimits.steps),
		},
		Flower: rows[r.Intn(len(rows))],
		Cover:  r.Intn(2) == 0,
		Large:  r.Intn(2) == 0,
	}
	if !(q.Settings.Rate > 0 && q.Settings.Rate <= math.MaxFloat64) {
		q.Settings.Rate = 0.1
	}
	q.Run = q.Settings.Steps + r.Intn(pageLimits.steps-q.Settings.Steps+1)
	return q
}

// A link leads to the page that it was made for, whatever the settings.
func TestQueryURLRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		want := randomQuery(r)
		_, query, found := strings.Cut(want.URL(), "/?")
		got, ok := parseQuery(query, allFlowers)
		if !found || !ok || !sameQuery(got, want) {
			t.Fatalf("%s:\ngot  %+v, %v\nwant %+v", want.URL(), got, got.Errors(), want)
		}
		if got.URL() != want.URL() {
			t.Fatalf("got %s, want %s", got.URL(), want.URL())
		}
		step := 1 + r.Intn(want.Run)
		at, ok := parseQuery(strings.TrimPrefix(want.At(step), "/?"), allFlowers)
		want.Settings.Steps = step
		if !ok || !sameQuery(at, want) {
			t.Fatalf("At(%d): got %+v, want %+v", step, at, want)
		}
		flower := want.Settings.Rows[r.Intn(len(want.Settings.Rows))]
		of, ok := parseQuery(strings.TrimPrefix(want.Of(flower), "/?"), allFlowers)
		want.Flower = flower
		if !ok || !sameQuery(of, want) {
			t.Fatalf("Of(%d): got %+v, want %+v", flower, of, want)
		}
	}
}

func TestParseRows(t *testing.T) {
	expected := "expected row numbers from 0"
	for _, test := range []struct {
		text string
		most int
		want []int
		err  string
	}{
		{"0", 1, []int{0}, ""},
		{"1,51,101", 3, []int{1, 51, 101}, ""},
		{"0-149", 150, rowRange(0, 149), ""},
		{"0-0", 1, []int{0}, ""},
		{"2-4,1,7-8", 6, []int{2, 3, 4, 1, 7, 8}, ""},
		{" 1, 2-3 ", 3, []int{1, 2, 3}, ""},
		{"1,1", 2, []int{1, 1}, ""},
		{"007", 1, []int{7}, ""},
		{"0-150", 150, nil, "expected at most 150 rows"},
		{"0-1073741823", 150, nil, "expected at most 150 rows"},
		{"1,2,3", 2, nil, "expected at most 2 rows"},
		{"", 9, nil, expected},
		{"-", 9, nil, expected},
		{"1-", 9, nil, expected},
		{"-1", 9, nil, expected},
		{"2-1", 9, nil, expected},
		{"1-2-3", 9, nil, expected},
		{"1 - 2", 9, nil, expected},
		{"1–2", 9, nil, expected},
		{"+1", 9, nil, expected},
		{"1,", 9, nil, expected},
		{"0x1", 9, nil, expected},
		{"1073741824", 9, nil, expected},
	} {
		t.Run(strconv.Quote(test.text), func(t *testing.T) {
			got, err := parseRows(test.text, test.most)
			if !slices.Equal(got, test.want) || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, %v, want %v, %q", got, err, test.want, test.err)
			}
		})
	}
}

// refuse names one field, and only that.
func TestQueryRefuse(t *testing.T) {
	q, _ := parseQuery("rate=5", allFlowers)
	q.refuse("rate", errTooLarge)
	if got, want := fmt.Sprint(q.Errors()), fmt.Sprint([]pageField{{"rate", "learning rate", "above 0", "5", errTooLarge.Error()}}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
