package page

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// limits bound what a page is computed for, so that no request takes long.
var limits = walkthrough.Limits{Flowers: 150, Hidden: 16, Steps: 100_000}

// A query is what a URL asks for. Nothing else decides what a page shows.
type query struct {
	Settings walkthrough.Settings // Steps is the number of the step that is shown
	Run      int                  // the step up to which the MSE's curve goes
	Flower   int                  // the row of the flower in the drawing, one of Settings.Rows
	Cover    bool                 // "predict first": the values are covered
	Large    bool                 // larger type
	Many     bool                 // decimals: eight instead of four

	Fields  []field
	Problem string // with the URL as a whole, or with what was computed, or ""
}

// A parameter is one of a URL's, and how the page's form asks for it.
type parameter struct {
	Name, Label, Hint string
	Kind              kind
	IsNumber          bool   // a phone then shows its keys for numbers
	Key               string // that turns a toggle on and off
	value             func(q query) string
	isUsual           func(q query) bool // a URL then leaves it out; nil: it never does
}

// A kind says where in the form a parameter is.
type kind int

const (
	setting   kind = iota
	stepField      // always in sight
	kept           // hidden, to be kept
	toggle
	fixed // not in the form: the file of weights leaves no choice
)

// parameters returns those of a page with that start, in the order of a URL.
func parameters(start start) []parameter {
	flowers := len(start.flowers)
	ofWeights := setting
	if start.weights.File != "" {
		ofWeights = fixed
	}
	steps := fmt.Sprintf("1 to %d", limits.Steps)
	return []parameter{
		{Name: "flowers", Label: "flowers (rows)", Hint: start.rowsHint(), Kind: setting,
			value: func(q query) string { return rowsText(q.Settings.Rows) }},
		{Name: "hidden", Label: "hidden nodes", Hint: fmt.Sprintf("1 to %d", limits.Hidden), Kind: ofWeights, IsNumber: true,
			value:   func(q query) string { return strconv.Itoa(q.Settings.Hidden) },
			isUsual: query.hasFile},
		{Name: "rate", Label: "learning rate", Hint: "above 0", Kind: setting,
			value: func(q query) string { return walkthrough.Exact(q.Settings.Rate) }},
		{Name: "seed", Label: "seed of the weights", Hint: "0 to 4294967295", Kind: ofWeights, IsNumber: true,
			value:   func(q query) string { return fmt.Sprint(q.Settings.Seed) },
			isUsual: query.hasFile},
		{Name: "step", Label: "step", Hint: steps, Kind: stepField, IsNumber: true,
			value: func(q query) string { return strconv.Itoa(q.Settings.Steps) }},
		{Name: "run", Label: "curve up to step", Hint: steps, Kind: kept,
			value:   func(q query) string { return strconv.Itoa(q.Run) },
			isUsual: func(q query) bool { return q.Run <= q.Settings.Steps }},
		{Name: "flower", Label: "flower in the drawing", Hint: fmt.Sprintf("a row from 0 to %d", flowers-1), Kind: kept,
			value:   func(q query) string { return strconv.Itoa(q.Flower) },
			isUsual: func(q query) bool { return q.Flower == q.Settings.Rows[0] }},
		{Name: "cover", Label: "predict first: cover the values", Hint: "1 or 0", Kind: toggle,
			value:   func(query) string { return "1" },
			isUsual: func(q query) bool { return !q.Cover }},
		{Name: "large", Label: "larger type", Hint: "1 or 0", Kind: toggle, Key: "L",
			value:   func(query) string { return "1" },
			isUsual: func(q query) bool { return !q.Large }},
		{Name: "digits", Label: "eight decimals", Hint: "8 or 4", Kind: toggle, Key: "D",
			value:   func(query) string { return strconv.Itoa(manyDecimals) },
			isUsual: func(q query) bool { return !q.Many }},
	}
}

// flags defines a flag for each parameter, which reads it into q.
func (q *query) flags(start start) *flag.FlagSet {
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	q.Settings.Define(fs, limits)
	q.Settings.Rows, fs.Lookup("flowers").DefValue = start.rows, rowsText(start.rows)
	q.Settings.Data = start.data
	if start.weights.File != "" {
		q.Settings.Weights = start.weights
	}
	command.DefineInt(fs, "step", "1", "", 1, limits.Steps, &q.Settings.Steps)
	command.DefineInt(fs, "run", "1", "", 1, limits.Steps, &q.Run)
	command.DefineInt(fs, "flower", "0", "", 0, len(start.flowers)-1, &q.Flower)
	defineToggle(fs, "cover", &q.Cover)
	defineToggle(fs, "large", &q.Large)
	command.Define(fs, "digits", strconv.Itoa(fewDecimals), "", func(text string) error {
		digits, err := strconv.Atoi(text)
		if q.Many = digits == manyDecimals; err != nil || digits != manyDecimals && digits != fewDecimals {
			return errors.New("expected 8 or 4")
		}
		return nil
	})
	return fs
}

func defineToggle(fs *flag.FlagSet, name string, on *bool) {
	command.Define(fs, name, "0", "", func(text string) error {
		v, err := strconv.ParseBool(text)
		if *on = v; err != nil {
			return errors.New("expected 1 or 0")
		}
		return nil
	})
}

// A field is a parameter with its value in a URL.
type field struct {
	parameter
	Value string
	Error string // "" if the value is a good one
}

// IsInForm reports whether the reader can change the value in a field of the form.
func (f field) IsInForm() bool { return f.Kind == setting || f.Kind == stepField }

// newQuery returns the query for the settings.
func newQuery(s walkthrough.Settings, start start) query {
	q := query{Settings: s, Run: s.Steps, Flower: s.Rows[0]}
	for _, p := range parameters(start) {
		q.Fields = append(q.Fields, field{parameter: p})
	}
	return q
}

// parseQuery reads a URL's query. What is missing gets the value that the start has, or the
// notebook's. It reports whether all is well; otherwise q says what is not.
func parseQuery(text string, start start) (q query, ok bool) {
	ok = true
	fs := q.flags(start)
	values, err := url.ParseQuery(text)
	if err != nil {
		q.Problem, ok = fmt.Sprintf("found the URL's query “%s”, %v, expected one such as /?step=2&rate=0.1", text, err), false
	}
	for _, p := range parameters(start) {
		f := field{parameter: p, Value: fs.Lookup(p.Name).DefValue}
		if values.Has(p.Name) {
			f.Value = strings.TrimSpace(values.Get(p.Name))
			if p.Kind == fixed {
				f.Error = start.refuseFixed(p, f.Value)
			} else if err := fs.Set(p.Name, f.Value); err != nil {
				f.Error = err.Error()
			}
		}
		if p.Name == "flowers" && (f.Error != "" || slices.Max(q.Settings.Rows) >= len(start.flowers)) {
			f.Error = fmt.Sprintf("expected at most %d rows from %s", limits.Flowers, start.rowsHint())
		}
		ok = ok && f.Error == ""
		q.Fields = append(q.Fields, f)
	}
	q.Run = max(q.Run, q.Settings.Steps)
	if ok && (!values.Has("flower") || !slices.Contains(q.Settings.Rows, q.Flower)) {
		q.Flower = q.Settings.Rows[0]
	}
	return q, ok
}

// ofKind returns the fields of a kind.
func (q query) ofKind(k kind) []field {
	var list []field
	for _, f := range q.Fields {
		if f.Kind == k {
			list = append(list, f)
		}
	}
	return list
}

// What is where in the form.

func (q query) FormSettings() []field { return q.ofKind(setting) }
func (q query) StepFields() []field   { return q.ofKind(stepField) }
func (q query) Toggles() []field      { return q.ofKind(toggle) }

// Kept returns the fields that are not in sight, with the values that the page has.
func (q query) Kept() []field {
	list := q.ofKind(kept)
	for i := range list {
		list[i].Value = list[i].value(q)
	}
	return list
}

// Digits returns how many decimals a number has.
func (q query) Digits() int {
	if q.Many {
		return manyDecimals
	}
	return fewDecimals
}

// On returns the value that turns a toggle on.
func (q query) On(f field) string { return f.value(q) }

// hasFile reports whether the weights come from a file.
func (q query) hasFile() bool { return q.Settings.File != "" }

// Fixed says which settings the file of weights leaves no choice of, or "".
func (q query) Fixed() string {
	if !q.hasFile() {
		return ""
	}
	return fmt.Sprintf("The weights come from %s. They are for %s, and there is no seed.",
		walkthrough.Short(q.Settings.File), walkthrough.Count(q.Settings.Hidden, "hidden node"))
}

// IsOn reports whether a toggle is on.
func (q query) IsOn(f field) bool { return !f.isUsual(q) }

// IsRefused reports whether nothing can be computed for the URL.
func (q query) IsRefused() bool { return q.Problem != "" || len(q.Errors()) > 0 }

// Errors returns the fields whose values do not do.
func (q query) Errors() []field {
	var list []field
	for _, f := range q.Fields {
		if f.Error != "" {
			list = append(list, f)
		}
	}
	return list
}

// At returns the URL of another step of the same run.
func (q query) At(step int) string {
	q.Settings.Steps = step
	return q.URL()
}

// Of returns the URL of the same page with another flower in the drawing.
func (q query) Of(flower int) string {
	q.Flower = flower
	return q.URL()
}

// URL returns the URL that asks for q.
func (q query) URL() string {
	var parts []string
	for _, p := range parameters(start{}) {
		if p.isUsual == nil || !p.isUsual(q) {
			parts = append(parts, p.Name+"="+strings.ReplaceAll(url.QueryEscape(p.value(q)), "%2C", ","))
		}
	}
	return "/?" + strings.Join(parts, "&")
}

// rowsText writes rows as they are asked for, such as 0,7,50-99.
func rowsText(rows []int) string {
	var parts []string
	for i := 0; i < len(rows); i++ {
		first := i
		for i+1 < len(rows) && rows[i+1] == rows[i]+1 {
			i++
		}
		if i > first+1 {
			parts = append(parts, fmt.Sprintf("%d-%d", rows[first], rows[i]))
			continue
		}
		i = first
		parts = append(parts, strconv.Itoa(rows[first]))
	}
	return strings.Join(parts, ",")
}

// refuse notes why the value of the named field does not do.
func (q *query) refuse(name string, err error) {
	for i := range q.Fields {
		if q.Fields[i].Name == name {
			q.Fields[i].Error = err.Error()
		}
	}
}
