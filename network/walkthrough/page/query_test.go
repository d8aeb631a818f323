package page

import (
	"flag"
	"math"
	"math/rand"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"backprop/network/walkthrough"
)

// flowerCount is how many flowers the series' data has.
const flowerCount = 150

// mustParse parses a query that is a good one.
func mustParse(t *testing.T, text string) query {
	t.Helper()
	q, ok := parseQuery(text, testStart(t))
	if !ok {
		t.Fatalf("%s: got the errors %v and %q, want none", text, q.Errors(), q.Problem)
	}
	return q
}

// rowRange returns the rows from first to last.
func rowRange(first, last int) []int {
	rows := []int{}
	for row := first; row <= last; row++ {
		rows = append(rows, row)
	}
	return rows
}

// sameQuery reports whether both ask for the same page.
func sameQuery(a, b query) bool {
	a.Fields, b.Fields = nil, nil
	return reflect.DeepEqual(a, b)
}

// fieldOf returns the field with that name.
func fieldOf(q query, name string) field {
	for _, f := range q.Fields {
		if f.Name == name {
			return f
		}
	}
	return field{}
}

// wantQuery is the page of the notebook's own settings, changed.
func wantQuery(change func(q *query)) query {
	var q query
	q.Settings.Rows, q.Settings.Hidden, q.Settings.Seed, q.Settings.Rate, q.Settings.Steps = []int{1, 51, 101}, 2, 10, 0.1, 1
	q.Run, q.Flower = 1, 1
	change(&q)
	return q
}

func TestParseQuery(t *testing.T) {
	steps := func(n int) func(q *query) {
		return func(q *query) { q.Settings.Steps, q.Run = n, n }
	}
	hidden := func(n int) func(q *query) { return func(q *query) { q.Settings.Hidden = n } }
	rate := func(v float64) func(q *query) { return func(q *query) { q.Settings.Rate = v } }
	seed := func(n uint32) func(q *query) { return func(q *query) { q.Settings.Seed = n } }
	run := func(n int) func(q *query) { return func(q *query) { q.Run = n } }
	rows := func(rows ...int) func(q *query) {
		return func(q *query) { q.Settings.Rows, q.Flower = rows, rows[0] }
	}
	same := func(*query) {}
	fives := make([]int, 150)
	for i := range fives {
		fives[i] = 5
	}
	for _, test := range []struct {
		name, query string
		want        func(q *query)
	}{
		{"nothing", "", same},
		{"unknown", "colour=red&=&x", same},
		{"long unknown", "x=" + strings.Repeat("y", 1<<16), same},
		{"fewest hidden nodes", "hidden=1", hidden(1)},
		{"most hidden nodes", "hidden=16", hidden(16)},
		{"first step", "step=1", steps(1)},
		{"last step", "step=100000", steps(100000)},
		{"spaces around", "step=+7%20", steps(7)},
		{"repeated: the first counts", "step=3&step=4", steps(3)},
		{"lowest rate", "rate=5e-324", rate(5e-324)},
		{"highest rate", "rate=1.7976931348623157e308", rate(math.MaxFloat64)},
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
		{"the same flower 150 times", "flowers=" + strings.TrimSuffix(strings.Repeat("5,", 150), ","), rows(fives...)},
		{"flower of the drawing", "flower=101", func(q *query) { q.Flower = 101 }},
		{"a flower that is not there", "flower=2", same},
		{"no flower of the drawing: the first one", "flowers=9,0", rows(9, 0)},
		{"cover", "cover=1", func(q *query) { q.Cover = true }},
		{"no cover", "cover=0", same},
		{"large", "large=1", func(q *query) { q.Large = true }},
		{"all", "flowers=0-2&hidden=5&rate=0.5&seed=7&step=12&run=30&flower=2&cover=1&large=1", func(q *query) {
			q.Settings.Rows, q.Settings.Hidden, q.Settings.Rate, q.Settings.Seed, q.Settings.Steps = []int{0, 1, 2}, 5, 0.5, 7, 12
			q.Run, q.Flower, q.Cover, q.Large = 30, 2, true, true
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := mustParse(t, test.query)
			if want := wantQuery(test.want); !sameQuery(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if got.IsRefused() {
				t.Errorf("got the errors %v beside ok, want none", got.Errors())
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
	{"too many hidden nodes", "hidden=17", "hidden", "1 to 16"},
	{"hidden nodes without a number", "hidden=", "hidden", "1 to 16"},
	{"step too high", "step=100001", "step", "1 to 100000"},
	{"step in hexadecimal", "step=0x10", "step", "1 to 100000"},
	{"step with a zero byte", "step=1%00", "step", "1 to 100000"},
	{"step very long", "step=" + strings.Repeat("9", 10000), "step", "1 to 100000"},
	{"repeated: a bad first one", "step=x&step=3", "step", "1 to 100000"},
	{"no rate", "rate=", "rate", "above 0"},
	{"rate 0", "rate=0", "rate", "above 0"},
	{"rate that is 0 as a number", "rate=1e-400", "rate", "above 0"},
	{"rate NaN", "rate=NaN", "rate", "finite number above 0"},
	{"rate infinite", "rate=Inf", "rate", "finite number above 0"},
	{"rate beyond the numbers", "rate=1e309", "rate", "finite number above 0"},
	{"seed below zero", "seed=-1", "seed", "0 to 4294967295"},
	{"seed too high", "seed=4294967296", "seed", "0 to 4294967295"},
	{"run too high", "run=100001", "run", "1 to 100000"},
	{"no flowers", "flowers=", "flowers", "0 to 149"},
	{"flower that is not there", "flowers=150", "flowers", "0 to 149"},
	{"range that goes beyond", "flowers=148-150", "flowers", "0 to 149"},
	{"range without end", "flowers=3-", "flowers", "0 to 149"},
	{"151 rows", "flowers=" + strings.Repeat("5,", 150) + "5", "flowers", "at most 150 rows"},
	{"151 rows in ranges", "flowers=0-149,0", "flowers", "at most 150 rows"},
	{"range of a billion", "flowers=0-1000000000", "flowers", "at most 150 rows"},
	{"drawing's flower too high", "flower=150", "flower", "0 to 149"},
	{"cover in other words", "cover=yes", "cover", "1 or 0"},
	{"cover without a value", "cover", "cover", "1 or 0"},
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
			q, ok := parseQuery(query, testStart(t))
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
			if got := fieldOf(q, test.field).Value; got != bad {
				t.Errorf("got %.100q kept in the field, want %.100q", got, bad)
			}
			for name, want := range others {
				if got := fieldOf(q, name); name != test.field && (got.Value != want || got.Error != "") {
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
			q, ok := parseQuery(test.query, testStart(t))
			if ok || len(q.Errors()) > 0 || !strings.Contains(q.Problem, "the URL's query “"+test.query+"”") {
				t.Fatalf("got %v, the problem %q and the errors %v, want a problem of the URL alone", ok, q.Problem, q.Errors())
			}
			if got := fieldOf(q, "step"); got.Value != "7" {
				t.Errorf("got the field %+v, want the step 7", got)
			}
		})
	}
}

// With other data, other flowers are there.
func TestParseQueryFewFlowers(t *testing.T) {
	five := newStart(walkthrough.Settings{}, allFlowers(t)[:5])
	for _, test := range []struct {
		query string
		want  bool
	}{{"flowers=0-4", true}, {"flowers=5", false}, {"flowers=0&flower=4", true}, {"flowers=0&flower=5", false}} {
		if q, ok := parseQuery(test.query, five); ok != test.want {
			t.Errorf("%s: got %v, %v, want %v", test.query, ok, q.Errors(), test.want)
		}
	}
}

func TestQueryURL(t *testing.T) {
	rows := func(rows ...int) func(q *query) {
		return func(q *query) { q.Settings.Rows, q.Flower = rows, rows[0] }
	}
	for _, test := range []struct {
		name   string
		change func(q *query)
		want   string
	}{
		{"the notebook", func(*query) {}, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1"},
		{"all flowers", rows(rowRange(0, 149)...), "/?flowers=0-149&hidden=2&rate=0.1&seed=10&step=1"},
		{"three in a row", rows(3, 4, 5), "/?flowers=3-5&hidden=2&rate=0.1&seed=10&step=1"},
		{"ranges between others", rows(9, 0, 1, 2, 7, 7, 8, 9, 3), "/?flowers=9,0-2,7,7-9,3&hidden=2&rate=0.1&seed=10&step=1"},
		{"a rate with a sign in its exponent", func(q *query) { q.Settings.Rate = 1e21 }, "/?flowers=1,51,101&hidden=2&rate=1e%2B21&seed=10&step=1"},
		{"run beyond the step", func(q *query) { q.Run = 7 }, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1&run=7"},
		{"all the rest", func(q *query) { q.Flower, q.Cover, q.Large = 51, true, true }, "/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=1&flower=51&cover=1&large=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := wantQuery(test.change).URL(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// randomQuery returns any of the pages that can be asked for.
func randomQuery(r *rand.Rand) query {
	var rows []int
	for n := 1 + r.Intn(40); len(rows) < n; {
		first := r.Intn(flowerCount)
		rows = append(rows, rowRange(first, min(first+r.Intn(4), flowerCount-1))...)
	}
	q := query{Flower: rows[r.Intn(len(rows))], Cover: r.Intn(2) == 0, Large: r.Intn(2) == 0}
	q.Settings.Rows, q.Settings.Hidden, q.Settings.Seed, q.Settings.Steps = rows, 1+r.Intn(limits.Hidden), r.Uint32(), 1+r.Intn(limits.Steps)
	q.Settings.Rate = math.Abs(math.Float64frombits(r.Uint64()))
	if !(q.Settings.Rate > 0 && q.Settings.Rate <= math.MaxFloat64) {
		q.Settings.Rate = 0.1
	}
	q.Run = q.Settings.Steps + r.Intn(limits.Steps-q.Settings.Steps+1)
	return q
}

// A link leads to the page that it was made for, whatever the settings.
func TestQueryURLRoundTrip(t *testing.T) {
	r, start := rand.New(rand.NewSource(1)), testStart(t)
	for range 500 {
		want := randomQuery(r)
		leads := func(what, url string) {
			t.Helper()
			text, found := strings.CutPrefix(url, "/?")
			if got, ok := parseQuery(text, start); !found || !ok || !sameQuery(got, want) || got.URL() != want.URL() {
				t.Fatalf("%s: %s:\ngot  %+v, %v\nwant %+v", what, url, got, got.Errors(), want)
			}
		}
		leads("URL", want.URL())
		q, step := want, 1+r.Intn(want.Run)
		want.Settings.Steps = step
		leads("another step", q.At(step))
		q, want.Flower = want, want.Settings.Rows[r.Intn(len(want.Settings.Rows))]
		leads("another flower", q.Of(want.Flower))
	}
}

// refuse names one field, and only that.
func TestQueryRefuse(t *testing.T) {
	q := mustParse(t, "rate=5")
	q.refuse("rate", errTooLarge)
	if list := q.Errors(); len(list) != 1 || list[0].Name != "rate" || list[0].Value != "5" || list[0].Error != errTooLarge.Error() || !q.IsRefused() {
		t.Errorf("got %v, want the rate alone", list)
	}
}

// Each parameter is read by a flag with its name and is in one place of the form, and what a
// URL leaves out is what is there without it.
func TestParameters(t *testing.T) {
	q := mustParse(t, "")
	start := testStart(t)
	flags := q.flags(start)
	n := 0
	flags.VisitAll(func(*flag.Flag) { n++ })
	list := parameters(start)
	if n != len(list) {
		t.Errorf("got %d parameters and %d flags, want a flag for each", len(list), n)
	}
	inForm := slices.Concat(q.FormSettings(), q.StepFields(), q.Toggles(), q.Kept())
	for _, p := range list {
		if flags.Lookup(p.Name) == nil || p.Label == "" || p.Hint == "" {
			t.Errorf("%s: got no flag, no label or no hint", p.Name)
		}
		if n := len(slices.DeleteFunc(slices.Clone(inForm), func(f field) bool { return f.Name != p.Name })); n != 1 {
			t.Errorf("%s: got it %d times in the form, want once", p.Name, n)
		}
	}
}
