package walkthrough

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// pageLimits bound what a page is computed for, so that no request takes long.
var pageLimits = limits{flowers: 150, hidden: 16, steps: 100_000}

// A pageQuery is what a URL asks for. Nothing else decides what a page shows.
type pageQuery struct {
	Settings Settings // Steps is the number of the step that is shown
	Run      int      // the step up to which the MSE's curve goes
	Flower   int      // the row of the flower in the drawing, one of Settings.Rows
	Cover    bool     // "predict first": the values are covered
	Large    bool     // larger type
	Fields   []pageField
}

// A pageField is a setting as the URL has it.
type pageField struct {
	Name, Label, Hint string
	Value             string
	Error             string // "" if the value is a good one
}

// parseQuery reads a URL's query; flowers is how many there are in all. What is
// missing gets the notebook's value. It reports whether all is well; otherwise
// the fields have the errors.
func parseQuery(text string, flowers int) (q pageQuery, ok bool) {
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	q.Settings.define(fs, pageLimits)
	defineInt(fs, "step", "1", "", 1, pageLimits.steps, &q.Settings.Steps)
	defineInt(fs, "run", "1", "", 1, pageLimits.steps, &q.Run)
	defineInt(fs, "flower", "0", "", 0, flowers-1, &q.Flower)
	defineSwitch(fs, "cover", &q.Cover)
	defineSwitch(fs, "large", &q.Large)

	values, err := url.ParseQuery(text)
	if ok = err == nil; !ok {
		q.Fields = append(q.Fields, pageField{Name: "step", Label: "the URL", Value: text, Error: err.Error(), Hint: "such as /?step=2&rate=0.1"})
	}
	read := func(name, label, hint string) {
		f := pageField{Name: name, Label: label, Hint: hint, Value: fs.Lookup(name).DefValue}
		if values.Has(name) {
			f.Value = strings.TrimSpace(values.Get(name))
			err := fs.Set(name, f.Value)
			if name == "flowers" && (err != nil || slices.Max(q.Settings.Rows) >= flowers) {
				err = fmt.Errorf("expected at most %d rows from 0 to %d, such as 1,51,101 or 0-149", pageLimits.flowers, flowers-1)
			}
			if err != nil {
				f.Error, ok = err.Error(), false
			}
		}
		q.Fields = append(q.Fields, f)
	}
	read("flowers", "flowers (rows)", fmt.Sprintf("0 to %d, such as 1,51,101 or 0-149", flowers-1))
	read("hidden", "hidden nodes", fmt.Sprintf("1 to %d", pageLimits.hidden))
	read("rate", "learning rate", "above 0")
	read("seed", "seed of the weights", "0 to 4294967295")
	read("step", "step", fmt.Sprintf("1 to %d", pageLimits.steps))
	read("run", "curve up to step", fmt.Sprintf("1 to %d", pageLimits.steps))
	read("flower", "flower in the drawing", fmt.Sprintf("a row from 0 to %d", flowers-1))
	read("cover", "predict first", "1 or 0")
	read("large", "larger type", "1 or 0")

	q.Run = max(q.Run, q.Settings.Steps)
	if ok && (!values.Has("flower") || !slices.Contains(q.Settings.Rows, q.Flower)) {
		q.Flower = q.Settings.Rows[0]
	}
	return q, ok
}

func defineSwitch(fs *flag.FlagSet, name string, on *bool) {
	define(fs, name, "0", "", func(text string) error {
		v, err := strconv.ParseBool(text)
		if *on = v; err != nil {
			return errors.New("expected 1 or 0")
		}
		return nil
	})
}

// refuse notes that the named field's value does not do.
func (q *pageQuery) refuse(name string, err error) {
	for i := range q.Fields {
		if q.Fields[i].Name == name {
			q.Fields[i].Error = err.Error()
		}
	}
}

// errTooLarge is the reason why there is no page with some learning rates.
var errTooLarge = errors.New("the weights grow beyond what a number can hold, expected a smaller rate")

// Field returns the field with the given name, for the form.
func (q pageQuery) Field(name string) pageField {
	return q.Fields[slices.IndexFunc(q.Fields, func(f pageField) bool { return f.Name == name && f.Label != "the URL" })]
}

// Errors returns the fields whose values do not do.
func (q pageQuery) Errors() []pageField {
	var list []pageField
	for _, f := range q.Fields {
		if f.Error != "" {
			list = append(list, f)
		}
	}
	return list
}

// At returns the URL of another step of the same run.
func (q pageQuery) At(step int) string {
	q.Settings.Steps = step
	return q.URL()
}

// Of returns the URL of the same page with another flower in the drawing.
func (q pageQuery) Of(flower int) string {
	q.Flower = flower
	return q.URL()
}

// URL returns the URL that asks for q.
func (q pageQuery) URL() string {
	s := q.Settings
	var rows []string
	for i := 0; i < len(s.Rows); i++ {
		first := i
		for i+1 < len(s.Rows) && s.Rows[i+1] == s.Rows[i]+1 {
			i++
		}
		if i > first+1 {
			rows = append(rows, fmt.Sprintf("%d-%d", s.Rows[first], s.Rows[i]))
			continue
		}
		i = first
		rows = append(rows, fmt.Sprint(s.Rows[first]))
	}
	text := fmt.Sprintf("/?flowers=%s&hidden=%d&rate=%s&seed=%d&step=%d", strings.Join(rows, ","), s.Hidden, url.QueryEscape(exact(s.Rate)), s.Seed, s.Steps)
	if q.Run > s.Steps {
		text += fmt.Sprintf("&run=%d", q.Run)
	}
	if q.Flower != s.Rows[0] {
		text += fmt.Sprintf("&flower=%d", q.Flower)
	}
	if q.Cover {
		text += "&cover=1"
	}
	if q.Large {
		text += "&large=1"
	}
	return text
}
