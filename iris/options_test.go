package iris

import (
	"reflect"
	"strings"
	"testing"
)

func TestOptions(t *testing.T) {
	tests := []struct {
		name    string
		options Options
		in      string
		want    Flowers
		err     string // in the error's text
	}{
		{"scaled", Options{NeedsSpecies: true, Scaled: true}, "-0.9,1,0,-1.3,setosa\n", Flowers{{-0.9, 1, 0, -1.3, 0}}, ""},
		{"scaled, a word", Options{Scaled: true}, "-0.9,x,-1.3,-1.3\n", nil, `line 1, column 2 (sepal_width): found "x", expected a finite number`},
		{"scaled, NaN", Options{Scaled: true}, "-0.9,NaN,-1.3,-1.3\n", nil, `found "NaN", expected a finite number`},
		{"not scaled", Options{}, "-0.9,1,-1.3,-1.3\n", nil, `found "-0.9", expected a finite length in cm, above 0`},
		{"any species", Options{AnySpecies: true}, "5,3,1,2,?\n5,3,1,2,\n5,3,1,2,tulip\n5,3,1,2,virginica\n",
			Flowers{{5, 3, 1, 2, 0}, {5, 3, 1, 2, 0}, {5, 3, 1, 2, 0}, {5, 3, 1, 2, Virginica}}, ""},
		{"no species", Options{NeedsSpecies: true, Scaled: true}, "-0.9,1,-1.3,-1.3\n", nil, "found 4 columns, expected 5"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, err := test.options.Read(strings.NewReader(test.in))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got the error %v, want %s", err, test.err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(table.Flowers, test.want) {
				t.Errorf("got %v, %v, want %v", table, err, test.want)
			}
		})
	}
}
